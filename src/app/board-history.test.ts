import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel/instant.ts';
import { isRefusal, type Refusal } from '#kernel/result.ts';
import {
  acceptCase,
  askUnit,
  filterMoments,
  linkCase,
  type Reader,
  reopenCase,
  unlinkCase,
  urgeCase,
} from '#modules/case/index.ts';
import { askToEnd, decideEnd } from '#modules/case/end-case.ts';
import { pause, worker } from '#modules/case/testing/pausing.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sweepClocks } from '#modules/order/index.ts';
import { handbookLibrary } from '#modules/process/index.ts';
import { boards } from '#modules/score/board-reads.ts';
import { type PlainBoard, plainBoard } from '#modules/score/testing/plain-board.ts';
import { keepAway } from '#modules/voice/keep-away.ts';
import { sql } from '#platform/db/sql.ts';
import type { Tx } from '#platform/db/db.ts';
import { transact } from '#platform/db/transact.ts';
import { nextTask, tryTask } from '#testing/demo/carry-order.ts';
import { demoCompany } from '#testing/demo/demo-company.ts';
import { seeded } from '#testing/demo/seeded.ts';

// The board keeps its counts and reads again only what moved. Whatever happens to cases, in whatever order: after each step they
// are the plain count of the rows, for whoever asks.

const STEPS = 160;
const START = Date.parse('2026-11-23T08:30:00+08:00');
const county = await smallCounty(START);
const { database, deps, companyId, clock } = county;
const boardOf = boards({ database, handbook: handbookLibrary(), clockScale: 1 }, deps);
const clerk = await county.actor('clerk');
const officer = await county.actor('service-officer');
const control = await county.actor('control-officer');
const station = await county.actor('station-lead');
const head = await county.actor('operation-head');
const discipline = await county.actor('discipline-officer');
const readers: readonly Reader[] = [clerk, officer, control, station, head, discipline];
const random = seeded(7, 'board');

type Case = { readonly id: string; readonly order_id: string; readonly unit_id: string };

async function someCase(
  state: 'open' | 'closed',
  process: string | null = null,
  among = 1000,
): Promise<Case | undefined> {
  const rows = await database.rows<Case>(sql`
    select c.id, l.order_id, c.intake_unit_id as unit_id from cases c
    join case_orders l on l.case_id = c.id and l.unlinked_at is null
    where c.state = ${state} and (${process}::text is null or c.process = ${process}) order by c.id limit ${among}`);
  return rows.length === 0 ? undefined : random.pick(rows);
}

/** What is refused changes nothing, and is a history as well. */
async function attempt(command: (tx: Tx) => Promise<object | Refusal>): Promise<boolean> {
  return !isRefusal(await transact(database, command));
}

async function accept(): Promise<boolean> {
  const process = random.pick(['inquiry', 'repair-low', 'repair-low', 'complaint', 'report', null]);
  const accusedUnitId = process === 'complaint' ? random.pick([station.unitId, head.unitId, null]) : null;
  const given = process === null ? { process, quickItem: 'payment' } : { process, accusedUnitId };
  return await attempt((tx) => acceptCase(tx, deps, clerk, anIntake({ area: 'city', ...given })));
}

async function work(): Promise<boolean> {
  // Those that came first, so that some come to their end.
  const one = await someCase('open', null, 4);
  const task = one === undefined ? undefined : await nextTask(database, one.order_id);
  return (
    task !== undefined && !isRefusal(await tryTask({ deps, company: demoCompany() }, database, task, random))
  );
}

async function join(): Promise<boolean> {
  const [one, other] = [await someCase('open', 'repair-low'), await someCase('open', 'repair-low')];
  if (one === undefined || other === undefined) return false;
  return await attempt((tx) => linkCase(tx, deps, control, { caseId: one.id, orderId: other.order_id }));
}

async function end(one: Case): Promise<boolean> {
  let id = '';
  const asked = await attempt(async (tx) => {
    const made = await askToEnd(tx, clerk, { caseId: one.id, kind: 'withdrawn', reason: '客户不办了' });
    if (!isRefusal(made)) id = made.id;
    return made;
  });
  return asked && (await attempt((tx) => decideEnd(tx, deps, control, { id, approve: true })));
}

