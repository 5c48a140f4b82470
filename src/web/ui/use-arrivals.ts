import { type RefObject, useState } from 'react';
import type { LiveTopic } from '#kernel/live-topics.ts';
import { useLiveHint } from '../lib/live.ts';

/**
 * Counts what came in live while one works in a list. Where nobody's hand is on it (not scrolled, no pointer, no focus)
 * the list renews itself at once; else a bar waits for a click.
 */
export function useArrivals(
  topics: readonly LiveTopic[],
  scroller: RefObject<HTMLElement | null>,
  renew: () => Promise<void>,
) {
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());

  useLiveHint((hint) => {
    if (!topics.includes(hint.topic)) return;
    if (isInHand(scroller.current)) setWaiting((before) => new Set(before).add(hint.id));
    else void renew();
  }, topics.join(' '));

  return {
    count: waiting.size,
    show: async () => {
      setWaiting(new Set());
      scroller.current?.scrollTo({ top: 0 });
      await renew();
    },
  };
}

function isInHand(element: HTMLElement | null): boolean {
  if (element === null) return false;
  return element.scrollTop > 0 || element.matches(':hover') || element.contains(document.activeElement);
}
