import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel/instant.ts';
import {
  formatBy,
  formatDateTime,
  formatDue,
  formatDuration,
  formatNumber,
  formatPercent,
  formatSoon,
  formatTimeLeft,
  formatYuan,
} from './format.ts';

const MONDAY = Date.parse('2026-11-23T16:40:00+08:00');

test('dates are written as offices write them, this year without the year', () => {
  assert.equal(formatDateTime(MONDAY, MONDAY, 'zh'), '11月23日 周一 16:40');
  assert.equal(formatDateTime(MONDAY, MONDAY, 'en'), 'Mon 23 Nov 16:40');
  assert.equal(formatDateTime(MONDAY, MONDAY + 60 * DAY, 'zh'), '2026年11月23日 周一 16:40');
  assert.equal(formatDateTime(Date.parse('2026-12-31T16:30:00Z'), MONDAY, 'zh'), '2027年1月1日 周五 00:30');
});

test('a promise near at hand is named by its day', () => {
  assert.equal(formatSoon(MONDAY, MONDAY - HOUR, 'zh'), '今天 16:40');
  assert.equal(formatSoon(MONDAY + 8 * HOUR, MONDAY, 'zh'), '明天 00:40');
  assert.equal(formatSoon(MONDAY - DAY, MONDAY, 'en'), 'yesterday 16:40');
  assert.equal(formatSoon(MONDAY + 2 * DAY, MONDAY, 'zh'), '11月25日 周三 16:40');
});

test('durations in the two largest units', () => {
  const rows: [number, string, string][] = [
    [0, '不到 1 分', 'under 1 min'],
    [35 * MINUTE, '35 分', '35 min'],
    [2 * HOUR, '2 小时', '2 h'],
    [2 * HOUR + 10 * MINUTE, '2 小时 10 分', '2 h 10 min'],
    [3 * DAY + 4 * HOUR + 5 * MINUTE, '3 天 4 小时', '3 d 4 h'],
    [3 * DAY + 5 * MINUTE, '3 天', '3 d'],
  ];
  for (const [span, zh, en] of rows) {
    assert.equal(formatDuration(span, 'zh'), zh);
    assert.equal(formatDuration(-span, 'en'), en);
  }
});

test('time left turns into time over at the due instant itself', () => {
  assert.equal(formatTimeLeft(MONDAY + 130 * MINUTE, MONDAY, 'zh'), '还剩 2 小时 10 分');
  assert.equal(formatTimeLeft(MONDAY, MONDAY, 'zh'), '刚到时限');
  assert.equal(formatTimeLeft(MONDAY - 35 * MINUTE, MONDAY, 'zh'), '已超 35 分');
  assert.equal(formatTimeLeft(MONDAY - 35 * MINUTE, MONDAY, 'en'), '35 min over');
});

test('numbers, shares and money', () => {
  assert.equal(formatNumber(30_000), '30,000');
  assert.equal(formatPercent(0.975), '97.5%');
  assert.equal(formatPercent(0.46), '46.0%');
  assert.equal(formatPercent(1), '100%');
  assert.equal(formatYuan(1_234_560), '¥12,345.60');
  assert.equal(formatYuan(-5), '−¥0.05');
});

test('the end of a day is 24:00 of that day when it is read aloud; any other time is itself', () => {
  const now = Date.parse('2026-11-23T16:40:00+08:00');
  assert.equal(formatBy(Date.parse('2026-12-03T00:00:00+08:00'), now, 'zh'), '12月2日 周三 24:00');
  assert.equal(formatBy(Date.parse('2026-11-24T00:00:00+08:00'), now, 'zh'), '今天 24:00');
  assert.equal(formatBy(Date.parse('2026-11-24T00:01:00+08:00'), now, 'zh'), '明天 00:01');
  assert.equal(formatDue(Date.parse('2026-12-03T00:00:00+08:00'), now, 'zh'), '12月2日 周三 24:00');
  assert.equal(formatDue(Date.parse('2026-12-03T00:01:00+08:00'), now, 'zh'), '12月3日 周四 00:01');
});
