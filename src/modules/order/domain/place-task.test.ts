import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placesFor, placeTask } from './place-task.ts';

const wanted = { unit: 'marketing', post: 'service-officer' };
const only = (unit: string, post: string) => (place: { unit: string; post: string }) =>
  place.unit === unit && place.post === post;

test('a step goes where its post is held: the right unit first, then the one that stands in', () => {
  const places = placesFor(wanted, { standIns: ['operation', null], accused: [] });
  assert.deepEqual(
    placeTask(places, () => true),
    wanted,
  );
  assert.deepEqual(placeTask(places, only('operation', 'service-officer')), {
    unit: 'operation',
    post: 'service-officer',
  });
});

function reportPlaces(accused: readonly string[]): readonly string[] {
  return placesFor(
    { unit: 'discipline', post: 'discipline-officer' },
    { standIns: ['marketing'], accused, closedTo: ['discipline', 'leading-group'] },
  ).map((place) => place.unit);
}

test('work that nobody can take goes to the duty officer of the control centre', () => {
  const places = placesFor(wanted, { standIns: [], accused: [] });
  const duty = { unit: 'control-centre', post: 'control-officer' };
  assert.deepEqual(placeTask(places, only(duty.unit, duty.post)), duty);
  assert.equal(
    placeTask(places, () => false),
    undefined,
  );
});

test('a unit complained about never stands in, the control centre included', () => {
  const places = placesFor(wanted, { standIns: ['operation'], accused: ['operation', 'control-centre'] });
  assert.deepEqual(
    places.map((place) => place.unit),
    ['marketing', 'leading-group'],
  );
});

test('what has a closed list goes to nobody outside of it', () => {
  assert.deepEqual(reportPlaces([]), ['discipline', 'leading-group']);
  assert.deepEqual(reportPlaces(['discipline']), ['leading-group']);
});
