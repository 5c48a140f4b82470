import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useSearch } from '@tanstack/react-router';
import { Checkbox, Segmented } from 'antd';
import { useState } from 'react';
import type { CaseListItem } from '#modules/case/case-list-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useSentence } from '../../../lib/refusals.ts';
import { useMay } from '../../../lib/session.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { type CallSearch, type Range, rowQuery } from '../meeting-queries.ts';
import { messages } from '../messages.ts';
import styles from './CallPage.module.css';
import { MeetingForm } from './MeetingForm.tsx';
import { SuperviseForm } from './SuperviseForm.tsx';

export const route = createLazyRoute('/meetings/call')({ component: CallPage });

const RANGES = ['late', 'hour', 'week', 'all'] as const;
/** A page of the case list; who needs more than that calls twice. */
const MOST = 50;

/** 督办 or 会商 about one case, or about cases of a row of the board, those that are late chosen. */
function CallPage() {
  const t = useT(messages);
  const search: CallSearch = useSearch({ strict: false });
  const kind = search.kind ?? 'meeting';
  const { case: caseId, no } = search;
  const may = useMay(kind === 'meeting' ? 'meeting.call' : 'case.work');
  const sentence = useSentence();
  if (!may) return <EmptyState title={t(`call.${kind}`)} body={sentence('http.403')} />;
  return (
    <div className={styles['page']}>
      <PageHead title={t(`call.${kind}`)} />
      {caseId !== undefined && no !== undefined ? (
        <>
          <p>
            <CaseLink caseId={caseId} number={no} />
          </p>
          <CallForm kind={kind} caseIds={[caseId]} unitId={null} />
        </>
      ) : (
        <RowOfBoard search={search} kind={kind} />
      )}
    </div>
  );
}

type Kind = 'meeting' | 'supervise';

function CallForm({ kind, ...rest }: { kind: Kind; caseIds: readonly string[]; unitId: string | null }) {
  return kind === 'supervise' ? <SuperviseForm {...rest} /> : <MeetingForm {...rest} />;
}

function RowOfBoard({ search, kind }: { search: CallSearch; kind: Kind }) {
  const t = useT(messages);
  const [range, setRange] = useState<Range>('late');
  const [dropped, setDropped] = useState<ReadonlySet<string>>(new Set());
  const row = useQuery(rowQuery(search, range));
  const cases = (row.data?.items ?? []).slice(0, MOST);
  const chosen = cases.filter((one) => !dropped.has(one.id)).map((one) => one.id);
  const choose = (id: string, on: boolean) => {
    const next = new Set(dropped);
    if (on) next.delete(id);
    else next.add(id);
    setDropped(next);
  };
  return (
    <>
      <h2>{t('call.which')}</h2>
      <Segmented<Range>
        aria-label={t('call.which')}
        value={range}
        options={RANGES.map((value) => ({ value, label: t(`call.${value}`) }))}
        onChange={setRange}
      />
      {row.error && <ErrorPanel error={row.error} onRetry={() => void row.refetch()} />}
      {row.isPending && <RowsSkeleton rows={5} />}
      {row.data && cases.length === 0 && <p className={styles['small']}>{t('call.none')}</p>}
      <ul className={styles['list']}>
        {cases.map((one) => (
          <Line key={one.id} one={one} chosen={!dropped.has(one.id)} onChange={(on) => choose(one.id, on)} />
        ))}
      </ul>
      {(row.data?.total ?? 0) > MOST && <p className={styles['small']}>{t('call.more', { count: MOST })}</p>}
      <p className={styles['small']}>{t('call.chosen', { count: chosen.length })}</p>
      <CallForm kind={kind} caseIds={chosen} unitId={search.unit ?? null} />
    </>
  );
}

function Line(props: { one: CaseListItem; chosen: boolean; onChange: (chosen: boolean) => void }) {
  const { language } = useLanguage();
  const { one } = props;
  return (
    <li>
      <Checkbox
        aria-label={one.no}
        checked={props.chosen}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <CaseLink caseId={one.id} number={one.no} />
      <span className={styles['wide']}>{one.title[language]}</span>
      <span className={styles['wide']}>{one.unit}</span>
      {one.dueAt !== null && (
        <TimeLeft
          deadline={{ dueAt: one.dueAt, ...(one.startedAt === null ? {} : { startedAt: one.startedAt }) }}
        />
      )}
    </li>
  );
}
