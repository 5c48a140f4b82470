import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Candidate } from '#modules/repair/dispatch-api.ts';
import { crewChoice } from './crew-choice.ts';

function candidate(crewId: string, lacks: Candidate['lacks'] = null): Candidate {
  const point = { id: 'p', name: '点' };
  return { crewId, name: crewId, lead: '', point, ownGrid: true, onCall: false, arrivesAt: 0, lacks };
}

const all = [
  candidate('soonest'),
  candidate('later'),
  candidate('out', 'free'),
  candidate('unskilled', 'skills'),
  candidate('untrained', 'training'),
  candidate('without', 'materials'),
];

test('the button sends the first that may go, until one that may go is chosen', () => {
  assert.equal(crewChoice(all, null).crewId, 'soonest');
  assert.equal(crewChoice(all, 'later').crewId, 'later');
  assert.equal(crewChoice(all, 'without').crewId, 'without', 'what its point lacks another can bring');
});

test('whoever is out or may not do it is shown and is never sent, also when he was chosen before', () => {
  const barred = crewChoice(all, null).options.flatMap(({ candidate: { crewId }, mayGo }) =>
    mayGo ? [] : [crewId],
  );
  assert.deepEqual(barred, ['out', 'unskilled', 'untrained']);
  for (const chosen of [...barred, 'gone']) assert.equal(crewChoice(all, chosen).crewId, 'soonest');
  assert.equal(crewChoice([candidate('out', 'free')], 'out').crewId, null);
  assert.deepEqual(crewChoice([], null), { crewId: null, options: [] });
});
