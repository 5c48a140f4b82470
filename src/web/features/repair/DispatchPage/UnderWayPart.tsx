import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { DispatchView, ReassignReason, UnderWay } from '#modules/repair/dispatch-api.ts';
import { formatTime } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { messages } from '../dispatch-messages.ts';
import { candidatesQuery, useReassign } from '../dispatch-queries.ts';
import styles from './DispatchPage.module.css';

const REASONS = [
  'crew-cannot-come',
  'wrong-skill',
  'nearer-crew',
  'shift-over',
  'important-first',
  'other',
] as const;

/** Crews that are out; another one can be sent instead, for a reason. */
export function UnderWayPart({ view }: { view: DispatchView }) {
  const t = useT(messages);
  const [changing, setChanging] = useState<string | null>(null);
  const chosen = view.underWay.find((one) => one.orderId === changing);
  const columns = [
    { title: t('col.case'), cell: caseOf },
    { title: t('col.where'), minor: true, cell: (row: UnderWay) => row.village },
    { title: t('col.crew'), cell: (row: UnderWay) => `${row.crew} ${row.lead}` },
    { title: t('col.sent'), minor: true, cell: (row: UnderWay) => formatTime(row.sentAt) },
    {
      title: t('col.arrives'),
      cell: (row: UnderWay) =>
        row.arrivedAt === null
          ? t('way.expected', { time: formatTime(row.expectedAt) })
          : t('way.arrived', { time: formatTime(row.arrivedAt) }),
    },
  ];
  const action = view.maySend && {
    label: t('way.reassign'),
    named: ({ no }: UnderWay) => t('way.reassignNamed', { no }),
    run: ({ orderId }: UnderWay) => setChanging(orderId),
  };
  return (
    <section aria-labelledby="under-way">
      <h2 id="under-way">{t('way.title', { n: view.underWay.length })}</h2>
      {view.underWay.length === 0 ? (
        <p>{t('way.none')}</p>
      ) : (
        <PlainTable
          rows={view.underWay.map((one) => ({ ...one, id: one.orderId }))}
          columns={columns}
          {...(action && { action })}
        />
      )}
      {chosen && <ReassignForm key={chosen.orderId} order={chosen} onClose={() => setChanging(null)} />}
    </section>
  );
}

function caseOf({ caseId, no }: UnderWay) {
  return <CaseLink caseId={caseId} number={no} />;
}

function ReassignForm({ order, onClose }: { order: UnderWay; onClose: () => void }) {
  const t = useT(messages);
  const reassigning = useReassign(order.orderId);
  const candidates = useQuery(candidatesQuery(order.orderId));
  const [crewId, setCrewId] = useState<string | null>(null);
  const [reason, setReason] = useState<ReassignReason | null>(null);
  const able = (candidates.data ?? []).filter((one) => one.lacks === null || one.lacks === 'materials');
  return (
    <div className={styles['form']} role="group" aria-label={t('way.reassignNamed', { no: order.no })}>
      <b>{t('way.reassignNamed', { no: order.no })}</b>
      <label>
        <span>{t('way.to')} *</span>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('way.to')}
          loading={candidates.isPending}
          value={crewId}
          options={able.map((one) => ({
            value: one.crewId,
            label: `${one.name} ${formatTime(one.arrivesAt)}`,
          }))}
          onChange={setCrewId}
        />
      </label>
      <label>
        <span>{t('way.reason')} *</span>
        <Select<ReassignReason>
          aria-label={t('way.reason')}
          value={reason}
          options={REASONS.map((value) => ({ value, label: t(`because.${value}`) }))}
          onChange={setReason}
        />
      </label>
      <Button
        type="primary"
        disabled={crewId === null || reason === null}
        loading={reassigning.isPending}
        onClick={() =>
          crewId !== null &&
          reason !== null &&
          reassigning.mutate({ crewId, fromCrewId: order.crewId, reason }, { onSuccess: onClose })
        }
      >
        {t('way.do')}
      </Button>
      <Button onClick={onClose}>{t('way.close')}</Button>
      <span className={styles['small']}>{t('way.counts')}</span>
      {candidates.error && <ErrorPanel error={candidates.error} />}
      {reassigning.error && <ErrorPanel error={reassigning.error} kept />}
    </div>
  );
}
