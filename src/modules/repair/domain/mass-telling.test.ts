import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel/instant.ts';
import { decideMass, spread } from './mass-telling.ts';

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
    'the last of them would go into the night',
    { messages: 6000, yes: 6000, now: at('21:55') },
    { refused: 'telling.night' },
  ],
  ['all of them go before the night', { messages: 2400, yes: 2400, now: at('21:55') }, true],
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
