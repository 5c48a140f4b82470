import { MINUTE } from '#kernel/instant.ts';
import type { Database } from '#platform/db/db.ts';
import { sql } from '#platform/db/sql.ts';
import { transact } from '#platform/db/transact.ts';
import type { Loop } from '#platform/loop.ts';
import type { DispatchDeps } from './dispatch-board.ts';
import { sendCrew } from './dispatch-commands.ts';
import type { DispatchSettings } from './dispatch-api.ts';
import { dispatchSettings } from './dispatch-reads.ts';
import { planOpen, type Planned } from './dispatch-view.ts';
import { standingActor } from './standing-actor.ts';

/** Well within the minutes of R002: nobody waits for the program. */
const EVERY_MS = 15_000;

/** Where a company allows it, what needs no click and lies within its limits goes by itself. */
export function dispatchLoops(database: Database, deps: DispatchDeps): readonly Loop[] {
  return [
    {
      name: 'dispatch-automatic',
      everyMs: EVERY_MS,
      turn: async () => await sendAutomatically(database, deps),
    },
  ];
}

export async function sendAutomatically(database: Database, deps: DispatchDeps): Promise<void> {
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
  deps: DispatchDeps,
  companyId: string,
  settings: DispatchSettings,
): Promise<void> {
  const actor = await standingActor(database, companyId, settings.said?.by.id ?? '');
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
  // What a crew gave back would only go to the next nearest: a person looks at it first.
  if (found === undefined || sending.needsClick || found.order.givenBack !== null) return false;
  const minutes = (sending.arrivesAt - board.now) / MINUTE;
  return found.cases.customers <= mostCustomers && minutes <= mostMinutes;
}
