import type { Windows } from './route-problem.ts';

/** The first moment within the windows at or after `at`; `Infinity` when there is none. */
export function firstWithin(windows: Windows, at: number): number {
  for (const [from, to] of windows) if (at <= to) return at < from ? from : at;
  return Infinity;
}

/** The last moment within the windows at or before `at`; `-Infinity` when there is none. */
export function lastWithin(windows: Windows, at: number): number {
  for (let i = windows.length - 1; i >= 0; i -= 1) {
    const [from, to] = windows[i] as readonly [number, number];
    if (at >= from) return at > to ? to : at;
  }
  return -Infinity;
}
