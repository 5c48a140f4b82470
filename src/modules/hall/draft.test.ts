import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anIntake } from '#modules/case/testing/small-county.ts';
import { newId } from '#platform/ids.ts';
import { hallApp } from './testing/hall-app.ts';

// Drafts at the counter, through the HTTP door, on the demo company.

const county = await hallApp();
const { as } = county;

test('drafts follow the person, are nobody else’s, and go when the demand is accepted', async () => {
  const [clerk, other] = [await as('clerk'), await as('clerk-2')];
  const id = newId();
  const content = { intake: anIntake({ words: '家里没电' }), callId: null };
  assert.deepEqual((await clerk.put(`/api/drafts/${id}`, { seq: 0, content })).json(), { seq: 1 });
  const later = { ...content, intake: anIntake({ words: '家里没电，邻居有' }) };
  assert.deepEqual((await clerk.put(`/api/drafts/${id}`, { seq: 1, content: later })).json(), { seq: 2 });

  const stale = await clerk.put(`/api/drafts/${id}`, { seq: 1, content });
  assert.deepEqual([stale.statusCode, stale.json().error.code], [409, 'hall.draft.stale']);
  const again = await as('clerk');
  const [found] = (await again.get('/api/drafts')).json();
  assert.equal(found.content.intake.words, '家里没电，邻居有');

  assert.deepEqual((await other.get('/api/drafts')).json(), []);
  assert.equal((await other.put(`/api/drafts/${id}`, { seq: 2, content })).statusCode, 404);
  assert.equal((await other.post(`/api/drafts/${id}/discard`, {})).statusCode, 404);

  const refused = await clerk.post('/api/hall/intake', {
    draftId: id,
    callId: null,
    intake: anIntake({ words: ' ' }),
  });
  assert.equal(refused.json().error.code, 'case.words-missing');
  assert.equal((await clerk.get('/api/drafts')).json().length, 1, 'a refused intake keeps its draft');
  const accepted = await clerk.post('/api/hall/intake', { draftId: id, callId: null, intake: anIntake({}) });
  assert.match(accepted.json().no, /^\d{11}$/);
  assert.deepEqual((await clerk.get('/api/drafts')).json(), []);
});

test('twenty drafts are enough', async () => {
  const clerk = await as('clerk-2');
  const content = { intake: anIntake({}), callId: null };
  for (let i = 0; i < 20; i++)
    assert.equal((await clerk.put(`/api/drafts/${newId()}`, { seq: 0, content })).statusCode, 200);
  const more = await clerk.put(`/api/drafts/${newId()}`, { seq: 0, content });
  assert.equal(more.json().error.code, 'hall.too-many-drafts');
});
