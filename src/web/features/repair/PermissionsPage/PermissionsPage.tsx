import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { DecidedPermission } from '#modules/repair/permission-api.ts';
import { formatDateTime, formatDuration } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { permissionMessages } from '../permission-messages.ts';
import { permissionsQuery, useWithdrawPermission } from '../permission-queries.ts';
import { Laid, LiftedFor } from './Laid.tsx';
import styles from './PermissionsPage.module.css';
import { Moved, Waiting } from './Waiting.tsx';

export const route = createLazyRoute('/permissions')({ component: PermissionsPage });

/** 待许可: what waits for the grid dispatcher's word, what he permitted and is still out, what was decided today. */
function PermissionsPage() {
  const t = useT(permissionMessages);
  const desk = useQuery(permissionsQuery);
  useLive(['work'], permissionsQuery.queryKey);
  if (desk.error) return <ErrorPanel error={desk.error} onRetry={() => void desk.refetch()} />;
  if (!desk.data) return <PageSkeleton />;
  const { waiting, decided, earths, liftedFor } = desk.data;
  const out = decided.filter(
    (one) => one.outcome === 'permitted' && one.handedBackAt === null && one.withdrawn === null,
  );
  const done = decided.filter((one) => !out.includes(one));
  return (
    <div className={styles['page']}>
      <PageHead title={t('title')} owner={t('owner')} />
      {waiting.length === 0 && <EmptyState title={t('none')} body={t('noneBody')} />}
      {waiting.map((one) => (
        <Waiting
          key={`${one.orderId} ${one.step} ${one.round}`}
          work={one}
          earths={earths.find(({ orderId }) => orderId === one.orderId)?.earths ?? 0}
        />
      ))}
      <section>
        <h2>{t('out')}</h2>
        {out.length === 0 && <p className={styles['small']}>{t('outNone')}</p>}
        {out.map((one) => (
          <Decided key={`${one.orderId} ${one.decidedAt}`} work={one} />
        ))}
      </section>
      <section>
        <h2>{t('laid')}</h2>
        {earths.length === 0 && <p className={styles['small']}>{t('laidNone')}</p>}
        {earths.map((one) => (
          <Laid key={one.orderId} work={one} />
        ))}
        {liftedFor.map((one) => (
          <LiftedFor key={`${one.orderId} ${one.enteredAt}`} work={one} />
        ))}
      </section>
      <section>
        <h2>{t('done')}</h2>
        {done.length === 0 && <p className={styles['small']}>{t('doneNone')}</p>}
        {done.map((one) => (
          <Decided key={`${one.orderId} ${one.decidedAt}`} work={one} />
        ))}
      </section>
    </div>
  );
}

function Decided({ work }: { work: DecidedPermission }) {
  const t = useT(permissionMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const time = (at: number) => formatDateTime(at, now, language);
  const name = work.decidedBy ?? t('unknown');
  const span = formatDuration(work.waited * MINUTE, language);
  return (
    <div className={styles['line']}>
      <CaseLink caseId={work.caseId} number={work.no} />{' '}
      {[work.ticketNo, work.place].filter(Boolean).join(' · ')}
      <br />
      <span className={styles['small']}>
        {work.outcome === 'permitted'
          ? t('permittedBy', { name, time: time(work.decidedAt), span })
          : t('refusedBy', { name, time: time(work.decidedAt), why: work.why ?? t('unknown') })}
        {work.outcome === 'permitted' && (
          <>
            {' · '}
            {work.handedBackAt === null
              ? work.earths === 0
                ? t('noEarths')
                : t('earths', { n: work.earths })
              : t('handedBack', { time: time(work.handedBackAt) })}
          </>
        )}
        {work.withdrawn !== null && (
          <>
            {' · '}
            {t('withdrawn', { time: time(work.withdrawn.at), why: work.withdrawn.why ?? t('unknown') })}
          </>
        )}
      </span>
      {work.moved !== null && work.handedBackAt === null && <Moved moved={work.moved} />}
      {work.mayWithdraw && (
        <div>
          <Withdraw work={work} />
        </div>
      )}
    </div>
  );
}

/** Taken back with a reason: the crew stops and is told. */
function Withdraw({ work }: { work: DecidedPermission }) {
  const t = useT(permissionMessages);
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const withdraw = useWithdrawPermission();
  return (
    <>
      <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('withdraw')}
      </Button>
      {open && (
        <form
          className={styles['row']}
          onSubmit={(event) => {
            event.preventDefault();
            withdraw.mutate({ orderId: work.orderId, reason: reason.trim() });
          }}
        >
          <label>
            <span>{t('withdrawReason')}</span>
            <Input maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
          <Button htmlType="submit" disabled={reason.trim().length < 2} loading={withdraw.isPending}>
            {t('withdrawNow')}
          </Button>
        </form>
      )}
      {withdraw.error && <ErrorPanel error={withdraw.error} kept />}
    </>
  );
}
