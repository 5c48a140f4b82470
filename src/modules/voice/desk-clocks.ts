import type { Instant } from '#kernel/instant.ts';
import { nameOf } from '#modules/case/index.ts';
import type { HandbookVersion } from '#modules/process/index.ts';
import type { Db } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { DeskClock } from './voice-api.ts';

type Row = {
  readonly case_id: string;
  readonly clock: string;
  readonly limit_id: string;
  readonly limit_text: string;
  readonly role: DeskClock['role'];
  readonly state: DeskClock['state'];
  readonly started_at: Instant;
  readonly due_at: Instant;
  readonly stopped_at: Instant | null;
  readonly schedule: readonly { readonly percent: number; readonly at: Instant }[];
};

/** The moments that the bars of the desk wait for: the customer was rung, the customer was answered. */
const WAITED_FOR = ['contacted', 'answered'];

type CaseOfDesk = { readonly id: string; readonly process: string | null; readonly version: HandbookVersion };

/** Contact and answer limits of each case, the latest of each: by when they end, the tightest first. */
export async function deskClocks(
  db: Db,
  companyId: string,
  cases: readonly CaseOfDesk[],
): Promise<ReadonlyMap<string, readonly DeskClock[]>> {
  const rows = await db.rows<Row>(sql`
    select distinct on (l.case_id, k.clock) l.case_id, k.clock, k.limit_id, k.limit_text, k.role, k.state, k.started_at,
      k.due_at, k.stopped_at, k.schedule
    from case_orders l
    join clocks k on k.company_id = l.company_id and k.order_id = l.order_id and (k.case_id is null or k.case_id = l.case_id)
    where l.company_id = ${companyId} and l.case_id = any(${cases.map((one) => one.id)}::uuid[])
      and l.unlinked_at is null and k.state <> 'cancelled'
    order by l.case_id, k.clock, k.started_at desc, k.id desc`);
  return new Map(cases.map((one) => [one.id, barsOf(one, rows)]));
}

function barsOf(one: CaseOfDesk, rows: readonly Row[]): readonly DeskClock[] {
  const clocks = one.version.process(one.process ?? '')?.clocks ?? [];
  const shown = new Set(clocks.filter((clock) => WAITED_FOR.includes(clock.stop)).map((clock) => clock.id));
  return rows
    .filter((row) => row.case_id === one.id && shown.has(row.clock))
    .map((row) => barOf(row, one.version))
    .toSorted((a, b) => a.dueAt - b.dueAt);
}

function barOf(row: Row, version: HandbookVersion): DeskClock {
  return {
    clock: row.clock,
    name: nameOf(version.handbook.limits, row.limit_id),
    limit: row.limit_text,
    role: row.role,
    state: row.state,
    startedAt: row.started_at,
    warnAt: row.schedule.find((moment) => moment.percent === 70)?.at ?? null,
    dueAt: row.due_at,
    stoppedAt: row.stopped_at,
  };
}
