import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { Completion, OutsideDetail } from '#modules/door/door-api.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { catalogueQuery, householdsQuery, useComplete, useSetAside } from '../door-queries.ts';
import { waitingText } from '../fault-text.ts';
import { messages } from '../messages.ts';
import styles from './OutsidePage.module.css';

const AREAS = ['city', 'rural', 'remote'] as const;

/** What could not become a case by itself: a person chooses and adds; or sets it aside with a reason. */
export function CompleteForm({ one }: { one: OutsideDetail }) {
  const t = useT(messages);
  const name = useNames();
  const catalogue = useQuery(catalogueQuery).data;
  const complete = useComplete(one.id);
  const [form, setForm] = useState<Completion>({
    process: one.proposal.process ?? '',
    caseType: one.proposal.caseType ?? '',
    householdId: one.proposal.householdId,
    area: one.proposal.area,
    accusedUnitId: null,
    words: one.content['words'] ?? '',
    place: one.content['place'] ?? '',
  });
  const change = (part: Partial<Completion>) => setForm({ ...form, ...part });
  const processes = catalogue?.processes ?? [];
  const chosen = processes.find((process) => process.id === form.process);
  if (complete.data)
    return (
      <p role="status">
        <Link to="/cases/$id" params={{ id: complete.data.caseId }}>
          {t('complete.done', { no: complete.data.no })}
        </Link>
      </p>
    );
  return (
    <>
      <h2>{t('complete.title')}</h2>
      <p>{t('complete.why', { faults: one.faults.map((code) => waitingText(t, code)).join(' · ') })}</p>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          complete.mutate(form);
        }}
      >
        <label>
          <span>{t('complete.process')}</span>
          <Select
            style={{ width: '100%' }}
            showSearch={{ optionFilterProp: 'label' }}
            value={form.process === '' ? null : form.process}
            options={processes.map((process) => ({ value: process.id, label: name(process.name) }))}
            onChange={(process: string) =>
              change({
                process,
                caseType: processes.find((each) => each.id === process)?.caseTypes[0] ?? '',
              })
            }
          />
        </label>
        <HouseholdSelect value={form.householdId} onChange={(householdId) => change({ householdId })} />
        {chosen?.needsArea === true && (
          <Segmented
            aria-label={t('complete.area')}
            value={form.area ?? ''}
            options={AREAS.map((value) => ({ value, label: t(`area.${value}`) }))}
            onChange={(area) => change({ area: area as Completion['area'] })}
          />
        )}
        {form.caseType === 'TS' && (
          <label>
            <span>{t('complete.accused')}</span>
            <Select
              style={{ width: '100%' }}
              allowClear
              placeholder={t('complete.accusedNone')}
              value={form.accusedUnitId}
              options={(catalogue?.accusable ?? []).map((unit) => ({
                value: unit.id,
                label: name({ zh: unit.name, en: unit.nameEn }),
              }))}
              onChange={(accusedUnitId: string | undefined) =>
                change({ accusedUnitId: accusedUnitId ?? null })
              }
            />
          </label>
        )}
        <label>
          <span>{t('field.words')}</span>
          <Input.TextArea
            rows={3}
            maxLength={4000}
            value={form.words}
            onChange={(event) => change({ words: event.target.value })}
          />
        </label>
        <label>
          <span>{t('field.place')}</span>
          <Input
            maxLength={200}
            value={form.place}
            onChange={(event) => change({ place: event.target.value })}
          />
        </label>
        {complete.error && <ErrorPanel error={complete.error} kept />}
        <Button
          type="primary"
          htmlType="submit"
          disabled={form.process === '' || form.words.trim() === ''}
          loading={complete.isPending}
        >
          {t('complete.send')}
        </Button>
      </form>
      <SetAside id={one.id} />
    </>
  );
}

function HouseholdSelect(props: { value: string | null; onChange: (id: string | null) => void }) {
  const t = useT(messages);
  const [typed, setTyped] = useState('');
  const hits = useQuery(householdsQuery(typed)).data?.hits ?? [];
  return (
    <label>
      <span>{t('complete.household')}</span>
      <Select
        style={{ width: '100%' }}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        allowClear
        placeholder={t('complete.householdHint')}
        notFoundContent={null}
        value={props.value}
        options={hits.map((hit) => ({
          value: hit.householdId,
          label: `${hit.name} · ${hit.place}${hit.houseNo} · ${hit.accountNo}`,
        }))}
        onChange={(id: string | undefined) => props.onChange(id ?? null)}
      />
    </label>
  );
}

function SetAside({ id }: { id: string }) {
  const t = useT(messages);
  const aside = useSetAside(id);
  const [note, setNote] = useState('');
  return (
    <form
      className={styles['form']}
      style={{ marginTop: 24 }}
      onSubmit={(event) => {
        event.preventDefault();
        aside.mutate({ note: note.trim() });
      }}
    >
      <label>
        <span>{t('aside.note')}</span>
        <Input maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      {aside.error && <ErrorPanel error={aside.error} kept />}
      <Button htmlType="submit" disabled={note.trim().length < 2} loading={aside.isPending}>
        {t('aside.send')}
      </Button>
    </form>
  );
}
