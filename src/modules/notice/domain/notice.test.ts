import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { HOUR } from '#kernel/instant.ts';
import { templates } from '../templates.ts';
import { formatInstant, quietUntil, render, retryAfter } from './index.ts';

const SRC = join(import.meta.dirname, '..', '..', '..');
const limitNames = (kind: string, id: string) => (kind === 'limit' && id === 'R021' ? '投诉联系' : undefined);
const placeholders = (of: string) => [...of.matchAll(/\{[^}]+\}/g)].map(([one]) => one).toSorted();
const at = (iso: string) => Date.parse(`${iso}+08:00`);

test('placeholders: plain, an instant, a name; what is not known becomes a dash', () => {
  const text = '{no}：{limitId|limit} {dueAt|time} {other}';
  const data = { no: '20261124001', limitId: 'R021', dueAt: at('2026-11-24T16:40:00') };
  assert.equal(render(text, data, limitNames, 'zh'), '20261124001：投诉联系 11月24日 周二 16:40 —');
});

test('the end of a day is its 24:00 and not the next midnight; any other end is its own time', () => {
  const by = (dueAt: number) => render('{dueAt|by}', { dueAt }, limitNames, 'zh');
  assert.equal(by(at('2026-12-01T00:00:00')), '11月30日 周一 24:00');
  assert.equal(by(at('2026-12-01T00:01:00')), '12月1日 周二 00:01');
  const time = render('{since|time}', { since: at('2026-12-01T00:00:00') }, limitNames, 'en');
  assert.equal(time, 'Tue 1 Dec 00:00', 'a beginning stays where it is');
});

test('instants agree with the platform’s calendar over forty years', () => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  for (let day = 0; day < 365 * 40; day += 13) {
    const instant = Date.UTC(2000, 0, 1, 15, 37) + day * 24 * HOUR;
    const parts = Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
    const month = parts['month'] === 'Sept' ? 'Sep' : parts['month'];
    const wanted = `${parts['weekday']} ${parts['day']} ${month} ${parts['hour']}:${parts['minute']}`;
    assert.equal(formatInstant(instant, 'en'), wanted);
  }
});

test('quiet hours end in the morning of the right day', () => {
  const night = { from: 22, to: 8 };
  const eight = at('2026-11-24T08:00:00');
  assert.equal(quietUntil(at('2026-11-23T22:00:00'), night), eight);
  assert.equal(quietUntil(at('2026-11-24T07:59:59'), night), eight);
  assert.equal(quietUntil(eight, night), undefined);
  assert.equal(quietUntil(at('2026-11-24T21:59:59'), night), undefined);
  assert.equal(quietUntil(at('2026-11-24T03:00:00'), { from: 0, to: 0 }), undefined);
});

test('tries become seldom and end', () => {
  const waits = Array.from({ length: 9 }, (_, i) => retryAfter('failed', i + 1));
  assert.deepEqual(waits, [5, 15, 60, 300, 900, 1800, 3600, 7200, undefined]);
  assert.deepEqual([retryAfter('rejected', 2), retryAfter('rejected', 3)], [15, undefined]);
});

test('each template that the program names is in the catalogue, in both languages with the same placeholders', () => {
  const used = globSync('modules/**/*.ts', { cwd: SRC })
    .filter((file) => !/\.test\.ts$|\/testing\//.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(SRC, file), 'utf8');
      if (!/enqueue|NewMessage/.test(text)) return [];
      return [...text.matchAll(/template: (?:[^',\n]*\? )?'([\w-]+)'(?: : '([\w-]+)')?/g)].flatMap(
        ([, a, b]) => [a, b].filter((id) => id !== undefined),
      );
    });
  assert.ok(used.includes('clock-warning'));
  assert.deepEqual(
    used.filter((id) => templates[id] === undefined),
    [],
  );
  for (const [id, { text }] of Object.entries(templates)) {
    assert.deepEqual(placeholders(text.zh), placeholders(text.en), id);
    assert.doesNotMatch(text.en, /\p{Script=Han}/u, id);
  }
});
