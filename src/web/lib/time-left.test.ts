import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Deadline, timeStage, type TimeStage } from './time-left.ts';

test('the stage of a deadline of 100 minutes that began at 0', () => {
  const rows: [string, Partial<Deadline>, number, TimeStage][] = [
    ['just begun', {}, 0, 'far'],
    ['a quarter', {}, 25, 'onway'],
    ['one before amber', {}, 69, 'onway'],
    ['amber at 70 %', {}, 70, 'soon'],
    ['red at 100 %, not before', {}, 99, 'soon'],
    ['red at 100 %', {}, 100, 'over'],
    ['the clock says amber earlier', { warnAt: 40 }, 40, 'soon'],
    ['the clock says amber later', { warnAt: 90 }, 75, 'onway'],
    ['met', { metAt: 99 }, 500, 'met'],
    ['met late stays red', { metAt: 100 }, 500, 'over'],
    ['paused', { paused: true }, 500, 'paused'],
    ['paused without a due instant', { paused: true, dueAt: null }, 5, 'paused'],
    ['no limit', { dueAt: null }, 5, 'none'],
  ];
  for (const [name, facts, now, expected] of rows)
    assert.equal(timeStage({ dueAt: 100, startedAt: 0, ...facts }, now), expected, name);
});
