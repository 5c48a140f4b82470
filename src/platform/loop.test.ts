import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLoop } from './loop.ts';

test('a turn that throws is reported by name, and the next turn comes all the same', async () => {
  const errors: string[] = [];
  let turns = 0;
  await new Promise<void>((done) => {
    const running = startLoop(
      {
        name: 'sweep',
        everyMs: 1,
        async turn() {
          turns += 1;
          if (turns === 1) throw new Error('the database is away');
          void running.stop();
          done();
        },
      },
      (name, error) => errors.push(`${name}: ${String(error)}`),
    );
  });
  assert.deepEqual(errors, ['sweep: Error: the database is away']);
  assert.equal(turns, 2);
});

test('stopping waits for the turn under way, and none begins after it', async () => {
  const began = Promise.withResolvers<void>();
  const work = Promise.withResolvers<void>();
  const said: string[] = [];
  const running = startLoop(
    {
      name: 'relay',
      everyMs: 1,
      async turn() {
        said.push('began');
        began.resolve();
        await work.promise;
        said.push('ended');
      },
    },
    (_name, error) => assert.fail(String(error)),
  );
  await began.promise;
  const stopping = running.stop();
  work.resolve();
  await stopping;
  assert.deepEqual(said, ['began', 'ended']);
});
