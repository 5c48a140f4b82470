import { useEffect, useState } from 'react';
import { isRefusal } from '#kernel/result.ts';
import {
  askedFields,
  checkStepInput,
  type FaultCard,
  factsFor,
  isOutside,
  type StepField,
  valuesOf,
} from '#modules/process/domain/index.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { composeReply } from '../compose-reply.ts';
import { type Device, type Draft, NO_DRAFT } from '../device.ts';
import type { FieldRequest } from '../did.ts';
import { metresAway } from '../far.ts';
import { type JobView, type Ready, refKey } from '../job-view.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';
import { FieldInput } from './FieldInput.tsx';
import { Photos } from './Photos.tsx';
import { ReplyTapsForm, tapsOf } from './ReplyTapsForm.tsx';

/** How long a phone may look for where it is. */
const PATIENCE = 10_000;
const NAMED = ['accept', 'arrive', 'survey', 'safe', 'fix', 'restore', 'reply', 'sheet', 'end-work'] as const;

/** A step as a checklist with its fields, photos and one large button. What is filled in is kept while it is. */
export function StepForm(props: {
  device: Device;
  view: JobView;
  ready: Ready;
  card: FaultCard | undefined;
  nearMetres: number | null;
}) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { device, view, ready, card, nearMetres } = props;
  const { step, ref } = ready;
  const { orderId } = view.job;
  const key = refKey(ref);
  const [draft, setDraft] = useState<Draft>(NO_DRAFT);
  const [lost, setLost] = useState(false);
  const [busy, setBusy] = useState(false);
  const [sure, setSure] = useState(false);
  useEffect(() => void device.draft(orderId, key).then(setDraft), [device, orderId, key]);

  const put = (change: Partial<Draft>): void => {
    const next = { ...draft, ...change };
    setDraft(next);
    void device.keepDraft(orderId, key, next);
  };
  const proven = draft.photos.length > 0 || draft.position !== null;
  const photoItems = (step.checklist ?? []).filter((item) => item.evidence === 'photo');
  const checked = [...draft.checked, ...(proven ? photoItems.map((item) => item.id) : [])];
  const asked = askedFields(step.fields ?? [], draft.values);
  const values = valuesOf(asked, draft.values);
  const fault = checkStepInput(view.definition, step, factsFor(view.state, ref.caseId), { values, checked });
  const away = metresAway(view.job, step, draft.position, nearMetres);
  const name = NAMED.find((one) => one === step.id);
  const label = name === undefined ? t('do.other', { step: step.name[language] }) : t(`do.${name}`);

  function locate(): void {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude: lat, longitude: lon, accuracy } }) => {
        setLost(false);
        put({ position: { lat, lon, accuracy } });
      },
      () => setLost(true),
      { enableHighAccuracy: true, timeout: PATIENCE },
    );
  }

  async function done(): Promise<void> {
    if (away !== null && !sure) return setSure(true);
    setBusy(true);
    const request = {
      kind: 'step' as const,
      orderId,
      ref,
      values,
      checked: [...new Set(checked)],
      ...(draft.position === null ? {} : { position: draft.position }),
      ...(step.replyGate === undefined
        ? {}
        : { reply: composeReply(view, tapsOf(draft, card), serverNow()) as Record<string, string> }),
    } satisfies FieldRequest;
    if (await device.did(request, draft.photos)) await device.dropDraft(orderId, key);
    setBusy(false);
  }

  function missing(): string {
    if (!isRefusal(fault)) return '';
    const { field, item } = fault.detail ?? {};
    const ofField = step.fields?.find((one) => one.id === field)?.name[language];
    return ofField ?? step.checklist?.find((one) => one.id === item)?.text ?? fault.refused;
  }

  /** Need not be filled in: it lies folded, unless it chooses the card or says why a value is off. */
  const isExtra = (field: StepField): boolean =>
    field.required !== true &&
    field.cards === undefined &&
    asked.every((other) => other.range?.why !== field.id);
  const input = (field: StepField) => (
    <FieldInput
      key={field.id}
      field={field}
      outside={isOutside(field, draft.values[field.id])}
      value={draft.values[field.id]}
      onChange={(value) => {
        const { [field.id]: _, ...rest } = draft.values;
        put({ values: value === undefined ? rest : { ...rest, [field.id]: value } });
      }}
    />
  );
  return (
    <section className={styles['card']}>
      <h2>{step.name[language]}</h2>
      <p>{step.what}</p>
      <p className={styles['small']}>{step.how}</p>
      {step.complaintProne !== undefined && (
        <p className={styles['small']}>{t('step.risk', step.complaintProne)}</p>
      )}
      {(step.checklist ?? [])
        .filter((item) => item.evidence !== 'photo')
        .map((item) => (
          <label key={item.id} className={styles['check']}>
            <input
              type="checkbox"
              checked={draft.checked.includes(item.id)}
              onChange={(event) =>
                put({
                  checked: event.target.checked
                    ? [...draft.checked, item.id]
                    : draft.checked.filter((one) => one !== item.id),
                })
              }
            />
            {item.text}
          </label>
        ))}
      {asked.filter((field) => !isExtra(field)).map(input)}
      {step.id === 'survey' && (
        <p className={styles['small']}>
          <strong>{t('step.boundary')}</strong> {t('step.boundaryHint')}
        </p>
      )}
      {step.replyGate !== undefined && (
        <ReplyTapsForm draft={draft} card={card} view={view} onChange={(taps) => put({ taps })} />
      )}
      <Photos
        device={device}
        photos={draft.photos}
        label={photoItems.map((item) => item.text).join('、')}
        onChange={(photos) => put({ photos })}
      />
      <div className={styles['row']}>
        <button type="button" className={styles['button']} onClick={locate}>
          {t('step.locate')}
        </button>
        <span role="status" className={styles['small']}>
          {draft.position !== null && t('step.located', { metres: Math.round(draft.position.accuracy) })}
          {lost && t('step.lost')}
        </span>
      </div>
      <p className={styles['small']}>{t('step.proof')}</p>
      {asked.some(isExtra) && (
        <details>
          <summary>{t('step.more')}</summary>
          {asked.filter(isExtra).map(input)}
        </details>
      )}
      {away !== null && (
        <p role="alert">{t('step.far', { away: formatNumber(Math.round(away / 100) / 10) })}</p>
      )}
      <div className={styles['act']}>
        {fault !== undefined && <p role="status">{t('step.missing', { list: missing() })}</p>}
        <button
          type="button"
          className={styles['big']}
          disabled={fault !== undefined || busy}
          onClick={() => void done()}
        >
          {away !== null && sure ? t('step.farSure') : label}
        </button>
      </div>
    </section>
  );
}
