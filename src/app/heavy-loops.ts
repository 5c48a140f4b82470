import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Connection } from './fill-database.ts';

/** What the thread is told at its start. `ownServer`: the program started the database server itself, on this machine. */
export type HeavyThread = { readonly connection: Connection; readonly ownServer: boolean };

type Trouble = { readonly loop: string; readonly code?: string; readonly message?: string };

/** A thread that ends by itself is started again, not at once: whatever ended it may still be there. */
const AGAIN_AFTER_MS = 1000;

/**
 * Runs the loops that compute for long in a thread of their own, so that no request waits for them: with half a million customers one look
 * at all feeders takes half a second. A thread that dies is reported and started again; what its loops know is rebuilt from the rows.
 */
export function startHeavyLoops(
  given: HeavyThread,
  onError: (name: string, error: unknown) => void,
): { stop(): Promise<void> } {
  const state = { stopping: false };
  let thread = start();

  function start(): Worker {
    const one = new Worker(new URL('./heavy-thread.ts', import.meta.url), { workerData: given });
    one.on('message', ({ loop, code, message }: Trouble) =>
      onError(loop, Object.assign(new Error(message), code === undefined ? {} : { code })),
    );
    one.on('error', (error) => onError('heavy-thread', error));
    one.on('exit', () => void again());
    return one;
  }

  async function again(): Promise<void> {
    if (state.stopping) return;
    await wait(AGAIN_AFTER_MS);
    if (!state.stopping) thread = start();
  }

  return {
    async stop() {
      state.stopping = true;
      const exit = once(thread, 'exit');
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      thread.postMessage('stop');
      await exit;
    },
  };
}
