import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IntakeBody, IntakeCatalogue } from '#modules/case/case-api.ts';
import type { KnownFault, Repeat } from '#modules/hall/hall-api.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import type { PageAction } from '../../../ui/ActionBar.tsx';
import { repeatsQuery, standingQuery, useJoin, useTakeIn } from '../hall-queries.ts';
import { messages } from '../messages.ts';
import type { Outcome } from './AcceptedNote.tsx';
import type { QuickDone } from './QuickItems.tsx';

export type IntakeForm = {
  readonly catalogue: IntakeCatalogue;
  readonly draftId: string;
  readonly callId: string | null;
  readonly intake: IntakeBody;
  /** Waits for the draft's save under way, so that none comes after the demand was accepted. */
  readonly settle: () => Promise<void>;
  readonly quickItem: string | null;
  readonly onQuick: (done: QuickDone) => void;
  readonly onOutcome: (outcome: Outcome) => void;
};

/** A phone shorter than this is a short number that many people share. */
const PHONE = 7;

export type IntakeActions = {
  readonly primary: PageAction;
  readonly others: readonly PageAction[];
  readonly error: Error | null;
  /** What is offered beside the form, and why the primary action is what it is. */
  readonly repeat?: Repeat;
  readonly fault?: KnownFault;
};

/** Accept, close as a quick item, join the case that is open or the repair under way: whichever the form has come to. */
export function useIntakeActions(form: IntakeForm): IntakeActions {
  const t = useT(messages);
  const name = useNames();
  const { intake } = form;
  const { repeat, decline } = useRepeat(form);
  const fault = useFault(intake);
  const send = useSending(form);
  const { error } = send;

  const hasWords = intake.words.trim() !== '';
  const action = (
    id: string,
    label: string,
    run: () => void,
    more: Partial<PageAction> = {},
  ): PageAction => ({
    id,
    label,
    run,
    busy: send.busy,
    allowed: hasWords,
    reason: t('intake.wordsMissing'),
    ...more,
  });
  const accept = (label: string, orderId: string | null = null): PageAction =>
    action(orderId ?? 'accept', label, () => void send.accept(orderId), {
      allowed: hasWords && intake.process !== null,
      ...(hasWords ? { reason: t('intake.processMissing') } : {}),
    });

  const item = form.catalogue.quickItems.find((one) => one.id === form.quickItem);
  if (item !== undefined) {
    const label = t('intake.quickClose', { item: name(item.name) });
    const primary = action('quick', label, () => void send.closeAtOnce(item.id), { allowed: true });
    return { error, primary, others: [] };
  }
  if (repeat !== undefined) {
    const primary = action('join', t('repeat.join', { no: repeat.no }), () => void send.join(repeat));
    const another = action('another', t('repeat.other'), () => decline(repeat), { allowed: true });
    return { error, repeat, primary, others: [another, accept(t('repeat.anew'))] };
  }
  if (fault !== undefined)
    return {
      error,
      fault,
      primary: accept(t('fault.join'), fault.orderId),
      others: [accept(t('fault.alone'))],
    };
  return { error, primary: accept(t('intake.accept')), others: [] };
}

/** The open case that this demand probably repeats, unless the clerk said that it does not. */
function useRepeat({ intake, quickItem }: IntakeForm) {
  const [declined, setDeclined] = useState<readonly string[]>([]);
  const phone = intake.contactPhone?.replaceAll(/\D/g, '') ?? '';
  const { data } = useQuery(
    repeatsQuery({
      process: intake.process,
      household: intake.householdId,
      phone: phone.length >= PHONE ? phone : null,
      place: intake.place,
    }),
  );
  return {
    repeat: quickItem === null ? data?.find((one) => !declined.includes(one.caseId)) : undefined,
    decline: (repeat: Repeat) => setDeclined([...declined, repeat.caseId]),
  };
}

/** The repair under way in his area, where it is the same business; only one that this person may see can be joined. */
function useFault(intake: IntakeBody): KnownFault | undefined {
  const { data } = useQuery({
    ...standingQuery(intake.householdId ?? ''),
    enabled: intake.householdId !== null,
  });
  const fault = data?.fault;
  return fault && fault.process === intake.process && fault.caseId !== null ? fault : undefined;
}

/** The three ways in which an intake ends, each after the draft's last save. */
function useSending({ catalogue, draftId, callId, intake, settle, onQuick, onOutcome }: IntakeForm) {
  const takeIn = useTakeIn();
  const joinCase = useJoin();
  return {
    busy: takeIn.isPending || joinCase.isPending,
    error: takeIn.error ?? joinCase.error,

    async accept(orderId: string | null): Promise<void> {
      await settle();
      const process = catalogue.processes.find((one) => one.id === intake.process);
      takeIn.mutate(
        { draftId, callId, orderId, intake },
        { onSuccess: (taken) => onOutcome({ kind: 'accepted', taken, process }) },
      );
    },

    async closeAtOnce(item: string): Promise<void> {
      await settle();
      takeIn.mutate(
        { draftId, callId, intake: { ...intake, process: null, quickItem: item } },
        { onSuccess: ({ no }) => onQuick({ item, no }) },
      );
    },

    async join(into: Repeat): Promise<void> {
      await settle();
      const { channel, words } = intake;
      joinCase.mutate(
        { caseId: into.caseId, draftId, callId, channel, words },
        { onSuccess: (joined) => onOutcome({ kind: 'joined', ...joined }) },
      );
    },
  };
}
