import assert from 'node:assert/strict';
import { test } from 'node:test';
import { singular } from './singular.ts';

test('one of a thing is said in the singular, and nothing else changes', () => {
  assert.equal(
    singular('1 households, 21 households, 1 more households'),
    '1 household, 21 households, 1 more household',
  );
  assert.equal(
    singular('0.1 hours · 14:01 reports · 3 of 1 cases'),
    '0.1 hours · 14:01 reports · 3 of 1 case',
  );
  assert.equal(singular('1 was told, 1 lies there, 11 days'), '1 was told, 1 lies there, 11 days');
});
