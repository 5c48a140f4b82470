import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, MINUTE } from '#kernel/instant.ts';
import { decideMass, planSending, spread } from './mass-telling.ts';

const at = (time: string) => Date.parse(`2026-11-24T${time}:00+08:00`);
const policy = { mass: 500, hour: 5000, pace: 600, night: { from: 22, to: 7.5 } };

for (const [what, asked, expected] of [
  ['a transformer goes by itself', { messages: 120 }, true],
  ['the limit itself still goes', { messages: 500 }, true],
  [
    'one more waits for a human',
    { messages: 501 },
    { refused: 'telling.mass', detail: { messages: 501, limit: 500 } },
  ],
  [
    'half a million waits for a human',
    { messages: 500_000 },
    { refused: 'telling.mass', detail: { messages: 500_000, limit: 500 } },
  ],
  [
    'many small ones are many as well',
    { messages: 120, lately: 4950 },
    { refused: 'telling.mass', detail: { messages: 120, limit: 50 } },
  ],
  [
    'an hour that is used up lets nothing go',
    { messages: 1, lately: 9000 },
    { refused: 'telling.mass', detail: { messages: 1, limit: 0 } },
  ],
  ['a human read the number', { messages: 800, yes: 800 }, true],
  ['it grew a little since he looked', { messages: 880, yes: 800 }, true],
  [
    'it grew tenfold since he looked',
    { messages: 8000, yes: 800 },
    { refused: 'telling.grown', detail: { messages: 8000, yes: 800 } },
  ],
  [
    'not in the night, whoever says yes',
    { messages: 800, yes: 800, now: at('23:00') },
    { refused: 'telling.night' },
  ],
  [
    'what does not come out before the night is cut where it is sent',
    { messages: 6000, yes: 6000, now: at('21:55') },
    true,
  ],
  ['nobody to tell is no question', { messages: 0, now: at('23:00') }, true],
] as const)
  test(`messages to those who asked nothing: ${what}`, () => {
    const decided = decideMass({ lately: 0, yes: null, now: at('15:00'), ...asked }, policy);
    assert.deepEqual(decided, expected);
  });

test('they are spread over the minutes, in order', () => {
  assert.deepEqual(
    [0, 600, 1200].map((i) => spread(i, at('15:00'), policy)),
    [at('15:00'), at('15:00') + MINUTE, at('15:00') + 2 * MINUTE],
  );
});

const tomorrow = (time: string) => at(time) + DAY;

for (const [what, asked, expected] of [
  ['a transformer', { messages: 120 }, { count: 120, until: null, lastAt: at('15:00') + 12_000 }],
  [
    'half a million: as many as come before the next news; all of them the day after tomorrow',
    { messages: 500_000 },
    { count: 72_000, until: at('17:00'), lastAt: tomorrow('14:23') + 20_000 },
  ],
  [
    'five times the pace: in the evening of the same day',
    { messages: 500_000, pace: 3000 },
    { count: 360_000, until: at('17:00'), lastAt: at('17:46') + 40_000 },
  ],
  [
    'the night cuts it before the next news does',
    { messages: 9000, now: at('21:50') },
    { count: 6000, until: at('22:00'), lastAt: tomorrow('07:35') },
  ],
  [
    'behind what is queued',
    { messages: 700, queued: 71_500 },
    { count: 500, until: at('17:00'), lastAt: at('17:00') + 20_000 },
  ],
  [
    'the queue fills the time',
    { messages: 1, queued: 80_000 },
    { count: 0, until: at('17:00'), lastAt: at('17:13') + 20_100 },
  ],
  [
    'supply is back: no next news, only the night',
    { messages: 500_000, nextAt: null },
    { count: 252_000, until: at('22:00'), lastAt: tomorrow('14:23') + 20_000 },
  ],
] as const)
  test(`how far messages come: ${what}`, () => {
    const { pace, now, nextAt, ...rest } = {
      pace: 600,
      now: at('15:00'),
      nextAt: undefined,
      queued: 0,
      ...asked,
    };
    const next = nextAt === undefined ? now + 120 * MINUTE : nextAt;
    assert.deepEqual(planSending({ ...rest, now, nextAt: next }, { ...policy, pace }), expected);
  });

test('a company without nights sends on', () => {
  const night = { from: 0, to: 0 };
  const { lastAt, until } = planSending(
    { messages: 600_000, queued: 0, nextAt: null, now: at('15:00') },
    { pace: 600, night },
  );
  assert.deepEqual([until, lastAt], [null, at('15:00') + 1000 * MINUTE]);
});
