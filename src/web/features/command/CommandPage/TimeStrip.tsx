import { useRef } from 'react';
import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import type { CommandRow } from '#modules/repair/command-api.ts';
import { formatNumber, formatTime } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { type TimeStage, timeStage } from '../../../lib/time-left.ts';
import { messages } from '../messages.ts';
import { worst } from './CountyMap.tsx';
import { deadlineOf, tellingDeadline } from './deadline-of.ts';
import styles from './TimeStrip.module.css';
import { useSize } from './use-size.ts';
import { useWall } from './use-wall.ts';

const BACK = HOUR;
const AHEAD = 3 * HOUR;
/** What falls into the same ten minutes is one mark with its number. */
const BIN = 10 * MINUTE;
const LANE = 26;
const LABEL = 92;
const TOP = 20;

const LANES = ['arrival', 'telling', 'estimate'] as const;
type Lane = (typeof LANES)[number];

type Moment = { readonly lane: Lane; readonly at: Instant; readonly stage: TimeStage; readonly id: string };

/** What is due when: crews that must be there, customers who must hear something, supply that is expected back. What is over stands at the left edge. */
export function TimeStrip({ rows, onOpen }: { rows: readonly CommandRow[]; onOpen: (id: string) => void }) {
  const t = useT(messages);
  const frame = useRef<HTMLElement>(null);
  const size = useSize(frame);
  // On a wall everything is drawn twice as large.
  const grown = useWall() ? 2 : 1;
  const width = size.width / grown;
  const height = TOP + LANES.length * LANE;
  const now = useNow(MINUTE);
  const from = Math.floor((now - BACK) / BIN) * BIN;
  const xOf = (at: Instant) => LABEL + ((at - from) / (BACK + AHEAD + BIN)) * (width - LABEL - 8);
  const bins = binsOf(momentsOf(rows, now), from, now);
  const hours = Array.from(
    { length: 9 },
    (_, i) => Math.ceil(from / (HOUR / 2)) * (HOUR / 2) + (i * HOUR) / 2,
  );
  return (
    <figure ref={frame} className={styles['strip']} aria-label={t('strip.title')}>
      <svg
        role="img"
        aria-label={t('strip.summary', countsOf(rows, now))}
        width={size.width}
        height={height * grown}
        viewBox={`0 0 ${Math.max(width, 1)} ${height}`}
      >
        {hours.map((at) => (
          <g key={at} className={styles['hour']}>
            <path d={`M${xOf(at)} ${TOP}V${TOP + LANES.length * LANE}`} />
            <text x={xOf(at)} y={TOP - 6} textAnchor="middle">
              {formatTime(at)}
            </text>
          </g>
        ))}
        <path className={styles['now']} d={`M${xOf(now)} ${TOP - 4}V${TOP + LANES.length * LANE}`} />
        {LANES.map((lane, i) => (
          <text key={lane} className={styles['lane']} x="4" y={TOP + i * LANE + 18}>
            {t(`strip.${lane}`)}
          </text>
        ))}
        {bins.map((bin) => (
          <g
            key={`${bin.lane} ${bin.at}`}
            className={styles['bin']}
            data-stage={bin.stage}
            transform={`translate(${xOf(bin.at)} ${TOP + LANES.indexOf(bin.lane) * LANE + 13})`}
            onClick={() => onOpen(bin.id)}
          >
            <rect x="-11" y="-10" width="22" height="20" rx={bin.stage === 'over' ? 3 : 10} />
            <text textAnchor="middle" y="4">
              {formatNumber(bin.count)}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}

function momentsOf(rows: readonly CommandRow[], now: Instant): readonly Moment[] {
  return rows.flatMap((row) => {
    const { id, arrival, estimate } = row;
    const telling = tellingDeadline(row);
    return [
      ...(arrival !== null && arrival.metAt === null
        ? [{ lane: 'arrival' as const, at: arrival.dueAt, stage: timeStage(deadlineOf(row), now), id }]
        : []),
      ...(telling.dueAt === null
        ? []
        : [{ lane: 'telling' as const, at: telling.dueAt, stage: timeStage(telling, now), id }]),
      ...(estimate === null
        ? []
        : [
            {
              lane: 'estimate' as const,
              at: estimate.at,
              stage: timeStage({ dueAt: estimate.at, startedAt: row.since }, now),
              id,
            },
          ]),
    ];
  });
}

type Bin = Moment & { readonly count: number };

function binsOf(moments: readonly Moment[], from: Instant, now: Instant): readonly Bin[] {
  const inSight = moments.filter(({ at }) => at < now + AHEAD);
  const bins = Map.groupBy(
    inSight,
    ({ lane, at }) => `${lane} ${Math.floor((Math.max(at, from) - from) / BIN)}`,
  );
  return [...bins.values()].flatMap((members): Bin | [] => {
    const [first] = members.toSorted((a, b) => a.at - b.at);
    if (first === undefined) return [];
    const at = from + (Math.floor((Math.max(first.at, from) - from) / BIN) + 0.5) * BIN;
    return { ...first, at, stage: worst(members.map(({ stage }) => stage)), count: members.length };
  });
}

function countsOf(
  rows: readonly CommandRow[],
  now: Instant,
): { readonly arrivals: number; readonly tellings: number } {
  const moments = momentsOf(rows, now).filter(({ at }) => at <= now);
  const count = (lane: Lane) => moments.filter((one) => one.lane === lane).length;
  return { arrivals: count('arrival'), tellings: count('telling') };
}
