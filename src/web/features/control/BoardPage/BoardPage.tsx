import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link } from '@tanstack/react-router';
import type { Board, BoardRow } from '#modules/score/board-api.ts';
import { formatDate, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useMay } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { boardQuery, type CaseSearch } from '../control-queries.ts';
import { messages } from '../messages.ts';
import styles from './BoardPage.module.css';

export const route = createLazyRoute('/board')({ component: BoardPage });

/** What is late, what will be late, and in whose hands it is; each figure opens its cases. */
function BoardPage() {
  const t = useT(messages);
  const board = useQuery(boardQuery);
  if (board.error) return <ErrorPanel error={board.error} onRetry={() => void board.refetch()} />;
  if (!board.data) return <PageSkeleton />;
  return (
    <div className={styles['page']}>
      <PageHead title={t('board.title')} />
      <BottleneckLine board={board.data} />
      <div className={styles['tables']}>
        <Figures
          title={t('board.businesses')}
          note={t('board.named')}
          board={board.data}
          rows={board.data.businesses}
          filter={(row) => ({ business: row.id })}
          total
        />
        <Figures
          title={t('board.units')}
          board={board.data}
          rows={board.data.units}
          filter={(row) => ({ unit: row.id })}
        />
      </div>
    </div>
  );
}

function BottleneckLine({ board }: { board: Board }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const worst = board.bottleneck;
  if (worst === null) return <p className={styles['words']}>{t('board.noBottleneck')}</p>;
  const amount = (value: number) => t(`board.${worst.counted}`, { value: value.toFixed(1) });
  return (
    <p className={styles['words']}>
      {t('board.bottleneck', {
        process: worst.process[language],
        step: worst.step[language],
        unit: worst.unit,
        mean: amount(worst.value),
        done: worst.done,
        change: t(worst.value >= worst.before ? 'board.slower' : 'board.faster', {
          change: amount(Math.abs(worst.value - worst.before)),
        }),
      })}
    </p>
  );
}

function Figures(props: {
  title: string;
  note?: string;
  board: Board;
  rows: readonly BoardRow[];
  filter: (row: BoardRow) => CaseSearch;
  total?: boolean;
}) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { board } = props;
  const withArrived = props.rows.some((row) => row.arrived !== null);
  const mayCall = useMay('meeting.call');
  const day = formatDate(board.weekEnd - 1, board.at, language);
  return (
    <section>
      <h2>{props.title}</h2>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col" aria-label={props.title} />
            {withArrived && <th scope="col">{t('board.arrived')}</th>}
            <th scope="col">{t('board.atWork')}</th>
            <th scope="col">{t('board.late')}</th>
            <th scope="col">{t('board.hour')}</th>
            <th scope="col">{t('board.week', { day })}</th>
            {mayCall && <th scope="col" className={styles['act']} aria-label={t('board.act')} />}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <Row
              key={row.id}
              name={row.name[language]}
              row={row}
              filter={props.filter(row)}
              arrived={withArrived}
              mayCall={mayCall}
            />
          ))}
          {props.total === true && (
            <Row
              total
              name={t('board.total')}
              row={board.total}
              filter={{}}
              arrived={withArrived}
              mayCall={mayCall}
            />
          )}
        </tbody>
      </table>
      {props.note !== undefined && <p className={styles['note']}>{props.note}</p>}
    </section>
  );
}

function Row(props: {
  name: string;
  row: Omit<BoardRow, 'id' | 'name'>;
  filter: CaseSearch;
  arrived: boolean;
  mayCall: boolean;
  total?: boolean;
}) {
  const t = useT(messages);
  const { row, filter } = props;
  const open = { ...filter, state: 'open' as const };
  return (
    <tr data-total={props.total}>
      <th scope="row">{props.name}</th>
      {props.arrived && <Figure value={row.arrived ?? 0} search={{ ...filter, since: 'today' }} />}
      <Figure value={row.atWork} search={open} />
      <Figure value={row.late} search={{ ...open, due: 'late' }} stage="over" />
      <Figure value={row.lateInAnHour} search={{ ...open, due: 'hour' }} stage="near" />
      <Figure value={row.lateThisWeek} search={{ ...open, due: 'week' }} />
      {props.mayCall && (
        <td className={styles['act']}>
          {row.atWork > 0 &&
            (['supervise', 'meeting'] as const).map((kind) => (
              <Link
                key={kind}
                to="/meetings/call"
                search={{ ...filter, kind }}
                aria-label={`${t(`board.${kind}`)} ${props.name}`}
              >
                {t(`board.${kind}`)}
              </Link>
            ))}
        </td>
      )}
    </tr>
  );
}

/** A number is a link to its cases; colour is time left, so only what is late or nearly late has one. */
function Figure({ value, search, stage }: { value: number; search: CaseSearch; stage?: 'over' | 'near' }) {
  return (
    <td data-stage={value > 0 ? stage : undefined}>
      <Link to="/cases" search={search} className={styles['figure'] ?? ''}>
        {formatNumber(value)}
      </Link>
    </td>
  );
}
