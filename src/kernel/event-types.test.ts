import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declaredTwice, type EventTypes, firstVersions, unknownTypes, upcast } from './event-types.ts';

const grown: EventTypes = {
  stream: 'order',
  types: {
    'step.done': {
      v: 3,
      upcasts: [
        (data) => ({ ...data, checked: [] }),
        ({ who, ...data }) => ({ ...data, byPersonId: who ?? null }),
      ],
    },
  },
};

test('an old event is read as the program of today writes it, one version after the other', () => {
  const data = { who: 'p1' };
  assert.deepEqual(upcast(grown, { type: 'step.done', v: 1, data }), { checked: [], byPersonId: 'p1' });
  assert.deepEqual(upcast(grown, { type: 'step.done', v: 2, data }), { byPersonId: 'p1' });
  assert.deepEqual(upcast(grown, { type: 'step.done', v: 3, data }), data);
});

test('a version without its way up is a surprise', () => {
  const gap: EventTypes = { stream: 'order', types: { 'step.done': { v: 2 } } };
  assert.throws(() => upcast(gap, { type: 'step.done', v: 1, data: {} }), /from version 1 to 2/);
});

test('a type that nobody declares, of another stream, or of a newer version is unknown; every other is known', () => {
  const declared = [grown, firstVersions('case', ['case.accepted'])];
  const recorded = [
    { stream: 'case', type: 'case.accepted', v: 1 },
    { stream: 'order', type: 'step.done', v: 2 },
    { stream: 'order', type: 'case.accepted', v: 1 },
    { stream: 'case', type: 'case.vanished', v: 1 },
    { stream: 'order', type: 'step.done', v: 4 },
    { stream: 'case', type: 'toString', v: 1 },
  ] as const;
  assert.deepEqual(unknownTypes(declared, recorded), recorded.slice(2));
});

test('two modules that declare one type are found', () => {
  const one = firstVersions('case', ['case.accepted', 'paper.received']);
  assert.deepEqual(declaredTwice([one, firstVersions('case', ['paper.received'])]), ['case/paper.received']);
  assert.deepEqual(declaredTwice([one, firstVersions('order', ['paper.received'])]), []);
});
