import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useRef, useState } from 'react';
import type { IntakeBody, IntakeCatalogue } from '#modules/case/case-api.ts';
import type { Repeat } from '#modules/hall/hall-api.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { ActionBar, type PageAction } from '../../../ui/ActionBar.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { repeatsQuery, standingQuery, suggestQuery, useJoin, useTakeIn } from '../hall-queries.ts';
import { messages } from '../messages.ts';
import type { Outcome } from './AcceptedNote.tsx';
import { DemandFields } from './DemandFields.tsx';
import { Field } from './Field.tsx';
import styles from './IntakePage.module.css';
import type { QuickDone } from './QuickItems.tsx';
import { RepeatOffer } from './RepeatOffer.tsx';

type Props = {
  catalogue: IntakeCatalogue;
  draftId: string;
  callId: string | null;
  intake: IntakeBody;
  set: (change: Partial<IntakeBody>) => void;
  /** Waits for the draft's save under way, so that none comes after the demand was accepted. */
  settle: () => Promise<void>;
  quickItem: string | null;
  onQuick: (done: QuickDone) => void;
  onOutcome: (outcome: Outcome) => void;
};

export function DemandForm(props: Props) {
  const t = useT(messages);
  const { catalogue, intake, set } = props;
  const process = catalogue.processes.find((one) => one.id === intake.process);
  const words = useRef<TextAreaRef>(null);
  // A dialog that closes over a new draft gives the focus back to what is gone, that is to nothing; the words come first.
  useEffect(() => {
    const timers = FOCUS_AFTER_MS.map((wait) =>
      setTimeout(() => document.activeElement === document.body && words.current?.focus(), wait),
    );
    return () => timers.forEach(clearTimeout);
  }, []);
  const actions = useIntakeActions(props);

  return (
    <div className={styles['form']}>
      <Field label={t('intake.words')}>
        <Input.TextArea
          ref={words}
          aria-label={t('intake.words')}
          autoFocus
          className={styles['words'] ?? ''}
          rows={4}
          maxLength={4000}
          placeholder={t('intake.wordsHint')}
          value={intake.words}
          onChange={(event) => set({ words: event.target.value })}
        />
      </Field>
      <Suggestions catalogue={catalogue} intake={intake} set={set} />
      <DemandFields catalogue={catalogue} process={process} intake={intake} set={set} />
      {actions.repeat && <RepeatOffer repeat={actions.repeat} />}
      {actions.fault && (
        <p className={styles['offer']} role="status">
          {t('fault.hint')}
        </p>
      )}
      {actions.error && <ErrorPanel error={actions.error} kept />}
      <ActionBar primary={actions.primary} others={actions.others} />
    </div>
  );
}

/** A dialog takes up to half a second to close and to give the focus back. */
const FOCUS_AFTER_MS = [50, 150, 300, 600];
/** A phone shorter than this is a short number that many people share. */
const PHONE = 7;

/** Accept, close as a quick item, or join the case that is open: whichever the form has come to. */
function useIntakeActions(props: Props) {
  const t = useT(messages);
  const name = useNames();
  const { catalogue, draftId, callId, intake, quickItem } = props;
  const takeIn = useTakeIn();
  const join = useJoin();
  const [declined, setDeclined] = useState<readonly string[]>([]);
  const phone = intake.contactPhone?.replaceAll(/\D/g, '') ?? '';
  const repeats = useQuery(
    repeatsQuery({
      process: intake.process,
      household: intake.householdId,
      phone: phone.length >= PHONE ? phone : null,
      place: intake.place,
    }),
  );
  const repeat: Repeat | undefined =
    quickItem === null ? repeats.data?.find((one) => !declined.includes(one.caseId)) : undefined;

  async function accept(orderId: string | null): Promise<void> {
    await props.settle();
    const process = catalogue.processes.find((one) => one.id === intake.process);
    takeIn.mutate(
      { draftId, callId, orderId, intake },
      { onSuccess: (taken) => props.onOutcome({ kind: 'accepted', taken, process }) },
    );
  }

  async function closeAtOnce(item: string): Promise<void> {
    await props.settle();
    takeIn.mutate(
      { draftId, callId, intake: { ...intake, process: null, quickItem: item } },
      { onSuccess: ({ no }) => props.onQuick({ item, no }) },
    );
  }

  async function joinCase(into: Repeat): Promise<void> {
    await props.settle();
    const { channel, words } = intake;
    join.mutate(
      { caseId: into.caseId, draftId, callId, channel, words },
      { onSuccess: (joined) => props.onOutcome({ kind: 'joined', ...joined }) },
    );
  }

  const standing = useQuery({
    ...standingQuery(intake.householdId ?? ''),
    enabled: intake.householdId !== null,
  });
  // Only an order that this person may see can be joined by him.
  const known = standing.data?.fault;
  const fault = known?.process === intake.process && known?.caseId !== null ? known : undefined;

  const hasWords = intake.words.trim() !== '';
  const item = catalogue.quickItems.find((one) => one.id === quickItem);
  const busy = takeIn.isPending || join.isPending;
  const acceptNew: PageAction = {
    id: 'accept',
    label: t(repeat === undefined ? 'intake.accept' : 'repeat.anew'),
    allowed: intake.process !== null && hasWords,
    reason: t(hasWords ? 'intake.processMissing' : 'intake.wordsMissing'),
    busy,
    run: () => void accept(null),
  };
  const error = takeIn.error ?? join.error;
  if (item !== undefined) {
    const label = t('intake.quickClose', { item: name(item.name) });
    const run = () => void closeAtOnce(item.id);
    return { repeat, error, primary: { id: 'quick', label, allowed: true, busy, run }, others: [] };
  }
  if (repeat === undefined && fault !== undefined) {
    const label = t('fault.join');
    const run = () => void accept(fault.orderId);
    const primary = { ...acceptNew, id: 'join-repair', label, run };
    return { repeat, fault, error, primary, others: [{ ...acceptNew, label: t('fault.alone') }] };
  }
  if (repeat === undefined) return { repeat, error, primary: acceptNew, others: [] };
  const joining: PageAction = {
    id: 'join',
    label: t('repeat.join', { no: repeat.no }),
    allowed: hasWords,
    reason: t('intake.wordsMissing'),
    busy,
    run: () => void joinCase(repeat),
  };
  const another: PageAction = {
    id: 'another',
    label: t('repeat.other'),
    allowed: true,
    run: () => setDeclined([...declined, repeat.caseId]),
  };
  return { repeat, error, primary: joining, others: [another, acceptNew] };
}

/** The three likeliest businesses, with the words that speak for them. */
function Suggestions(props: Pick<Props, 'catalogue' | 'intake' | 'set'>) {
  const t = useT(messages);
  const name = useNames();
  const { catalogue, intake, set } = props;
  const { data } = useQuery(suggestQuery(intake.words));
  if (!data || data.length === 0) return null;
  return (
    <div className={styles['row']} role="group" aria-label={t('intake.suggested')}>
      <span aria-hidden="true">{t('intake.suggested')}</span>
      {data.map((one) => {
        const found = catalogue.processes.find((process) => process.id === one.process);
        return (
          <Button
            key={one.process}
            type={intake.process === one.process ? 'primary' : 'default'}
            aria-pressed={intake.process === one.process}
            title={one.why.join(' ')}
            onClick={() => set({ process: one.process })}
          >
            {found === undefined ? one.process : name(found.name)}
          </Button>
        );
      })}
    </div>
  );
}
