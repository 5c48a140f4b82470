import { useSyncExternalStore } from 'react';

/** A wall, read from across the room; the same limit as in the style sheet. */
const WALL = '(min-width: 2560px)';

export function useWall(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      const media = window.matchMedia(WALL);
      media.addEventListener('change', watcher);
      return () => media.removeEventListener('change', watcher);
    },
    () => window.matchMedia(WALL).matches,
  );
}
