import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import type { AffectedKind } from '#modules/outage/domain/index.ts';
import type { PlanView } from '#modules/outage/planned-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { affectedQuery } from '../planned-queries.ts';
import styles from './PlanPage.module.css';

const A_PAGE = 100;

/** Whom it concerns, by kind; each figure opens its households. */
export function AffectedPart({ plan }: { plan: PlanView }) {
  const t = useT(messages);
  const { kind } = useSearch({ strict: false }) as { kind?: string };
  if (plan.computedAt === null) return <p className={styles['quiet']}>{t('plan.notComputed')}</p>;
  const { households, keeping, transformers } = plan;
  return (
    <section>
      <h2>{t('plan.affected')}</h2>
      <p>
        {t('plan.summary', {
          households: formatNumber(households),
          transformers: formatNumber(transformers),
          keeping: formatNumber(keeping),
        })}
      </p>
      <ul className={styles['kinds']}>
        <li>
          <Link to="/outages/plans/$id" params={{ id: plan.id }} search={{ kind: 'all' }}>
            {t('plan.allHouseholds')}
          </Link>{' '}
          {formatNumber(households + keeping)}
        </li>
        {plan.kinds.map((one) => (
          <li key={one.kind}>
            <Link to="/outages/plans/$id" params={{ id: plan.id }} search={{ kind: one.kind }}>
              {t(`affected.${one.kind}`)}
            </Link>{' '}
            {t('plan.kindCount', { dark: one.dark, keeping: one.keeping })}
          </li>
        ))}
      </ul>
      {kind !== undefined && <Households key={kind} id={plan.id} kind={kind} />}
    </section>
  );
}

function Households({ id, kind }: { id: string; kind: string }) {
  const t = useT(messages);
  const [offset, setOffset] = useState(0);
  const list = useQuery(affectedQuery(id, kind, offset));
  if (list.error) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <RowsSkeleton rows={5} />;
  return (
    <div className={styles['list']}>
      <PlainTable
        rows={list.data.households}
        columns={[
          { title: t('consult.customer'), cell: (row) => `${row.name} ${row.accountNo}` },
          { title: t('notice.area'), cell: (row) => row.place },
          {
            title: t('col.stage'),
            cell: (row) =>
              [
                t(row.keepsSupply ? 'plan.keeps' : 'plan.goesDark'),
                ...row.kinds.map((one: AffectedKind) => t(`affected.${one}`)),
              ].join(' · '),
          },
        ]}
      />
      <div className={styles['buttons']}>
        {offset + A_PAGE < list.data.total && (
          <Button onClick={() => setOffset(offset + A_PAGE)}>{t('plan.more')}</Button>
        )}
        <Link to="/outages/plans/$id" params={{ id }} search={{}}>
          {t('plan.hide')}
        </Link>
      </div>
    </div>
  );
}

/** How often the same households were off before, and protected days. */
export function RepeatPart({ plan }: { plan: PlanView }) {
  const t = useT(messages);
  const name = useNames();
  if (plan.computedAt === null) return null;
  return (
    <section>
      <h2>{t('plan.repeat')}</h2>
      {plan.protectedBy.map((period) => (
        <p key={period.name.zh}>
          {t('plan.protected')} {name(period.name)}{' '}
          <small>{t('plan.source', { source: period.source, confidence: period.confidence })}</small>
        </p>
      ))}
      {plan.repeat.length === 0 ? (
        <p className={styles['quiet']}>{t('plan.noRepeat')}</p>
      ) : (
        <PlainTable
          rows={plan.repeat.map((one) => ({ id: one.rule, ...one }))}
          columns={[
            { title: t('repeat.level'), cell: (row) => t(`repeat.${row.level}`) },
            {
              title: t('repeat.rule'),
              cell: (row) => `${t(`repeat.${row.rule}`, { limit: row.limit })} ${row.rule}`,
            },
            { title: t('repeat.households'), cell: (row) => formatNumber(row.households) },
            { title: t('repeat.most'), cell: (row) => t('repeat.times', { n: row.most }) },
          ]}
        />
      )}
    </section>
  );
}
