import { useState } from 'react';
import { HELP_REASONS } from '#modules/process/domain/index.ts';
import type { Entry } from '../../../lib/queue/entry.ts';
import { formatTime } from '../../../lib/format.ts';
import { lookUp, useLanguage, useT } from '../../../lib/i18n.ts';
import type { Device } from '../device.ts';
import { bodyOf } from '../did.ts';
import { messages, refusals } from '../messages.ts';
import styles from './FieldApp.module.css';
import { Note } from './Note.tsx';
import { useDevice } from './use-device.ts';

/** What waits, and what the server would not have: with what to do about it. */
export function OutboxScreen({ device }: { device: Device }) {
  const t = useT(messages);
  const entries = useDevice(device).entries.filter((entry) => entry.state !== 'sent');
  if (entries.length === 0)
    return (
      <Note>
        <strong>{t('outbox.none')}</strong>
        <span>{t('outbox.noneBody')}</span>
      </Note>
    );
  return (
    <>
      <p className={styles['lead']}>{t('outbox.title')}</p>
      {entries.map((entry) => (
        <Line key={entry.id} device={device} entry={entry} />
      ))}
      <button type="button" className={styles['big']} onClick={() => void device.sendNow()}>
        {t('outbox.now')}
      </button>
    </>
  );
}

function Line({ device, entry }: { device: Device; entry: Entry }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const [sure, setSure] = useState(false);
  const { jobs } = useDevice(device);
  const { request, stamp } = bodyOf(entry);
  const time = formatTime(stamp.at);
  const job = jobs?.jobs.find((one) => one.orderId === entry.line);
  const { refusal } = entry;

  const steps = job === undefined ? [] : (jobs?.processes[job.process]?.steps ?? []);
  const step = request.kind === 'step' ? steps.find((one) => one.id === request.ref.step) : undefined;
  /** What was measured: whoever looks whether it is right sees it before it goes. */
  const measured = (step?.fields ?? []).flatMap(({ id, name, unit = '', band }) => {
    const value = request.kind === 'step' ? request.values?.[id] : undefined;
    return band === undefined || value === undefined ? [] : `${name[language]} ${value} ${unit}`.trim();
  });

  function title(): string {
    if (request.kind === 'group') return t('outbox.entry.group', { label: request.label });
    if (request.kind === 'supply')
      return t('outbox.entry.supply', { what: t(`supply.${request.what}`), time });
    if (request.kind === 'help')
      return t('outbox.entry.help', { what: HELP_REASONS[request.reason][language], time });
    if (request.kind === 'back')
      return t('outbox.entry.back', {
        what: jobs?.backReasons.find((one) => one.id === request.reason)?.name[language] ?? request.reason,
        time,
      });
    if (request.kind === 'material')
      return t('outbox.entry.material', { material: request.material, amount: request.amount });
    if (request.kind === 'stand-by') return t('outbox.entry.standBy', { time });
    return t('outbox.entry.step', { step: step?.name[language] ?? request.ref.step, time });
  }

  return (
    <section className={styles['card']}>
      <h3>{title()}</h3>
      {measured.length > 0 && <p>{measured.join(' · ')}</p>}
      {refusal === null ? (
        <p className={styles['small']}>
          {job !== undefined && `${t('job.no', { no: job.no })} · `}
          {entry.tries === 0 ? t('outbox.waiting') : t('outbox.tried', { count: entry.tries })}
        </p>
      ) : (
        <>
          <p role="alert">
            {t('outbox.held', {
              why: lookUp(refusals, language, refusal.code, refusal.detail) ?? refusal.message,
            })}
          </p>
          <p className={styles['small']}>{t('outbox.heldHint')}</p>
          <div className={styles['row']}>
            <button type="button" className={styles['button']} onClick={() => void device.retry(entry.id)}>
              {t('outbox.again')}
            </button>
            {refusal.blobId !== null && (
              <button
                type="button"
                className={styles['button']}
                onClick={() => void device.retry(entry.id, refusal.blobId)}
              >
                {t('outbox.withoutPhoto')}
              </button>
            )}
            <button
              type="button"
              className={styles['button']}
              onClick={() => (sure ? void device.drop(entry.id) : setSure(true))}
            >
              {t(sure ? 'outbox.dropSure' : 'outbox.drop')}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
