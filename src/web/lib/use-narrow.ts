import { useSyncExternalStore } from 'react';

/** A phone, or a window as narrow as one; the same limit as in the style sheets. */
const NARROW = '(max-width: 640px)';

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      const media = window.matchMedia(NARROW);
      media.addEventListener('change', watcher);
      return () => media.removeEventListener('change', watcher);
    },
    () => window.matchMedia(NARROW).matches,
  );
}
