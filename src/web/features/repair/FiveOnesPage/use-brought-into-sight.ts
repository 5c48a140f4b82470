import { type RefObject, useEffect, useRef } from 'react';

/** What a figure opens lies below it: it is brought into sight when it opens, or opens for something else. */
export function useBroughtIntoSight(what: string | undefined): RefObject<HTMLElement | null> {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (what !== undefined) section.current?.scrollIntoView({ block: 'nearest' });
  }, [what]);
  return section;
}
