import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { LiveTopic } from '#kernel/live-topics.ts';

/** A hint that something changed; never data (design, rule 10). */
type LiveHint = { readonly topic: LiveTopic; readonly id: string; readonly seq: number };
export type LiveState = 'connecting' | 'live' | 'lost';

type HintListener = (hint: LiveHint) => void;

const listeners = new Set<HintListener>();
const stateWatchers = new Set<() => void>();
let state: LiveState = 'connecting';

/** Opens the page's one stream; the browser reconnects by itself, and every query is renewed when it did. */
export function openLive(queryClient: QueryClient, path = '/api/live'): () => void {
  const source = new EventSource(path);
  let wasLost = false;

  source.addEventListener('open', () => {
    if (wasLost) void queryClient.invalidateQueries();
    wasLost = false;
    setState('live');
  });
  source.addEventListener('error', () => {
    wasLost = true;
    setState('lost');
  });
  source.addEventListener('message', (event: MessageEvent<string>) => {
    const hint = hintOf(event.data);
    if (hint) for (const listener of listeners) listener(hint);
  });
  return () => source.close();
}

/** Renews the queries under `queryKey` when a hint of one of the topics arrives (for `id` only, where given). */
export function useLive(topics: readonly LiveTopic[], queryKey: QueryKey, id?: string): void {
  const queryClient = useQueryClient();
  const wanted: string = topics.join(' ');
  const key = JSON.stringify(queryKey);
  useLiveHint(
    (hint) => {
      if (!wanted.split(' ').includes(hint.topic)) return;
      if (id === undefined || hint.id === id)
        void queryClient.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey });
    },
    `${wanted} ${key} ${id ?? ''}`,
  );
}

/** Calls back for every hint; `identity` says when the callback means something else. */
export function useLiveHint(onHint: HintListener, identity: string): void {
  useEffect(() => {
    listeners.add(onHint);
    return () => {
      listeners.delete(onHint);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the caller names what the callback depends on
  }, [identity]);
}

/** Whether changes arrive by themselves just now; the frames say so when they don't. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (watcher) => {
      stateWatchers.add(watcher);
      return () => stateWatchers.delete(watcher);
    },
    () => state,
  );
}

function setState(next: LiveState): void {
  if (next === state) return;
  state = next;
  for (const watcher of stateWatchers) watcher();
}

function hintOf(data: string): LiveHint | undefined {
  const value: unknown = JSON.parse(data);
  const isHint = typeof value === 'object' && value !== null && 'topic' in value && 'id' in value;
  return isHint ? (value as LiveHint) : undefined;
}
