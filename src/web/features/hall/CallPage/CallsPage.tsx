import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { OwedCall } from '#modules/case/case-work-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CallLine, CallOutcome } from '../../../ui/CallOutcome.tsx';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { uiMessages } from '../../../ui/messages.ts';
import { callMessages } from '../call-messages.ts';
import { callFiguresQuery, owedQuery, useCallBack, useOpenCall } from '../call-queries.ts';
import styles from './CallPage.module.css';

export const route = createLazyRoute('/calls/new')({ component: CallsPage });

const MINUTE = 60_000;

/** Opens a call by its number (`?number=` does it at once), and lists the call-backs that are owed. */
function CallsPage() {
  const t = useT(callMessages);
  const owed = useQuery(owedQuery);
  useLive(['call'], ['calls', 'owed']);
  return (
    <>
      <PageHead title={t('place.callsName')} />
      <Opener />
      <Figures />
      <h2 className={styles['part']}>{t('owed.title')}</h2>
      {owed.error && <ErrorPanel error={owed.error} onRetry={() => void owed.refetch()} />}
      {!owed.data && !owed.error && <RowsSkeleton />}
      {owed.data?.length === 0 && <EmptyState title={t('owed.none')} body={t('owed.noneBody')} />}
      {owed.data && owed.data.length > 0 && <OwedTable calls={owed.data} />}
    </>
  );
}

/** How fast the telephone was picked up today (R107), and what was lost. */
function Figures() {
  const t = useT(callMessages);
  const { data } = useQuery(callFiguresQuery);
  if (!data) return null;
  const { limits, ...counts } = data;
  return (
    <section>
      <h2 className={styles['part']}>{t('figures.title')}</h2>
      <p>{data.announced === 0 ? t('figures.none') : t('figures.pickUp', { ...counts, ...limits })}</p>
      <p>{t('figures.lost', counts)}</p>
    </section>
  );
}

function Opener() {
  const t = useT(callMessages);
  const navigate = useNavigate();
  const search: { readonly number?: string } = useSearch({ strict: false });
  const [number, setNumber] = useState(search.number ?? '');
  const open = useOpenCall();
  const digits = number.replaceAll(/\D/g, '');
  const valid = /^\d{3,15}$/.test(digits);
  const begun = useRef(false);

  function begin(phone: string): void {
    open.mutate({ phone }, { onSuccess: ({ id }) => void navigate({ to: `/calls/${id}`, replace: true }) });
  }
  useEffect(() => {
    if (search.number === undefined || !valid || begun.current) return;
    begun.current = true;
    begin(digits);
    // oxlint-disable-next-line react/exhaustive-deps -- once for the number in the address
  }, [search.number]);

  return (
    <form
      className={styles['opener']}
      onSubmit={(event) => {
        event.preventDefault();
        if (valid) begin(digits);
      }}
    >
      <label className={styles['field']} style={{ width: 260 }}>
        <span>{t('call.openHint')}</span>
        <Input
          aria-label={t('call.number')}
          autoFocus
          inputMode="tel"
          maxLength={20}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
      </label>
      <Button type="primary" htmlType="submit" disabled={!valid} loading={open.isPending}>
        {t('call.open')}
      </Button>
      {open.error && <ErrorPanel error={open.error} kept />}
    </form>
  );
}

function OwedTable({ calls }: { calls: readonly OwedCall[] }) {
  const t = useT(callMessages);
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">{t('owed.phone')}</th>
          <th scope="col">{t('owed.why')}</th>
          <th scope="col">{t('owed.at')}</th>
          <th scope="col">{t('owed.left')}</th>
          <th scope="col">{t('owed.outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <OwedRow key={call.id} call={call} />
        ))}
      </tbody>
    </table>
  );
}

function OwedRow({ call }: { call: OwedCall }) {
  const tKit = useT(uiMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const back = useCallBack(call.id);
  return (
    <tr>
      <td>
        {call.callId === null ? (
          <CallLine call={call} />
        ) : (
          <Link to={`/calls/${call.callId}`}>
            <CallLine call={call} />
          </Link>
        )}
      </td>
      <td>
        {tKit(`call.why.${call.reason}`)}{' '}
        {call.caseId !== null && <CaseLink caseId={call.caseId} number={call.caseNo ?? ''} />}
      </td>
      <td>{formatDateTime(call.owedAt, now, language)}</td>
      <td>
        <TimeLeft deadline={{ dueAt: call.dueAt, startedAt: call.owedAt }} />
      </td>
      <td>
        <CallOutcome
          busy={back.isPending}
          error={back.error}
          onRecord={(outcome) => back.mutate({ outcome })}
        />
      </td>
    </tr>
  );
}
