import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Button } from 'antd';
import type { SessionRow } from '#modules/org/admin-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { allSessionsQuery, ownSessionsQuery, useEndSession } from '../org-queries.ts';
import styles from './SessionsPage.module.css';

export const route = createLazyRoute('/sessions')({ component: SessionsPage });

const MINUTE = 60_000;

/** Where I am signed in; for the security administrator, where everybody is. */
function SessionsPage() {
  const t = useT(messages);
  const own = useQuery(ownSessionsQuery);
  const maySeeAll = useMay('security.admin');
  return (
    <>
      <PageHead title={t('sessions.own')} owner={t('sessions.ownBody')} />
      {own.error && <ErrorPanel error={own.error} onRetry={() => void own.refetch()} />}
      {own.isPending && <RowsSkeleton />}
      {own.data && <SessionTable sessions={own.data} of="own" />}
      {maySeeAll && <Everybody />}
    </>
  );
}

function Everybody() {
  const t = useT(messages);
  const all = useQuery(allSessionsQuery);
  const others = all.data?.filter((session) => !session.current) ?? [];
  return (
    <section aria-labelledby="everybody">
      <h2 id="everybody">{t('sessions.all')}</h2>
      {all.error && <ErrorPanel error={all.error} onRetry={() => void all.refetch()} />}
      {all.isPending && <RowsSkeleton />}
      {all.data && others.length === 0 && (
        <EmptyState title={t('sessions.none')} body={t('sessions.noneBody')} />
      )}
      {others.length > 0 && <SessionTable sessions={others} of="anybody" />}
    </section>
  );
}

function SessionTable({ sessions, of }: { sessions: readonly SessionRow[]; of: 'own' | 'anybody' }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const end = useEndSession(of);
  return (
    <>
      {end.error && <ErrorPanel error={end.error} kept />}
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('sessions.person')}</th>
            <th scope="col" className={styles['second']}>
              {t('sessions.unit')}
            </th>
            <th scope="col" className={styles['second']}>
              {t('sessions.device')}
            </th>
            <th scope="col">{t('sessions.since')}</th>
            <th scope="col" className={styles['second']}>
              {t('sessions.seen')}
            </th>
            <th scope="col">
              <span className="dfw-hidden">{t('sessions.end')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <td>
                {session.person} {session.staffNo}
              </td>
              <td className={styles['second']}>{session.unit}</td>
              <td className={styles['second']}>{session.device}</td>
              <td>{formatDateTime(session.createdAt, now, language)}</td>
              <td className={styles['second']}>
                {formatDateTime(session.seenAt, now, language)}
                {session.locked && ` · ${t('sessions.locked')}`}
              </td>
              <td>
                {session.current ? (
                  t('sessions.this')
                ) : (
                  <Button
                    size="small"
                    aria-label={t('sessions.endNamed', { person: session.person })}
                    onClick={() => end.mutate({ id: session.id })}
                  >
                    {t('sessions.end')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
