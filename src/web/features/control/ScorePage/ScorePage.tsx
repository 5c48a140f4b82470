import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { HOUR } from '#kernel/instant.ts';
import type { UnitScore } from '#modules/score/board-api.ts';
import { wilson } from '#modules/score/domain/index.ts';
import { formatNumber, formatPercent } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import styles from '../BoardPage/BoardPage.module.css';
import { scoresQuery } from '../control-queries.ts';
import { messages } from '../messages.ts';

export const route = createLazyRoute('/scores')({ component: ScorePage });

const MONTHS_BACK = 12;

/** Each unit by its record of a month, with the interval that its number of works allows. */
function ScorePage() {
  const t = useT(messages);
  const months = lastMonths();
  const [month, setMonth] = useState(months[0] ?? '');
  const scores = useQuery(scoresQuery(month));
  return (
    <div className={styles['page']}>
      <PageHead title={t('score.title')} />
      <p className={styles['note']}>{t('score.note')}</p>
      <Select
        aria-label={t('score.month')}
        value={month}
        options={months.map((value) => ({ value, label: value }))}
        onChange={setMonth}
      />
      {scores.error && <ErrorPanel error={scores.error} onRetry={() => void scores.refetch()} />}
      {!scores.data && !scores.error && <PageSkeleton />}
      {scores.data &&
        (scores.data.units.length === 0 ? (
          <EmptyState title={t('score.none')} body={t('score.noneBody')} />
        ) : (
          <Table units={scores.data.units} />
        ))}
    </div>
  );
}

function Table({ units }: { units: readonly UnitScore[] }) {
  const t = useT(messages);
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">{t('score.unit')}</th>
          <th scope="col">{t('score.done')}</th>
          <th scope="col">{t('score.kept')}</th>
          <th scope="col">{t('score.sure')}</th>
          <th scope="col">{t('score.reworked')}</th>
          <th scope="col">{t('score.sentBack')}</th>
          <th scope="col">{t('score.word')}</th>
        </tr>
      </thead>
      <tbody>
        {units.map((unit) => (
          <tr key={unit.unitId}>
            <th scope="row">{unit.unit}</th>
            <td>{formatNumber(unit.done)}</td>
            <td>{t('score.of', { part: unit.kept, whole: unit.clocks })}</td>
            <td>{intervalText(t, unit.kept, unit.clocks)}</td>
            <td>{t('score.of', { part: unit.reworked, whole: unit.done })}</td>
            <td>{formatNumber(unit.sentBack)}</td>
            <td>{unit.reviewed > 0 && t('score.of', { part: unit.helped, whole: unit.reviewed })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function intervalText(
  t: ReturnType<typeof useT<keyof (typeof messages)['zh']>>,
  part: number,
  whole: number,
) {
  if (whole === 0) return '';
  const { low, high } = wilson(part, whole);
  return t('score.interval', { low: formatPercent(low), high: formatPercent(high) });
}

/** This month and those before, as 2026-11, in the business zone. */
function lastMonths(): readonly string[] {
  const now = new Date(serverNow() + 8 * HOUR);
  return Array.from({ length: MONTHS_BACK }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
}
