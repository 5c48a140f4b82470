import { type Loop, startLoop } from '#platform/loop.ts';
import type { AppDeps } from './app-deps.ts';
import { type HeavyDeps, modules } from './modules.ts';

/** Everything that runs beside the requests; every process runs all of them. */
export function backgroundLoops(deps: AppDeps): readonly Loop[] {
  return modules.flatMap((module) => module.loops?.(deps) ?? []);
}

/** What computes for long; it is given a thread of its own (heavy-loops.ts). */
export function heavyLoops(deps: HeavyDeps): readonly Loop[] {
  return modules.flatMap((module) => module.heavyLoops?.(deps) ?? []);
}

/** Starts the background work; `stop` waits for the turns under way. */
export function startWorker(
  loops: readonly Loop[],
  onError: (name: string, error: unknown) => void,
): { stop(): Promise<void> } {
  const running = loops.map((loop) => startLoop(loop, onError));
  return {
    async stop() {
      await Promise.all(running.map((one) => one.stop()));
    },
  };
}
