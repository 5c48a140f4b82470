import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { MINUTE } from '#kernel/instant.ts';
import type { WorkItem } from '#modules/case/case-list-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { useNames, workQuery } from '../case-queries.ts';
import { fieldMessages } from '../field-messages.ts';
import { messages } from '../messages.ts';
import { workMessages } from '../work-messages.ts';
import { besideQuery, reviewsQuery } from '../work-queries.ts';
import { clockMessages } from '../clock-messages.ts';
import { pendingQuery } from '../clock-queries.ts';
import { BesideList } from './BesideList.tsx';
import { PendingPauses } from './PendingPauses.tsx';
import { OutsideChip } from '../OutsideMarks.tsx';
import styles from './WorkPage.module.css';

export const route = createLazyRoute('/work')({ component: WorkPage });

/** 我的待办: by time left; the second tab is what is ready to be told to customers. */
function WorkPage() {
  const t = useT(messages);
  const tBeside = useT(workMessages);
  const work = useQuery(workQuery);
  const tClock = useT(clockMessages);
  const beside = useQuery(besideQuery).data;
  const reviews = useQuery(reviewsQuery).data ?? [];
  const mayApprove = useMay('clock.approve');
  const pending = useQuery({ ...pendingQuery, enabled: mayApprove }).data;
  if (work.error) return <ErrorPanel error={work.error} onRetry={() => void work.refetch()} />;
  if (!work.data) return <PageSkeleton />;
  const tell = work.data.filter((item) => item.inform);
  const owed = (beside?.joint.length ?? 0) + (beside?.calls.length ?? 0) + reviews.length;
  return (
    <div className={styles['page']}>
      <PageHead title={t('work.title')} />
      <Tabs
        items={[
          {
            key: 'todo',
            label: `${t('work.todo')} ${work.data.length}`,
            children: (
              <WorkTable
                items={work.data}
                empty={<EmptyState title={t('work.none')} body={t('work.noneBody')} />}
              />
            ),
          },
          {
            key: 'tell',
            label: `${t('work.tell')} ${tell.length}`,
            children: (
              <WorkTable
                items={tell}
                empty={<EmptyState title={t('work.noTell')} body={t('work.noTellBody')} />}
              />
            ),
          },
          {
            key: 'beside',
            label: `${tBeside('work.besideTab')} ${owed}`,
            children: beside && <BesideList beside={beside} reviews={reviews} />,
          },
          ...(mayApprove
            ? [
                {
                  key: 'pauses',
                  label: `${tClock('pause.tab')} ${pending?.length ?? 0}`,
                  children: pending && <PendingPauses pauses={pending} />,
                },
              ]
            : []),
        ]}
      />
    </div>
  );
}

function WorkTable({ items, empty }: { items: readonly WorkItem[]; empty: React.ReactNode }) {
  const t = useT(messages);
  const tField = useT(fieldMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const name = useNames();
  if (items.length === 0) return empty;
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">{t('work.left')}</th>
          <th scope="col">{t('work.case')}</th>
          <th scope="col">{t('work.what')}</th>
          <th scope="col" className={styles['words']}>
            {t('work.words')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.taskId}>
            <td>
              <TimeLeft
                deadline={{
                  dueAt: item.dueAt,
                  paused: item.paused,
                  ...(item.startedAt === null ? {} : { startedAt: item.startedAt }),
                }}
              />
            </td>
            <td>
              <CaseLink caseId={item.caseId} number={item.caseNo} />
            </td>
            <td>
              {name(item.process)} · {name(item.step)}
              {item.ringFrom !== null && (
                <span className={styles['mark']}>
                  {tField('calls.notBefore', { time: formatDateTime(item.ringFrom, now, language) })}
                </span>
              )}
              {item.rework && <span className={styles['mark']}>{t('work.rework')}</span>}
              <OutsideChip item={item} />
              {item.mine && <span className={styles['mark']}>{t('work.mine')}</span>}
            </td>
            <td className={styles['words']}>
              {item.householdPlace} {item.words}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
