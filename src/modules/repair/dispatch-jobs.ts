import { MINUTE } from '#kernel/instant.ts';
import type { CaseActor, CaseDeps } from '#modules/case/index.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { Loop } from '#platform/loop.ts';
import { sendCrew } from './dispatch-commands.ts';
import type { DispatchSettings } from './dispatch-api.ts';
import { dispatchSettings } from './dispatch-reads.ts';
import { planOpen, type Planned } from './dispatch-view.ts';

/** Well within the minutes of R002: nobody waits for the program. */
const EVERY_MS = 15_000;

/** Where a company allows it, what needs no click and lies within its limits goes by itself. */
export function dispatchLoops(database: Database, deps: CaseDeps): readonly Loop[] {
  return [
    {
      name: 'dispatch-automatic',
      everyMs: EVERY_MS,
      turn: async () => await sendAutomatically(database, deps),
    },
  ];
}

export async function sendAutomatically(database: Database, deps: CaseDeps): Promise<void> {
  const companies = await database.rows<{ id: string }>(sql`
    select c.company_id as id from companies c
    where exists (select 1 from dispatch_settings s where s.company_id = c.company_id)`);
  for (const { id } of companies) {
    const settings = await dispatchSettings(database, id);
    if (settings.automatic && settings.said !== null) await sendOf(database, deps, id, settings);
  }
}

async function sendOf(
  database: Database,
  deps: CaseDeps,
  companyId: string,
  settings: DispatchSettings,
): Promise<void> {
  const actor = await actorFor(database, companyId, settings.said?.by.id ?? '');
  if (actor === undefined) return;
  const planned = await planOpen(database, deps, actor, true);
  if (planned === undefined) return;
  // Refused: somebody was quicker, or the crew went off duty; the next turn looks again.
  for (const one of planned.proposal.send.filter((sending) => isWithin(planned, settings, sending)))
    await transact(database, (tx) =>
      sendCrew(tx, deps, actor, { orderId: one.fault, crewId: one.crew, automatic: true }),
    );
}

function isWithin(
  { board }: Planned,
  { mostCustomers, mostMinutes }: DispatchSettings,
  sending: Planned['proposal']['send'][number],
): boolean {
  const found = board.orders.find(({ order }) => order.id === sending.fault);
  if (found === undefined || sending.needsClick) return false;
  const minutes = (sending.arrivesAt - board.now) / MINUTE;
  return found.cases.customers <= mostCustomers && minutes <= mostMinutes;
}

/** Who allowed it, with the posts he holds now; undefined when he has none any more. */
async function actorFor(
  database: Database,
  companyId: string,
  personId: string,
): Promise<CaseActor | undefined> {
  const rows = await database.rows<{
    unitId: string;
    parentId: string | null;
    post: string;
    main: boolean;
  }>(sql`
    select a.unit_id as "unitId", u.parent_id as "parentId", a.post, a.main from assignments a
    join people p on p.company_id = a.company_id and p.id = a.person_id and p.left_at is null
    join units u on u.company_id = a.company_id and u.id = a.unit_id
    where a.company_id = ${companyId} and a.person_id = ${personId} and a.until is null order by a.main desc`);
  const [main] = rows;
  if (main === undefined) return undefined;
  return {
    companyId,
    personId,
    unitId: main.unitId,
    unitIds: [
      ...new Set(rows.flatMap((row) => [row.unitId, ...(row.parentId === null ? [] : [row.parentId])])),
    ],
    posts: rows.map((row) => row.post),
    mayReassign: rows.some((row) => row.post === 'department-head'),
  };
}
