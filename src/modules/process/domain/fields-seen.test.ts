import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProcessDefinition, StepDefinition } from './definition.ts';
import { fieldsSeen } from './fields-seen.ts';

const step = (id: string, sees?: StepDefinition['sees']) => ({ id, ...(sees === undefined ? {} : { sees }) });
const definition = {
  steps: [step('contact', ['name', 'phone']), step('fix', ['address']), step('permit')],
} as unknown as ProcessDefinition;

test('somebody sees what his open steps declare, together, and nothing else', () => {
  assert.deepEqual([...fieldsSeen(definition, ['contact', 'fix'], false)], ['name', 'phone', 'address']);
  assert.deepEqual([...fieldsSeen(definition, ['permit'], false)], []);
  assert.deepEqual([...fieldsSeen(definition, [], false)], []);
  assert.deepEqual([...fieldsSeen(undefined, ['contact'], false)], []);
});

test('whoever took the demand in sees what he wrote down', () => {
  assert.ok(fieldsSeen(definition, [], true).has('words'));
  assert.ok(fieldsSeen(undefined, [], true).has('phone'));
});
