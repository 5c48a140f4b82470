/** Background work that comes round again and again: a sweep, a relay, a sealer. */
export type Loop = {
  readonly name: string;
  readonly everyMs: number;
  readonly turn: () => Promise<void>;
  /** Waits for what turns have started and not awaited; called when the loop was stopped. */
  readonly finish?: () => Promise<void>;
};

export type RunningLoop = { stop(): Promise<void> };

/**
 * Runs a loop until it is stopped. A turn never overlaps with the next; one that throws is reported, and the next comes
 * as usual, because a database that is away for a minute must not end the sweep of deadlines for good.
 */
export function startLoop(loop: Loop, onError: (name: string, error: unknown) => void): RunningLoop {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let turning = Promise.resolve();

  async function turn(): Promise<void> {
    try {
      await loop.turn();
    } catch (error) {
      onError(loop.name, error);
    }
    wait(loop.everyMs);
  }

  function wait(delay: number): void {
    if (stopped) return;
    timer = setTimeout(() => {
      turning = turn();
    }, delay);
  }

  wait(0);

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turning;
      await loop.finish?.();
    },
  };
}