async function onOpen(act: (one: Case) => Promise<boolean>): Promise<boolean> {
  const one = await someCase('open');
  return one !== undefined && (await act(one));
}

async function pass(milliseconds: number): Promise<boolean> {
  clock.advance(milliseconds);
  return (await sweepClocks(database)) > 0;
}

/** What can happen, as often as it stands here. Each says whether it did. */
const HAPPENINGS: Readonly<Record<string, readonly [number, () => Promise<boolean>]>> = {
  accept: [6, accept],
  work: [14, work],
  join: [3, join],
  part: [
    2,
    () =>
      onOpen(({ id }) =>
        attempt((tx) => unlinkCase(tx, deps, control, { caseId: id, reason: '不是一回事' })),
      ),
  ],
  reopen: [
    2,
    async () => {
      const one = await someCase('closed');
      const request = { caseId: one?.id ?? '', by: 'customer' as const, textIds: [] };
      return one !== undefined && (await attempt((tx) => reopenCase(tx, deps, clerk, request)));
    },
  ],
  end: [1, () => onOpen(end)],
  urge: [
    1,
    () => onOpen(({ id }) => attempt((tx) => urgeCase(tx, clerk, { caseId: id, words: '客户在等' }))),
  ],
  ask: [
    2,
    () =>
      onOpen(({ id }) => {
        const asked = { unitId: station.unitId, question: '情况如何', hours: 4, kind: 'joint' as const };
        return attempt((tx) => askUnit(tx, control, { ...asked, caseId: id }));
      }),
  ],
  keepAway: [
    2,
    () =>
      onOpen(({ id }) => {
        const away = { personId: officer.personId, kind: 'recused' as const, reason: '客户是亲戚' };
        return attempt((tx) => keepAway(tx, control, { ...away, caseId: id }));
      }),
  ],
  pause: [
    3,
    () =>
      onOpen(
        async ({ order_id }) =>
          !isRefusal(await pause(county, await worker(county, order_id), order_id, { reason: 'unsafe' })),
      ),
  ],
  minutes: [3, () => pass(random.int(50) * MINUTE)],
  hours: [1, () => pass((1 + random.int(9)) * HOUR)],
};

async function kept(reader: Reader): Promise<PlainBoard> {
  const shown = await boardOf(reader);
  const lines = (rows: typeof shown.units) =>
    rows.map(({ name: _name, ...row }) => ({ ...row, arrived: row.arrived ?? 0 }));
  const here = shown.businesses.filter((row) => row.atWork > 0 || row.arrived !== 0);
  return { businesses: lines(here), units: lines(shown.units) };
}

/** By id; that a case arrived is told by business only. */
function sorted({ businesses, units }: PlainBoard): PlainBoard {
  return { businesses: byId(businesses), units: byId(units.map((row) => ({ ...row, arrived: 0 }))) };
}

function byId(rows: PlainBoard['units']): PlainBoard['units'] {
  return rows.toSorted((a, b) => a.id.localeCompare(b.id));
}

test('whatever happens to cases, the kept count is the plain count, for whoever asks', async () => {
  const happened = new Map<string, number>();
  const deck = Object.entries(HAPPENINGS).flatMap(([name, [times]]) =>
    Array.from({ length: times }, () => name),
  );
  const totals = new Set<string>();
  for (let i = 0; i < STEPS; i++) {
    const name = random.pick(deck);
    if (await HAPPENINGS[name]?.[1]()) happened.set(name, (happened.get(name) ?? 0) + 1);
    const moments = await filterMoments(database, deps, companyId);
    for (const reader of i % 10 === 9 ? readers : [random.pick(readers)]) {
      const shown = sorted(await kept(reader));
      assert.deepEqual(shown, sorted(await plainBoard(database, reader, moments)), `step ${i}: ${name}`);
      totals.add(JSON.stringify(shown));
    }
  }
  const never = Object.keys(HAPPENINGS).filter((name) => !happened.has(name));
  assert.deepEqual(never, [], `what never happened proves nothing: ${JSON.stringify([...happened])}`);
  assert.ok(totals.size > STEPS / 3, 'the figures moved');
});
