import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { acceptCase } from './case-commands.ts';
import { caseView } from './case-view.ts';
import { doStep } from './testing/do-step.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';

const county = await smallCounty();
const { database, deps, must } = county;
const call = await county.actor('call-taker');
const dispatcher = await county.actor('dispatcher');
const crew = await county.actor('repair-lead');
const worker = await county.actor('repair-worker');

test('the words suggest cards to whoever may read them; what the survey finds is the card from then on', async () => {
  const household = await database.one<{ householdId: string }>(sql`
    select h.id as "householdId" from households h
    join units u on u.company_id = h.company_id and u.id = h.station_id
    where u.code = 'station-05' order by h.account_no limit 1`);
  const said = { words: '灯特别亮，烧电器了', process: 'repair-low', channel: 'phone' as const };
  const { caseId, orderId } = await must((tx) =>
    acceptCase(tx, deps, call, anIntake({ ...household, ...said })),
  );
  assert.ok(orderId);
  const cards = async (reader: typeof call) => {
    const view = await caseView(database, deps.version, reader, caseId, county.clock.now);
    return view?.order?.faultCards;
  };
  const suggested = await cards(call);
  assert.deepEqual([suggested?.found, suggested?.cards[0]?.id], [false, 'neutral-broken']);

  for (const [step, actor] of [
    ['judge', dispatcher],
    ['dispatch', dispatcher],
    ['accept', crew],
    ['arrive', crew],
  ] as const)
    await doStep(county, orderId, actor, step);
  await doStep(county, orderId, worker, 'survey', { values: { typicalFault: 'terminal-loose' } });
  const found = await cards(worker);
  assert.deepEqual([found?.found, found?.cards.map((one) => one.id)], [true, ['terminal-loose']]);
});

test('a process without typical faults has no cards, whatever is said', async () => {
  const { caseId } = await must((tx) =>
    acceptCase(tx, deps, call, anIntake({ words: '电线断了，电器烧了' })),
  );
  const view = await caseView(database, deps.version, call, caseId, county.clock.now);
  assert.deepEqual(view?.order?.faultCards, { found: false, cards: [] });
});
