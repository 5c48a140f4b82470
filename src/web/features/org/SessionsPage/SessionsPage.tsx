import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import type { SessionRow } from '#modules/org/admin-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { allSessionsQuery, ownSessionsQuery, useEndSession } from '../org-queries.ts';
import { deviceName } from './device-name.ts';

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
      <PlainTable
        rows={sessions}
        columns={[
          { title: t('sessions.person'), cell: (session) => `${session.person} ${session.staffNo}` },
          { title: t('sessions.unit'), cell: (session) => session.unit, minor: true },
          { title: t('sessions.device'), cell: (session) => deviceName(session.device), minor: true },
          { title: t('sessions.since'), cell: (session) => formatDateTime(session.createdAt, now, language) },
          {
            title: t('sessions.seen'),
            cell: (session) =>
              `${formatDateTime(session.seenAt, now, language)}${session.locked ? ` · ${t('sessions.locked')}` : ''}`,
            minor: true,
          },
        ]}
        action={{
          label: t('sessions.end'),
          named: (session) => t('sessions.endNamed', { person: session.person }),
          run: (session) => end.mutate({ id: session.id }),
          busy: (session) => end.isPending && end.variables?.id === session.id,
          instead: (session) => (session.current ? t('sessions.this') : undefined),
        }}
      />
    </>
  );
}
