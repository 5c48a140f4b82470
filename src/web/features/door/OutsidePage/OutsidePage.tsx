import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import type { OutsideDetail } from '#modules/door/door-api.ts';
import { OUTSIDE_FIELDS } from '#modules/door/domain/index.ts';
import { formatDateTime, formatPercent } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { outsideQuery, useSeen } from '../door-queries.ts';
import { messages } from '../messages.ts';
import { CompleteForm } from './CompleteForm.tsx';
import { Objections } from './Objections.tsx';
import styles from './OutsidePage.module.css';
import { Reply } from './Reply.tsx';

export const route = createLazyRoute('/outside/$id')({ component: OutsidePage });

const MINUTE = 60_000;

/** One order of another system: what came, what changed, what is missing, what went back, what we object to. */
function OutsidePage() {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { id } = useParams({ strict: false });
  const atDoors = useMay('door.work');
  const order = useQuery(outsideQuery(id ?? ''));
  if (order.error) return <ErrorPanel error={order.error} onRetry={() => void order.refetch()} />;
  if (!order.data) return <PageSkeleton />;
  const one = order.data;
  const times = {
    started: formatDateTime(one.startedAt, now, language),
    received: formatDateTime(one.receivedAt, now, language),
  };
  return (
    <>
      <PageHead
        title={t('one.title', { door: one.door, number: one.number })}
        owner={t('one.times', times)}
        promise={
          one.caseState === 'open' && (
            <>
              <TimeLeft deadline={{ dueAt: one.dueAt, startedAt: one.startedAt }} />
              {one.usedBefore !== null && (
                <p className={styles['small']}>
                  {t('inbox.used')} {formatPercent(one.usedBefore)}
                </p>
              )}
            </>
          )
        }
        actions={
          one.caseId !== null && (
            <Link to="/cases/$id" params={{ id: one.caseId }}>
              {t('one.toCase', { no: one.caseNo ?? '' })}
            </Link>
          )
        }
      />
      <div className={styles['columns']}>
        <div>
          <Came one={one} />
          {one.changes.length > 0 && <Changes one={one} />}
          {atDoors && <Objections one={one} />}
        </div>
        <div>
          {one.state === 'to-complete' && <CompleteForm key={one.id} one={one} />}
          {one.state === 'set-aside' && <p>{t('aside.kept', { note: one.note ?? '' })}</p>}
          {one.state === 'accepted' && <Reply key={one.replies.length} one={one} />}
        </div>
      </div>
    </>
  );
}

function Came({ one }: { one: OutsideDetail }) {
  const t = useT(messages);
  const way = t(`one.way.${one.way}`);
  return (
    <section>
      <h2>{t('one.came')}</h2>
      <p className={styles['small']}>
        {one.receivedBy === null ? t('one.by', { way }) : t('one.byPerson', { way, person: one.receivedBy })}
      </p>
      <dl className={styles['fields']}>
        {OUTSIDE_FIELDS.filter((field) => one.content[field] !== undefined).map((field) => (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd>{one.content[field]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Changes({ one }: { one: OutsideDetail }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const seen = useSeen(one.id);
  return (
    <section>
      <h2>{t('changes.title')}</h2>
      {seen.error && <ErrorPanel error={seen.error} kept />}
      {one.changes.map((change) => (
        <div key={change.id} className={styles['change']}>
          <p className={styles['small']}>
            {t('changes.at', { time: formatDateTime(change.at, now, language) })}
          </p>
          <dl className={styles['fields']}>
            {OUTSIDE_FIELDS.flatMap((field) => {
              const is = change.fields.find((one_) => one_.field === field);
              if (is === undefined) return [];
              return [
                <div key={field}>
                  <dt>{t(`field.${field}`)}</dt>
                  <dd>
                    {is.is}
                    {is.was !== '' && (
                      <span className={styles['small']}> {t('changes.was', { was: is.was })}</span>
                    )}
                  </dd>
                </div>,
              ];
            })}
          </dl>
        </div>
      ))}
      {one.updates > 0 && (
        <Button loading={seen.isPending} onClick={() => seen.mutate({})}>
          {t('changes.seen')}
        </Button>
      )}
    </section>
  );
}
