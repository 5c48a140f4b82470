import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { CaseView, ClockView } from '#modules/case/case-api.ts';
import type { Evidence, OrderPauses, PauseOption } from '#modules/case/clock-api.ts';
import { lookUp, useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useList } from '../../../lib/use-list.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { clockMessages, clockRefusals } from '../clock-messages.ts';
import { usePause } from '../clock-queries.ts';
import { fieldRefusals } from '../field-messages.ts';
import { refusals } from '../messages.ts';
import styles from './CasePage.module.css';
import { type FieldSaid, saidOf } from './field-said.ts';
import { FieldTimes } from './FieldTimes.tsx';

type Props = {
  readonly caseId: string;
  /** Null: nothing of this order happens in the field, and a pause begins when it is recorded. */
  readonly people: OrderPauses['fieldPeople'];
  readonly order: NonNullable<CaseView['order']>;
  readonly options: readonly PauseOption[];
  readonly clocks: readonly ClockView[];
};

const NOTHING_SAID: FieldSaid = { why: 'no-signal' };

/** Asks for reason, evidence, end and words, and says beforehand which clocks would stop and who must approve. */
export function PauseForm({ caseId, people, order, options, clocks }: Props) {
  const t = useT(clockMessages);
  const name = useNames();
  const { language } = useLanguage();
  const list = useList();
  const [id, setId] = useState<string | undefined>(undefined);
  const [evidence, setEvidence] = useState<Evidence | undefined>(undefined);
  const [until, setUntil] = useState('');
  const [note, setNote] = useState('');
  const [said, setSaid] = useState<FieldSaid>(NOTHING_SAID);
  const pause = usePause(order.id);
  const chosen = options.find((one) => one.id === id);
  const none = options.every((one) => !one.allowed);
  const why = none ? (options[0]?.reason ?? null) : null;
  const sentence = (code: string) =>
    lookUp(clockRefusals, language, code) ??
    lookUp(fieldRefusals, language, code) ??
    lookUp(refusals, language, code) ??
    '';
  const ready =
    chosen !== undefined &&
    evidence !== undefined &&
    note.trim().length >= 2 &&
    (!chosen.onlyLate || said.occurredAt !== undefined) &&
    (until !== '' || chosen.until === 'optional');

  function send(): void {
    if (!ready) return;
    pause.mutate(
      {
        seq: order.seq,
        reason: chosen.id,
        evidence,
        until: until === '' ? null : Date.parse(`${until}+08:00`),
        note: note.trim(),
        ...saidOf(said),
      },
      {
        onSuccess: () => {
          setId(undefined);
          setEvidence(undefined);
          setUntil('');
          setNote('');
          setSaid(NOTHING_SAID);
        },
      },
    );
  }

  if (why !== null)
    return (
      <p className={styles['small']}>
        {t('pause.ask')} {sentence(why)}
      </p>
    );
  return (
    <details className={styles['fold']}>
      <summary>{t('pause.ask')}</summary>
      <div className={styles['fields']}>
        <label>
          <span>{t('pause.reason')}</span>
          <Select
            aria-label={t('pause.reason')}
            value={id ?? null}
            options={options.map((one) => ({
              value: one.id,
              label: one.allowed ? name(one.name) : `${name(one.name)} · ${sentence(one.reason ?? '')}`,
              disabled: !one.allowed,
            }))}
            onChange={(next: string) => {
              setId(next);
              setEvidence(undefined);
            }}
          />
        </label>
        <label>
          <span>{t('pause.evidence')}</span>
          <Select
            aria-label={t('pause.evidence')}
            value={evidence ?? null}
            disabled={chosen === undefined}
            options={(chosen?.evidence ?? []).map((one) => ({ value: one, label: t(`evidence.${one}`) }))}
            onChange={setEvidence}
          />
        </label>
        <label>
          <span>{t(chosen?.until === 'optional' ? 'pause.untilOptional' : 'pause.until')}</span>
          <Input type="datetime-local" value={until} onChange={(event) => setUntil(event.target.value)} />
        </label>
        <label>
          <span>{t('pause.note')}</span>
          <Input
            maxLength={1000}
            placeholder={t('pause.notePlaceholder')}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
      </div>
      {chosen && (
        <p className={styles['small']}>
          {t(`pause.approval.${chosen.approval}`)} ·{' '}
          {t('pause.clocks', {
            list: list(
              clocks.filter((clock) => chosen.clocks.includes(clock.id)).map((clock) => name(clock.name)),
            ),
          })}
          {chosen.onlyLate && <> · {t('pause.onlyLate')}</>}
        </p>
      )}
      {people !== null && chosen?.approval !== 'before' && (
        <FieldTimes caseId={caseId} people={people} said={said} open={false} onChange={setSaid} />
      )}
      {pause.error && <ErrorPanel error={pause.error} kept />}
      <Button disabled={!ready} loading={pause.isPending} onClick={send}>
        {t(chosen?.approval === 'before' ? 'pause.doAsk' : 'pause.do')}
      </Button>
    </details>
  );
}
