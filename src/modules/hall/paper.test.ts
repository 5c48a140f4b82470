import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from '#platform/db/sql.ts';
import { acceptAt, hallApp } from './testing/hall-app.ts';

// 一次性告知 and papers that follow.

const county = await hallApp();
const { as, clock, database } = county;

test('what is missing is said once, ticked off by step, and a second asking is a violation', async () => {
  const clerk = await as('clerk');
  const householdId = await county.household('city');
  const { caseId, missingPapers } = await acceptAt(clerk, {
    process: 'resident-connection',
    householdId,
    words: '新房装表',
    papers: ['identity', 'promise'],
    promiseSigned: true,
  });
  assert.deepEqual(missingPapers, [{ id: 'property', until: 'survey' }]);
  const receipt = async () => (await clerk.get(`/api/cases/${caseId}/receipt`)).json();
  const told = (await receipt()).papers;
  assert.deepEqual([told.length, told[0].again, told[0].receivedAt], [1, false, null]);
  assert.deepEqual((await receipt()).askable, [], 'what was handed in is not asked for again');

  const asked = await clerk.post(`/api/cases/${caseId}/papers/ask`, { paper: null, words: '再拿村委会证明' });
  assert.deepEqual(asked.json(), { violation: true });
  const twice = await clerk.post(`/api/cases/${caseId}/papers/ask`, { paper: 'property', words: null });
  assert.equal(twice.json().error.code, 'hall.paper-asked-already');
  const events = await database.rows<{ data: { violation: boolean } }>(sql`
    select e.data from case_events e where e.stream_id = ${caseId} and e.type = 'papers.asked-again'`);
  assert.deepEqual(
    events.map((event) => event.data.violation),
    [true],
  );
  assert.doesNotMatch(JSON.stringify(events), /村委会/, 'words stay out of events');

  const facts = async () =>
    (
      await database.one<{ facts: Record<string, unknown> }>(sql`
        select o.process_state -> 'facts' as facts from case_orders l
        join orders o on o.company_id = l.company_id and o.id = l.order_id where l.case_id = ${caseId}`)
    ).facts['paper.property'];
  assert.equal(await facts(), undefined);
  assert.equal(
    (await clerk.post(`/api/cases/${caseId}/papers/receive`, { paper: 'property' })).statusCode,
    200,
  );
  assert.equal(await facts(), true, 'the process knows the paper');
  const again = await clerk.post(`/api/cases/${caseId}/papers/receive`, { paper: 'property' });
  assert.equal(again.json().error.code, 'hall.paper-not-missing');
  assert.equal(
    (await receipt()).papers.find((one: { id: string }) => one.id === 'property').receivedAt,
    clock.now,
  );
});
