import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handbookLibrary } from '#modules/process/index.ts';
import { acceptCase } from './case-commands.ts';
import { caseView } from './case-view.ts';
import { anIntake, smallCounty } from './testing/small-county.ts';

const county = await smallCounty();
const { version } = handbookLibrary();

test('of the customer a reader sees what his open step declares; a bystander of the control centre nothing', async () => {
  const intake = {
    process: 'repair-low',
    channel: 'hall',
    householdId: await county.household('city'),
    words: '家里没电，孩子在上网课',
    contactName: '于测试',
    contactPhone: '16400000001',
    place: '二单元门口',
  };
  const clerk = await county.actor('clerk');
  const { caseId } = await county.must((tx) => acceptCase(tx, county.deps, clerk, anIntake(intake)));
  const seenBy = async (login: string) => {
    const reader = await county.actor(login);
    const view = await caseView(county.database, version, reader, caseId, county.clock.now);
    return view === undefined ? undefined : [view.words, view.place, view.contact];
  };
  const contact = { name: '于测试', phone: '16400000001' };
  assert.deepEqual(await seenBy('clerk'), [intake.words, intake.place, contact]);
  assert.deepEqual(await seenBy('dispatcher'), [intake.words, intake.place, { name: null, phone: null }]);
  assert.deepEqual(await seenBy('control-officer'), [null, null, null]);
  assert.equal(await seenBy('planner'), undefined);
});
