import { queryOptions, useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { DAY } from '#kernel/instant.ts';
import type { AuditLine, AuditPage as Page, AuditState } from '#modules/audit/audit-api.ts';
import { get } from '../../../lib/api.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { type Language, lookUp, useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { DataList, type ListColumn } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { actionMessages } from '../action-messages.ts';
import { messages } from '../messages.ts';
import styles from './AuditPage.module.css';

export const route = createLazyRoute('/audit')({ component: AuditPage });

const stateQuery = queryOptions({
  queryKey: ['audit', 'state'],
  queryFn: ({ signal }) => get<AuditState>('/api/audit/state', signal),
  refetchInterval: 10_000,
});

/** Who did or read what, with its number in the chain. */
function AuditPage() {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const state = useQuery(stateQuery).data;
  const [object, setObject] = useState('');
  const [alarm, setAlarm] = useState(false);
  const [open, setOpen] = useState<AuditLine | null>(null);
  return (
    <div className={styles['page']}>
      <PageHead title={t('audit.title')} />
      <p className={styles['note']}>
        {state &&
          t('audit.state', {
            sealed: formatNumber(state.sealed),
            day: state.lastHead ?? t('audit.noHead'),
            alarms: state.alarms,
          })}{' '}
        {t('audit.verify')}
      </p>
      {open && <pre className={styles['detail']}>{JSON.stringify(open.detail, null, 1)}</pre>}
      <DataList<AuditLine>
        label={t('audit.title')}
        queryKey={['audit', 'list', object, alarm]}
        fetchPage={(cursor, signal) => fetchAudit({ object, alarm, cursor }, signal)}
        columns={columnsOf(t, language, now)}
        rowKey={(row) => row.id}
        onOpen={setOpen}
        {...(open === null ? {} : { openKey: open.id })}
        filter={{ value: object, onChange: setObject, hint: t('audit.filter') }}
        toolbar={
          <>
            <Checkbox checked={alarm} onChange={(event) => setAlarm(event.target.checked)}>
              {t('audit.alarms')}
            </Checkbox>
            {(['csv', 'xlsx'] as const).map((as) => (
              <a key={as} href={`/api/exports/audit?${queryOf({ object, alarm, as }).toString()}`} download>
                {t(`audit.export.${as}`)}
              </a>
            ))}
          </>
        }
        empty={<EmptyState title={t('audit.none')} body={t('audit.noneBody')} />}
      />
    </div>
  );
}

function queryOf(filter: { object: string; alarm: boolean; as?: 'csv' | 'xlsx' }): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.as !== undefined) query.set('as', filter.as);
  if (filter.object.trim() !== '') query.set('object', filter.object.trim());
  if (filter.alarm) query.set('alarm', '1');
  return query;
}

async function fetchAudit(
  filter: { object: string; alarm: boolean; cursor: string | null },
  signal: AbortSignal,
): Promise<Page> {
  const query = queryOf(filter);
  if (filter.cursor !== null) query.set('before', filter.cursor);
  return await get<Page>(`/api/audit?${query.toString()}`, signal);
}

function columnsOf(
  t: ReturnType<typeof useT<keyof (typeof messages)['zh']>>,
  language: Language,
  now: number,
): readonly ListColumn<AuditLine>[] {
  return [
    {
      key: 'at',
      title: t('audit.at'),
      width: '148px',
      cell: (row) => formatDateTime(row.at, now, language),
    },
    {
      key: 'actor',
      title: t('audit.actor'),
      width: '120px',
      cell: (row) => row.actor ?? t('audit.program'),
    },
    {
      key: 'action',
      title: t('audit.action'),
      width: 'minmax(0, 2fr)',
      cell: (row) => lookUp(actionMessages, language, row.action) ?? row.action,
    },
    {
      key: 'object',
      title: t('audit.object'),
      width: 'minmax(0, 3fr)',
      secondary: true,
      cell: (row) => `${row.objectType} ${row.objectId}`,
    },
    {
      key: 'outcome',
      title: t('audit.outcome'),
      width: '80px',
      cell: (row) => t(`audit.outcome.${row.outcome}`),
    },
    {
      key: 'seal',
      title: t('audit.seal'),
      width: '96px',
      align: 'right',
      secondary: true,
      cell: (row) => (row.seal === null ? t('audit.unsealed') : formatNumber(row.seal)),
    },
  ];
}
