import { useSyncExternalStore } from 'react';
import { type Instant, SECOND } from '#kernel/instant.ts';

/**
 * The server's time on this page. A demo company may run faster than the world (design, rule 5), so the page counts from
 * the server's last word at the server's pace, and never from the wall clock of the desk.
 */
export type ClockReading = { readonly now: Instant; readonly scale: number };

let reading: ClockReading = { now: Date.now(), scale: 1 };
let readAt = performance.now();

export function setServerClock(next: ClockReading): void {
  reading = next;
  readAt = performance.now();
  // Whoever draws before the next second must not see the wall clock of the desk.
  tick();
}

export function serverNow(): Instant {
  return reading.now + (performance.now() - readAt) * reading.scale;
}

export function clockScale(): number {
  return reading.scale;
}

const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let shown: Instant = serverNow();

function tick(): void {
  shown = serverNow();
  for (const watcher of watchers) watcher();
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  shown = serverNow();
  timer ??= setInterval(tick, SECOND);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * The server's time, renewed once a second for everything on the page by one timer, floored to `step` ms: a component
 * that writes minutes passes a minute and renders once a minute.
 */
export function useNow(step: number = SECOND): Instant {
  return useSyncExternalStore(subscribe, () => Math.floor(shown / step) * step);
}
