import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batcher } from './batcher.ts';

/** Batches as they come, each held until it is let go. */
function held() {
  const batches: { readonly items: readonly number[]; readonly go: (fault?: Error) => void }[] = [];
  const put = batcher(
    (items: readonly number[]) =>
      new Promise<readonly string[]>((resolve, reject) => {
        const go = (fault?: Error) => (fault ? reject(fault) : resolve(items.map((one) => `did ${one}`)));
        batches.push({ items, go });
      }),
  );
  return { batches, put };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const many = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

test('one that comes alone is handed on alone, at once; those of one turn go together', async () => {
  const { batches, put } = held();
  const answers = [put(1)];
  await turn();
  assert.deepEqual(batches[0]?.items, [1]);
  batches[0]?.go();
  await turn();
  answers.push(put(2), put(3));
  await turn();
  assert.deepEqual(batches[1]?.items, [2, 3]);
  batches[1]?.go();
  assert.deepEqual(await Promise.all(answers), ['did 1', 'did 2', 'did 3']);
});

test('few wait for the batch under way; sixteen are worth a second one, and nothing makes a third', async () => {
  const { batches, put } = held();
  const answers = [put(0)];
  await turn();
  answers.push(...many(1, 15).map(put));
  await turn();
  assert.equal(batches.length, 1);
  answers.push(put(16));
  await turn();
  assert.deepEqual(batches[1]?.items, many(1, 16));
  answers.push(...many(17, 100).map(put));
  await turn();
  assert.equal(batches.length, 2);
  batches[1]?.go();
  await turn();
  assert.deepEqual(batches[2]?.items, many(17, 64), 'the largest batch');
  for (let i = 0; i < 4; i++) {
    for (const batch of batches) batch.go();
    await turn();
  }
  assert.deepEqual(
    await Promise.all(answers),
    many(0, 117).map((i) => `did ${i}`),
  );
});

test('a batch that fails fails for its own, and the next comes as usual', async () => {
  const { batches, put } = held();
  const first = put(1);
  await turn();
  const second = put(2);
  batches[0]?.go(new Error('the database is away'));
  await assert.rejects(first, /away/);
  await turn();
  batches[1]?.go();
  assert.equal(await second, 'did 2');
});
