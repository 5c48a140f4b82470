import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { acceptCase } from './case-commands.ts';
import { changedTexts } from './changed-texts.ts';
import { doStep } from './testing/do-step.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';
import { addNote } from './work-commands.ts';

// Design rule 8: an event keeps the id of a text and a salted hash; the salt lives with the text and goes with it.

const county = await smallCounty();
const { database, deps, must, companyId } = county;
const clerk = await county.actor('clerk');
const officer = await county.actor('service-officer');

const { caseId, orderId } = await must((tx) =>
  acceptCase(tx, deps, clerk, anIntake({ process: 'other-request', contactPhone: '15512340011' })),
);
assert.ok(orderId);
for (const step of ['take', 'contact']) await doStep(county, orderId, officer, step);
await must((tx) => addNote(tx, clerk, { caseId, words: '客户又来过一次' }));
const texts = await database.rows<{ id: string; kind: string; body: string }>(sql`
  select x.id, x.kind, x.body from case_texts x where x.case_id = ${caseId} order by x.at, x.id`);

const found = async () => (await changedTexts(database, companyId)).map((one) => one.textId);

async function withChange(
  change: () => Promise<unknown>,
  id: string,
  back: string,
): Promise<readonly string[]> {
  await change();
  const ids = await found();
  await database.run(
    sql`update case_texts set body = ${back}, blanked_at = null where case_texts.id = ${id}`,
  );
  return ids;
}

test('acceptance carries the ids of what was said, and nothing of the words', async () => {
  const event = await database.one<{ data: string; ids: string[] }>(sql`
    select e.data::text as data, array(select jsonb_object_keys(e.data -> 'textHashes')) as ids
    from case_events e where e.stream_id = ${caseId} and e.seq = 1`);
  const said = texts.filter((text) => ['words', 'contact-name', 'contact-phone'].includes(text.kind));
  assert.equal(said.length, 3);
  assert.deepEqual(event.ids.toSorted(), said.map((text) => text.id).toSorted());
  for (const { body } of texts) assert.ok(!event.data.includes(body));
});

test('nothing was changed: nothing is found', async () => {
  assert.deepEqual(await found(), []);
});

test('every text that was changed, emptied or taken away is found, by intake, step and note alike', async () => {
  assert.ok(texts.length >= 4);
  for (const { id, body } of texts) {
    const changed = () =>
      database.run(sql`update case_texts set body = body || '。' where case_texts.id = ${id}`);
    assert.deepEqual(await withChange(changed, id, body), [id]);
    const emptied = () => database.run(sql`update case_texts set body = null where case_texts.id = ${id}`);
    assert.deepEqual(await withChange(emptied, id, body), [id]);
  }
  assert.deepEqual(await found(), []);
});

test('what was blanked is no finding, and its hash tells nothing any more: the salt is gone', async () => {
  const words = texts.find((text) => text.kind === 'words');
  assert.ok(words);
  await database.run(sql`
    update case_texts set body = null, salt = null, blanked_at = now() where case_texts.id = ${words.id}`);
  assert.deepEqual(await found(), []);
  const other = await database.one<{ same: boolean }>(sql`
    select encode(sha256(convert_to(${words.body}, 'UTF8')), 'hex') = (e.data -> 'textHashes' ->> ${words.id}) as same
    from case_events e where e.stream_id = ${caseId} and e.seq = 1`);
  assert.equal(other.same, false);
});
