import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { HazardBody } from '#modules/outage/incident-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { useHazard } from '../outage-queries.ts';
import styles from './OutagesPage.module.css';

const KINDS = ['line-down', 'pole', 'shock', 'fire'] as const;
const AREAS = ['city', 'rural', 'remote'] as const;
const SOURCES = ['phone', 'counter', 'patrol'] as const;
const EMPTY: HazardBody = {
  hazard: 'line-down',
  householdId: null,
  deviceCode: null,
  place: '',
  area: 'rural',
  words: '',
  contactName: null,
  contactPhone: null,
  source: 'phone',
};
const PHONE = /^1\d{10}$|^0\d{9,11}$|^11\d$/;

/** A danger, from whomever: with a pole's number or a place, and no customer. */
export function HazardForm({ onEnd }: { onEnd: () => void }) {
  const t = useT(messages);
  const report = useHazard();
  const [body, setBody] = useState(EMPTY);
  const phone = body.contactPhone ?? '';
  const ready =
    body.place.trim().length > 1 && body.words.trim().length > 1 && (phone === '' || PHONE.test(phone));
  if (report.data)
    return (
      <p role="status" className={styles['sent']}>
        {t('hazard.sent', { no: report.data.no })}{' '}
        <CaseLink caseId={report.data.caseId} number={t('hazard.openCase')} />
      </p>
    );
  return (
    <form
      className={styles['form']}
      aria-label={t('hazard.title')}
      onSubmit={(event) => {
        event.preventDefault();
        report.mutate({ ...body, place: body.place.trim(), words: body.words.trim() });
      }}
    >
      <div className={styles['wide']}>
        <h2>{t('hazard.title')}</h2>
        <span>{t('hazard.lead')}</span>
      </div>
      <Segmented
        className={styles['wide'] ?? ''}
        aria-label={t('hazard.kind')}
        value={body.hazard}
        options={KINDS.map((value) => ({ value, label: t(`hazard.${value}`) }))}
        onChange={(hazard) => setBody({ ...body, hazard })}
      />
      <label className={styles['wide']}>
        <span>{t('hazard.where')}</span>
        <Input
          autoFocus
          maxLength={200}
          value={body.place}
          onChange={(event) => setBody({ ...body, place: event.target.value })}
        />
      </label>
      <label className={styles['wide']}>
        <span>{t('hazard.words')}</span>
        <Input.TextArea
          rows={2}
          maxLength={1000}
          value={body.words}
          onChange={(event) => setBody({ ...body, words: event.target.value })}
        />
      </label>
      <label>
        <span>{t('hazard.area')}</span>
        <Select
          aria-label={t('hazard.area')}
          value={body.area}
          options={AREAS.map((value) => ({ value, label: t(`area.${value}`) }))}
          onChange={(area) => setBody({ ...body, area })}
        />
      </label>
      <label>
        <span>{t('hazard.source')}</span>
        <Select
          aria-label={t('hazard.source')}
          value={body.source}
          options={SOURCES.map((value) => ({ value, label: t(`source.${value}`) }))}
          onChange={(source) => setBody({ ...body, source })}
        />
      </label>
      <label>
        <span>{t('hazard.name')}</span>
        <Input
          maxLength={60}
          value={body.contactName ?? ''}
          onChange={(event) => setBody({ ...body, contactName: event.target.value || null })}
        />
      </label>
      <label>
        <span>{t('hazard.phone')}</span>
        <Input
          maxLength={12}
          inputMode="tel"
          value={phone}
          onChange={(event) => setBody({ ...body, contactPhone: event.target.value.trim() || null })}
        />
      </label>
      {report.error && (
        <div className={styles['wide']}>
          <ErrorPanel error={report.error} kept />
        </div>
      )}
      <div className={styles['wide']}>
        <Button type="primary" htmlType="submit" disabled={!ready} loading={report.isPending}>
          {t('hazard.send')}
        </Button>{' '}
        <Button onClick={onEnd}>{t('hazard.cancel')}</Button>
      </div>
    </form>
  );
}
