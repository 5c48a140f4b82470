import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { declaredTwice } from '#kernel/event-types.ts';
import { acceptCase } from '#modules/case/index.ts';
import { anIntake, smallCounty } from '#modules/case/testing/small-county.ts';
import { sql } from '#platform/db/sql.ts';
import { StartRefusal } from '#platform/start-refusal.ts';
import { checkEventTypes } from './check-event-types.ts';
import { declaredEvents } from './modules.ts';

const ROOT = join(import.meta.dirname, '..', '..');

test('a database that a newer program has written into is refused at the start, by the name of the event', async () => {
  const county = await smallCounty();
  const clerk = await county.actor('clerk');
  const { caseId } = await county.must((tx) => acceptCase(tx, county.deps, clerk, anIntake({})));
  await checkEventTypes(county.database, declaredEvents);
  const plant = (type: string, v: number) =>
    county.database.run(sql`
      insert into case_events (company_id, stream_id, seq, type, v, occurred_at, recorded_at, data)
      values (${county.companyId}, ${caseId}, 2, ${type}, ${v}, now(), now(), '{}')`);
  for (const [type, v] of [
    ['case.teleported', 1],
    ['case.accepted', 2],
  ] as const) {
    await plant(type, v);
    await assert.rejects(
      checkEventTypes(county.database, declaredEvents),
      (error) => error instanceof StartRefusal && error.en.includes(`${type} v${v}`),
    );
    await county.database.run(sql`delete from case_events where case_events.seq = 2`);
  }
  await checkEventTypes(county.database, declaredEvents);
});

test('no type has two owners', () => {
  assert.deepEqual(declaredTwice(declaredEvents), []);
});

test('whatever the code writes on a stream is declared, and whatever is declared is written somewhere', async () => {
  const declared = new Set(declaredEvents.flatMap(({ types }) => Object.keys(types)));
  const written = new Set<string>();
  for await (const file of glob('src/modules/*/*.ts', { cwd: ROOT }))
    if (!/\.test\.ts$|-event-types\.ts$/.test(file))
      for (const type of typesIn(readFileSync(join(ROOT, file), 'utf8'))) written.add(type);
  assert.deepEqual([...written].filter((type) => !declared.has(type)).toSorted(), []);
  assert.deepEqual([...declared].filter((type) => !written.has(type)).toSorted(), []);
});

/** They say what the event beside them, or the clock table, says already. */
const UNTOLD = ['order.opened', 'order.reopened', 'facts.changed', 'step.again'];

test('the time line of a case has words for every event', () => {
  const page = readFileSync(join(ROOT, 'src/web/features/case/CasePage/CaseTimeline.tsx'), 'utf8');
  const mute = declaredEvents
    .flatMap(({ types }) => Object.keys(types))
    .filter((type) => !page.includes(`'${type}'`));
  assert.deepEqual(mute.toSorted(), UNTOLD.toSorted());
});

test('the search finds an event that nobody declared', () => {
  const planted = `await recordOnCase(tx, actor, id, { type: 'case.teleported', data: {} });`;
  assert.deepEqual(typesIn(planted), ['case.teleported']);
  assert.deepEqual(typesIn(`return refuse('case.closed');`), []);
});

/** Literals that stand where an event gets its type: the field, a table of types, a choice, a statement of SQL. */
function typesIn(source: string): readonly string[] {
  const writes = /recordOn(Case|Order)|insertEvent|\.append\(|(case|order)_events/.test(source);
  if (!writes) return [];
  return WHERE.flatMap((where) => [...source.matchAll(where)]).flatMap((match) => match.slice(1));
}

const NAME = "'([a-z]+[.][a-z-]+)'";
/** The field `type`, a choice of two, a helper `record`, a table of types, a statement of SQL. */
const WHERE = [
  `\\btype: ${NAME}`,
  `[?] ${NAME} : ${NAME}`,
  `\\brecord[(][^;]*?${NAME}`,
  `(?:caseLinked|caseUnlinked|reopened|factsChanged|stepAgain|stopped): ${NAME}`,
  `${NAME}, 1,`,
].map((pattern) => new RegExp(pattern, 'g'));
