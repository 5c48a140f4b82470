import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import type { SlotDay } from './appointment-api.ts';
import type { QueueView } from './queue-api.ts';
import { hallApp } from './testing/hall-app.ts';

// Appointments by telephone through the HTTP door. The clock stands on Monday 2026-11-23, 08:30.

const { as, clock } = await hallApp();
const [lead, taker, clerk] = [await as('hall-lead'), await as('call-taker'), await as('clerk')];
const TODAY = '2026-11-23';
const SLOTS = [
  { from: 510, to: 540, capacity: 2 },
  { from: 540, to: 570, capacity: 1 },
];

const slots = async (day: string) =>
  (await taker.get(`/api/appointments/slots?day=${day}`)).json() as SlotDay;
async function book(day: string, from: number, name = '王秀英') {
  const { hallId } = await slots(day);
  return await taker.post('/api/appointments', {
    hallId,
    day,
    from,
    householdId: null,
    process: 'account-change',
    name,
    phone: '16400007777',
    callId: null,
  });
}

test('the lead sets the day; parts that overlap are refused and nothing changes', async () => {
  assert.equal((await taker.put('/api/appointments/slots', { slots: SLOTS })).statusCode, 403);
  assert.deepEqual((await lead.put('/api/appointments/slots', { slots: SLOTS })).json(), { slots: 2 });
  const overlap = [...SLOTS, { from: 550, to: 600, capacity: 1 }];
  const refused = await lead.put('/api/appointments/slots', { slots: overlap });
  assert.equal(refused.json().error.code, 'hall.slots-overlap');
  assert.deepEqual(
    (await slots(TODAY)).slots,
    SLOTS.map((slot) => ({ ...slot, booked: 0 })),
  );
});

test('the last place is given once, also to two who ask at the same moment', async () => {
  const both = await Promise.all([book(TODAY, 540), book(TODAY, 540)]);
  assert.deepEqual(both.map((one) => one.statusCode).toSorted(), [200, 422]);
  assert.equal((await book(TODAY, 540)).json().error.code, 'hall.slot-full');
  assert.deepEqual((await slots(TODAY)).slots[1]?.booked, 1);
  assert.deepEqual((await slots('2026-11-24')).slots[1]?.booked, 0, 'another day is another day');
});

test('days off, days gone, days that are none', async () => {
  assert.equal((await slots('2026-11-22')).working, false);
  const codes = {
    '2026-11-29': 'hall.day-off',
    '2026-11-20': 'hall.day-over',
    '2027-11-23': 'hall.day-too-far',
    '2026-11-31': 'http.invalid',
  };
  const { hallId } = await slots(TODAY);
  for (const [day, code] of Object.entries(codes)) {
    const body = {
      hallId,
      day,
      from: 510,
      householdId: null,
      process: null,
      name: '王',
      phone: '16400007777',
      callId: null,
    };
    assert.equal((await taker.post('/api/appointments', body)).json().error.code, code, day);
  }
  assert.equal((await book(TODAY, 600)).json().error.code, 'hall.slot-unknown');
});

test('whoever comes gets a ticket of the booked class; a cancelled place can be booked again', async () => {
  const list = async () => (await clerk.get(`/api/appointments?day=${TODAY}`)).json();
  const [kept] = await list();
  assert.deepEqual([kept.name, kept.phone, kept.state], ['王*英', '164****7777', 'booked']);
  assert.equal(
    (await taker.post(`/api/appointments/${kept.id}/arrive`, {})).statusCode,
    404,
    'only at the hall itself',
  );
  assert.deepEqual((await clerk.post(`/api/appointments/${kept.id}/arrive`, {})).json(), { label: 'C001' });
  assert.equal((await list())[0].ticket, 'C001');
  const queue = (await clerk.get('/api/queue')).json() as QueueView;
  assert.equal(queue.waiting[0]?.label, 'C001');
  assert.equal(
    (await clerk.post(`/api/appointments/${kept.id}/miss`, {})).json().error.code,
    'hall.appointment-over',
  );

  const { id } = (await book(TODAY, 510)).json();
  await book(TODAY, 510);
  assert.equal((await book(TODAY, 510)).json().error.code, 'hall.slot-full');
  assert.equal((await taker.post(`/api/appointments/${id}/cancel`, {})).statusCode, 200);
  assert.equal((await book(TODAY, 510)).statusCode, 200);
});

test('a part of today that is over is neither offered nor booked', async () => {
  clock.advance(45 * MINUTE);
  const late = await as('call-taker');
  const { hallId, slots: left } = (await late.get(`/api/appointments/slots?day=${TODAY}`)).json() as SlotDay;
  assert.deepEqual(
    left.map((slot) => slot.from),
    [540],
    'half past eight is over, nine has begun',
  );
  const refused = await late.post('/api/appointments', {
    hallId,
    day: TODAY,
    from: 510,
    householdId: null,
    process: null,
    name: '王秀英',
    phone: '16400007777',
    callId: null,
  });
  assert.equal(refused.json().error.code, 'hall.slot-over');
  clock.advance(-45 * MINUTE);
});
