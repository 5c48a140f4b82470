import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Drive, fitTravel } from './fit-travel.ts';
import { seededRandom } from './random.ts';
import { byGreatCircle, kilometres, travelMinutes, usualTravel } from './travel-time.ts';

const town = { longitude: 122.05, latitude: 37.2 };

test('a tenth of a degree of latitude is 11.12 km; the zone sets the pace', () => {
  const north = { longitude: 122.05, latitude: 37.3 };
  assert.ok(Math.abs(kilometres(town, north) - 11.119) < 0.01);
  const minutes = travelMinutes(usualTravel, town, { position: north, zone: 'rural' });
  assert.ok(Math.abs(minutes - (6 + (11.119 * 1.3 * 60) / 40)) < 0.01);
  assert.ok(travelMinutes(usualTravel, town, { position: north, zone: 'city' }) > minutes);
});

test('the table of a provider has nothing on its diagonal and the minutes by row', () => {
  const points = [
    { position: town, zone: 'city' },
    { position: { longitude: 122.1, latitude: 37.3 }, zone: 'remote' },
  ] as const;
  const table = byGreatCircle(usualTravel).matrix(points);
  assert.deepEqual(
    [...table],
    [
      0,
      travelMinutes(usualTravel, town, points[1]),
      travelMinutes(usualTravel, points[1].position, points[0]),
      0,
    ],
  );
});

test('own arrivals teach access, pace and the rush hour, whatever a fifth of broken records says', () => {
  const random = seededRandom(4);
  const drives = Array.from({ length: 2000 }, (): Drive => {
    const [km, hour] = [1 + random() * 25, Math.floor(random() * 24)];
    const right = (9 + km * 2.4) * (hour === 8 ? 1.5 : 1) * (0.9 + random() * 0.2);
    return { km, hour, zone: 'rural', minutes: random() < 0.2 ? right + 60 + random() * 200 : right };
  });
  const { model, zones } = fitTravel(drives, usualTravel);
  const pace = (model.detour * 60) / model.kmPerHour.rural;
  assert.ok(Math.abs(pace - 2.4) < 0.15, `pace ${pace}`);
  assert.ok(Math.abs(model.accessMinutes.rural - 9) < 2.5, `access ${model.accessMinutes.rural}`);
  const rush = model.hourFactor?.rural[8] ?? 0;
  assert.ok(rush > 1.35 && rush < 1.75, `rush ${rush}`);
  assert.ok(zones.rural.fitted && zones.rural.medianError < 5);
  // Where nobody drove yet the prior stays.
  assert.equal(zones.city.fitted, false);
  assert.ok(Math.abs(model.kmPerHour.city - usualTravel.kmPerHour.city) < 1e-9);
});

test('few drives, equal ways and nonsense leave a model that can be used', () => {
  const same = Array.from({ length: 40 }, (): Drive => ({ km: 5, minutes: 20, zone: 'city', hour: 9 }));
  const { model } = fitTravel([...same, { km: -1, minutes: 0, zone: 'city', hour: 9 }], usualTravel);
  const to = { position: { longitude: 122.05, latitude: 37.2 + 5 / 111.19 }, zone: 'city' } as const;
  assert.ok(Math.abs(travelMinutes(model, town, to) - 20) < 0.5);
  assert.equal(fitTravel([], usualTravel).zones.remote.drives, 0);
});
