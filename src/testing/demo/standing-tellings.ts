import { HOUR, type Instant, MINUTE } from '#kernel/instant.ts';
import { isRefusal } from '#kernel/result.ts';
import {
  type Books,
  commandRows,
  type RepairRow,
  followTellings,
  newsToTell,
  setEstimate,
  setTelling,
  tellGroup,
} from '#modules/repair/index.ts';
import type { Database } from '#platform/db/db.ts';
import { transact } from '#platform/db/transact.ts';
import { actorOf } from './carry-order.ts';
import type { Stage } from './carry-to.ts';

/** So long after a report, or after the last word, the dispatcher of the demonstration tells the customers; one in four he leaves to the program. */
const TOLD_AFTER = 14 * MINUTE;

/**
 * What the dispatcher did this morning: told whoever reported, wrote down what crews said about the time, moved one, and let the program
 * tell the rest: nobody sits at the desk of a demonstration that is looked at.
 */
export async function bringStandingTellings(
  stage: Stage,
  database: Database,
  setClock: (at: Instant) => void,
): Promise<void> {
  const { company, deps, now } = stage;
  const person = company.logins.find((one) => one.login === 'dispatcher')?.person;
  const active = await deps.activeHandbook(database, company.id);
  if (person === undefined || active === undefined)
    throw new Error('the demonstration has no dispatcher or no handbook');
  const actor = actorOf(company, person);
  const books: Books = { active, version: deps.version };
  const open = async (at: Instant) => await commandRows(database, actor, books, { now: at, orderId: null });

  setClock(now - 40 * MINUTE);
  await database.transaction((tx) => setTelling(tx, actor, { automatic: true }));
  await database.transaction((tx) => followTellings(tx, company.id, active));
  for (const [i, row] of (await open(now - 40 * MINUTE)).entries()) {
    if (i % 4 === 3) continue;
    setClock(Math.max(row.since + TOLD_AFTER, now - 40 * MINUTE));
    await tellAs(row);
  }
  setClock(now - 25 * MINUTE);
  for (const row of (await open(now - 25 * MINUTE)).filter((one) => one.stage === 'working')) {
    await estimateAs(row, now + HOUR);
    await tellAs(row);
  }
  const [moved] = (await open(now)).filter((one) => one.estimate !== null);
  setClock(now - 4 * MINUTE);
  if (moved !== undefined) await estimateAs(moved, now + 2 * HOUR);
  await database.transaction((tx) => followTellings(tx, company.id, active));

  async function tellAs({ orderId }: RepairRow): Promise<void> {
    const told = await transact(database, async (tx) => {
      const news = await newsToTell(tx, books, actor, orderId);
      if (isRefusal(news)) return news;
      return await tellGroup(tx, books, actor, { orderId, audience: 'reporters', news, way: 'message' });
    });
    if (isRefusal(told)) throw new Error(`the dispatcher of the demonstration may not tell: ${told.refused}`);
  }

  async function estimateAs({ orderId }: RepairRow, at: Instant): Promise<void> {
    const said = await transact(database, (tx) =>
      setEstimate(tx, books, actor, {
        orderId,
        source: 'crew',
        at: Math.round(at / (5 * MINUTE)) * 5 * MINUTE,
      }),
    );
    if (isRefusal(said)) throw new Error(`the crew of the demonstration cannot say when: ${said.refused}`);
  }
}
