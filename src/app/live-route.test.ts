import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { recordOnOrder } from '#modules/order/index.ts';
import { type Database, openDatabase } from '#platform/db/db.ts';
import { settledUntil } from '#platform/db/settled-until.ts';
import { movedOrders, newHints } from './live-route.ts';

// Real time, because hints go by when transactions began.

const county = await smallCounty();
const clerk = await county.actor('clerk');
const open = () => openDatabase({ connection: county.connection, max: 3, onError: () => undefined });
const database = open();
const slow = open();
test.after(() => Promise.all([database.close(), slow.close()]));

async function anOrder(words: string): Promise<string> {
  const accepted = await county.must((tx) => acceptCase(tx, county.deps, clerk, anIntake({ words })));
  return accepted.orderId ?? '';
}

/** Something moves on the order; `commit` waits. */
async function move(on: Database, orderId: string, commit: Promise<void>, begun?: () => void): Promise<void> {
  await on.transaction(async (tx) => {
    const data = { groupId: crypto.randomUUID() };
    await recordOnOrder(tx, clerk, orderId, { type: 'supply.energised', occurredAt: tx.now, data });
    begun?.();
    await commit;
  });
}

test('what commits after later things were told is told all the same, and each thing once', async () => {
  const [first, second] = [await anOrder('电压低'), await anOrder('灯一闪一闪的')];
  const hints = newHints([movedOrders(database)]);
  const look = async () => (await hints.look(await settledUntil(database, 1))).map((hint) => hint.topic);
  hints.begin(await settledUntil(database, 1));
  await look();
  assert.deepEqual(await look(), []);

  const late = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const writing = move(slow, first, late.promise, begun.resolve);
  await begun.promise;
  await move(database, second, Promise.resolve());
  assert.deepEqual(await look(), ['work'], 'the later one, which has committed');
  assert.deepEqual(await look(), [], 'and not again while the other is under way');
  late.resolve();
  await writing;
  assert.deepEqual(await look(), ['work'], 'the earlier one, committed last');
  assert.deepEqual(await look(), []);
});

test('settled is what began before the oldest open transaction; without one, everything', async () => {
  const before = await database.now();
  const end = Promise.withResolvers<void>();
  const began = Promise.withResolvers<number>();
  const waiting = slow.transaction(async (tx) => {
    began.resolve(tx.now);
    await end.promise;
  });
  const at = await began.promise;
  const settled = await settledUntil(database, 1);
  assert.ok(settled <= at && settled > at - 1000, `${settled} for ${at}`);
  end.resolve();
  await waiting;
  assert.ok((await settledUntil(database, 1)) >= at && at >= before);
});
