import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useEffect, useRef } from 'react';
import type { IntakeBody } from '#modules/case/case-api.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { ActionBar } from '../../../ui/ActionBar.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { suggestQuery } from '../hall-queries.ts';
import { messages } from '../messages.ts';
import { DemandFields } from './DemandFields.tsx';
import { Field } from './Field.tsx';
import styles from './IntakePage.module.css';
import { type IntakeForm, useIntakeActions } from './use-intake-actions.ts';
import { RepeatOffer } from './RepeatOffer.tsx';

type Props = IntakeForm & { readonly set: (change: Partial<IntakeBody>) => void };

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
