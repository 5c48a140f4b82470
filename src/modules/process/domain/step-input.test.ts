import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aProcess, aStep } from '../testing/builders.ts';
import type { Facts, StepField } from './definition.ts';
import { askedFields, checkStepInput, valuesOf, WORDS_KEPT } from './step-input.ts';

const fields: readonly StepField[] = [
  {
    id: 'volts',
    name: { zh: '电压', en: 'Voltage' },
    type: 'number',
    required: true,
    unit: 'V',
    range: { least: 'R082-low', most: 'R082-high', why: 'voltsWhy' },
    band: { least: 198, most: 235.4, source: '规则' },
  },
  { id: 'voltsWhy', name: { zh: '原因', en: 'Why' }, type: 'text' },
];
const step = aStep({ id: 'restore', fields });
const process = aProcess([step]);
const asked = (values: Facts) => Object.keys(valuesOf(askedFields(fields, values), values));
const refusal = (values: Facts) => checkStepInput(process, step, {}, { values });

describe('a measured number', () => {
  test('is taken between its limits, ends included, and outside only with a reason', () => {
    for (const volts of [198, 220, 235.4]) assert.equal(refusal({ volts }), undefined);
    for (const volts of [197.9, 235.5, 0, -220])
      assert.deepEqual(refusal({ volts, voltsWhy: '  ' }), {
        refused: 'process.value-outside',
        detail: { step: 'restore', field: 'volts', least: 198, most: 235.4, source: '规则' },
      });
    assert.equal(refusal({ volts: 180, voltsWhy: '线路过长，已报改造' }), undefined);
    assert.equal(refusal({ volts: 180, voltsWhy: WORDS_KEPT }), undefined, 'told again from the events');
  });

  test('the reason is asked where it is needed, and one for a value measured anew is left out', () => {
    assert.deepEqual(asked({ volts: 180, voltsWhy: '线路过长' }), ['volts', 'voltsWhy']);
    assert.deepEqual(asked({ volts: 220, voltsWhy: '线路过长' }), ['volts']);
  });
});
