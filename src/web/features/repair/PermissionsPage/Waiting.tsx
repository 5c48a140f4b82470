import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { WaitingPermission } from '#modules/repair/permission-api.ts';
import { formatDateTime, formatDuration } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useSentence } from '../../../lib/refusals.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { permissionMessages } from '../permission-messages.ts';
import { usePermit, useRefusePermission } from '../permission-queries.ts';
import styles from './PermissionsPage.module.css';

/** One work that waits: its paper, how long, and the two answers; after a withdrawal earths may lie there already. */
export function Waiting({ work, earths }: { work: WaitingPermission; earths: number }) {
  const t = useT(permissionMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE / 6);
  const said = (value: string | null) => value ?? t('unknown');
  const { no, caseId, sheetKind, station } = work;
  return (
    <section className={styles['one']} aria-label={no}>
      <h2 className={styles['head']}>
        <CaseLink caseId={caseId} number={no} />
        <span>{sheetKind === null ? '' : t(`kind.${sheetKind}`)}</span>
        <span>{t('waited', { span: formatDuration(Math.max(0, now - work.askedAt), language) })}</span>
      </h2>
      <dl>
        <dt>{t('ticket')}</dt>
        <dd>{said(work.ticketNo)}</dd>
        <dt>{t('place')}</dt>
        <dd>{[said(work.place), station].filter(Boolean).join(' · ')}</dd>
        <dt>{t('leader')}</dt>
        <dd>{said(work.leader)}</dd>
        <dt>{t('watcher')}</dt>
        <dd>{said(work.watcher)}</dd>
        <dt>{t('askedBy')}</dt>
        <dd>
          {t('askedAt', { name: said(work.askedBy), time: formatDateTime(work.askedAt, now, language) })}
        </dd>
      </dl>
      {earths > 0 && <p>{t('earths', { n: earths })}</p>}
      {work.moved !== null && <Moved moved={work.moved} />}
      {work.mayDecide ? <Decide work={work} /> : <WhyNot code={work.reason ?? 'permission.none'} />}
    </section>
  );
}

/** The sheet was written for a place where the fault is not held to lie any more. */
export function Moved({ moved }: { moved: NonNullable<WaitingPermission['moved']> }) {
  const t = useT(permissionMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { from, to, at } = moved;
  return (
    <p role="alert">
      {t('moved', {
        from: from ?? t('unknown'),
        to: to ?? t('unknown'),
        time: formatDateTime(at, now, language),
      })}
    </p>
  );
}

function WhyNot({ code }: { code: string }) {
  const sentence = useSentence();
  return <p className={styles['small']}>{sentence(code)}</p>;
}

function Decide({ work }: { work: WaitingPermission }) {
  const t = useT(permissionMessages);
  const permit = usePermit();
  const refuse = useRefusePermission();
  const [way, setWay] = useState<'phone' | 'face'>('phone');
  const [at, setAt] = useState('');
  const [repeated, setRepeated] = useState(false);
  const [sheetFits, setSheetFits] = useState(false);
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const { orderId, seq, step, round } = work;
  const which = { orderId, seq, step, round };
  const said = {
    repeated,
    ...(work.moved === null ? {} : { sheetFits }),
    ...(at === '' ? {} : { permittedAt: Date.parse(`${at}+08:00`) }),
  };
  return (
    <div className="dfw-no-print">
      <div className={styles['checks']}>
        <Checkbox checked={repeated} onChange={(event) => setRepeated(event.target.checked)}>
          {t(way === 'phone' ? 'repeated.phone' : 'repeated.face')}
        </Checkbox>
        {work.moved !== null && (
          <Checkbox checked={sheetFits} onChange={(event) => setSheetFits(event.target.checked)}>
            {t('sheetFits')}
          </Checkbox>
        )}
      </div>
      <div className={styles['row']}>
        <label>
          <span>{t('way')}</span>
          <Select
            value={way}
            aria-label={t('way')}
            onChange={setWay}
            options={(['phone', 'face'] as const).map((value) => ({ value, label: t(`way.${value}`) }))}
          />
        </label>
        <label>
          <span>{t('permittedAt')}</span>
          <Input type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />
        </label>
        <Button
          type="primary"
          disabled={!repeated || (work.moved !== null && !sheetFits)}
          loading={permit.isPending}
          onClick={() => permit.mutate({ ...which, way, ...said })}
        >
          {t('permit')}
        </Button>
        <Button aria-expanded={refusing} onClick={() => setRefusing(!refusing)}>
          {t('refuse')}
        </Button>
      </div>
      {refusing && (
        <form
          className={styles['row']}
          onSubmit={(event) => {
            event.preventDefault();
            refuse.mutate({ ...which, reason: reason.trim() });
          }}
        >
          <label>
            <span>{t('reason')}</span>
            <Input maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
          </label>
          <Button htmlType="submit" disabled={reason.trim().length < 2} loading={refuse.isPending}>
            {t('sendBack')}
          </Button>
        </form>
      )}
      {permit.error && <ErrorPanel error={permit.error} kept />}
      {refuse.error && <ErrorPanel error={refuse.error} kept />}
    </div>
  );
}
