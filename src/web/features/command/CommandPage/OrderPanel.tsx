import { CloseOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { CommandRow } from '#modules/repair/command-api.ts';
import type { TellingView } from '#modules/repair/telling-api.ts';
import { formatNumber, formatSoon } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useKeys } from '../../../lib/keys.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { tellingsQuery } from '../command-queries.ts';
import { messages } from '../messages.ts';
import { deadlineOf } from './deadline-of.ts';
import { Estimates } from './Estimates.tsx';
import styles from './OrderPanel.module.css';
import { placeOf } from './OrderList.tsx';
import { ReadyTexts } from './ReadyTexts.tsx';
import { Tellings } from './Tellings.tsx';

/** One repair beside map and list: how it stands, what its customers know, what they are told next. */
export function OrderPanel({ row, onClose }: { row: CommandRow; onClose: () => void }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const view = useQuery(tellingsQuery(row.orderId));
  useKeys(t('keys.panel'), [{ key: 'Escape', label: t('keys.close'), run: onClose }]);
  return (
    <aside className={styles['panel']} aria-label={t('panel.title', { no: row.no })}>
      <header className={styles['head']}>
        <h2>{placeOf(row) ?? row.process[language]}</h2>
        <Button type="text" icon={<CloseOutlined />} aria-label={t('panel.close')} onClick={onClose} />
      </header>
      <p className={styles['promise']}>
        {row.leading !== null && `${row.leading.limit[language]} `}
        <TimeLeft deadline={deadlineOf(row)} />
      </p>
      <dl className={styles['facts']}>
        <Fact name={t('panel.case')}>
          <CaseLink caseId={row.caseId} number={row.no} />
          {row.cases > 1 && ` ${t('panel.reports', { count: formatNumber(row.cases) })}`}
        </Fact>
        <Fact name={t('panel.stage')}>
          {t(`stage.${row.stage}`)}
          {row.steps.length > 0 && ` · ${row.steps.map((step) => step[language]).join(' · ')}`}
        </Fact>
        <Fact name={t('panel.since')}>{formatSoon(row.since, now, language)}</Fact>
        <Fact name={t('panel.crew')}>
          {row.crew === null
            ? t('panel.noCrew')
            : [row.crew.unit, row.crew.holder].filter((one) => one !== null).join(' · ')}
        </Fact>
        <Fact name={t('panel.supply')}>
          {[row.feeder, row.transformer].filter((one) => one !== null).join(' · ') || t('panel.unknown')}
        </Fact>
        <Fact name={t('panel.concerned')}>
          {[
            t('row.households', { count: formatNumber(row.households) }),
            ...(row.important > 0 ? [t('row.important', { count: row.important })] : []),
            ...(row.medical > 0 ? [t('row.medical', { count: row.medical })] : []),
          ].join(' · ')}
        </Fact>
        {row.permissionSince !== null && (
          <Fact name={t('panel.permission')}>
            {t('panel.permissionSince', { time: formatSoon(row.permissionSince, now, language) })}
          </Fact>
        )}
      </dl>
      {view.error && <ErrorPanel error={view.error} onRetry={() => void view.refetch()} />}
      {view.isPending && <RowsSkeleton />}
      {view.data && (
        <>
          <Tellings view={view.data} />
          <Estimates view={view.data} />
          <Groups view={view.data} />
          <ReadyTexts view={view.data} />
        </>
      )}
    </aside>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Customers who get their supply back apart from others. */
function Groups({ view }: { view: TellingView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  if (view.supplyGroups.length === 0) return null;
  return (
    <section>
      <h3>{t('groups.title')}</h3>
      <ul className={styles['lines']}>
        {view.supplyGroups.map((group) => (
          <li key={group.id}>
            <span>
              {group.label} · {t('row.households', { count: formatNumber(group.households) })}
            </span>
            <span>
              {group.resuppliedAt === null
                ? t('groups.dark')
                : t('groups.back', { time: formatSoon(group.resuppliedAt, now, language) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
