import { DAY, HOUR, type Instant } from '#kernel/instant.ts';
import { listHeads } from '#modules/case/index.ts';
import { enqueue } from '#modules/notice/index.ts';
import type { handbookLibrary } from '#modules/process/index.ts';
import { type Database, timestamp, type Tx } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import type { Loop } from '#platform/loop.ts';

type Deps = { readonly database: Database; readonly handbook: ReturnType<typeof handbookLibrary> };

/** How many days before its day a finding is called to mind, and how often one that is late (handbook). */
const BEFORE = 'R150-before';
const LATE_EVERY = 'R150-late';

/** What an exercise found is followed: before its day its owner is reminded, after it he and the heads of his unit, again and again. */
export function drillLoops({ database, handbook }: Deps): readonly Loop[] {
  return [
    {
      name: 'drill-findings',
      everyMs: HOUR,
      async turn() {
        const companies = await database.rows<{ id: string }>(sql`
          select distinct f.company_id as id from drill_findings f where f.checked_at is null`);
        for (const { id } of companies) {
          const limits = (await handbook.active(database, id))?.handbook.limits ?? [];
          const days = (limit: string) => limits.find((one) => one.id === limit)?.value;
          const [before, lateEvery] = [days(BEFORE), days(LATE_EVERY)];
          if (before !== undefined && lateEvery !== undefined)
            await database.transaction((tx) => remindFindings(tx, id, { before, lateEvery }));
        }
      },
    },
  ];
}

type Due = {
  readonly id: string;
  readonly ownerId: string | null;
  readonly unitId: string;
  readonly madeBy: string;
  readonly dueAt: Instant;
  readonly times: number;
  readonly closed: boolean;
};

/** One turn for one company. Each is said once: the key of a message tells the day it is about. */
export async function remindFindings(
  tx: Tx,
  companyId: string,
  { before, lateEvery }: { readonly before: number; readonly lateEvery: number },
): Promise<void> {
  const due = await tx.rows<Due>(sql`
    select f.id, f.owner_id as "ownerId", f.unit_id as "unitId", f.made_by as "madeBy", f.due_at as "dueAt",
      f.times_reopened as times, f.closed_at is not null as closed
    from drill_findings f
    where f.company_id = ${companyId} and f.checked_at is null and f.due_at <= ${timestamp(tx.now + before * DAY)}
    order by f.due_at, f.id limit 200`);
  for (const one of due) {
    const late = tx.now >= one.dueAt;
    const turn = late ? `late:${Math.floor((tx.now - one.dueAt) / (lateEvery * DAY))}` : 'soon';
    // Put right and not looked at: from its day on whoever wrote it down is asked to.
    if (one.closed && !late) continue;
    const heads = late && !one.closed ? ((await listHeads(tx, companyId, one.unitId)) ?? []) : [];
    const people = one.closed ? [one.madeBy] : [one.ownerId, ...heads];
    await enqueue(
      tx,
      companyId,
      [...new Set(people)]
        .filter((id) => id !== null)
        .map((personId) => ({
          key: `drill-finding:${one.id}:${one.times}:${turn}:${personId}`,
          channel: 'desk',
          template: one.closed ? 'drill-check' : late ? 'drill-late' : 'drill-soon',
          to: { personId },
          data: { dueAt: one.dueAt },
        })),
    );
  }
}
