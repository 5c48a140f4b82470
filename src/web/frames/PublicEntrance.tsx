import { type ComponentType, type ReactNode, Suspense } from 'react';
import { PageSkeleton } from '../ui/Skeletons.tsx';

/**
 * A page of an entrance without sign-in. `path` is matched whole; its named groups become the page's `params`. `Page` is
 * lazy, so that one page's code is all that a phone fetches.
 */
export type PublicPage = {
  readonly path: RegExp;
  readonly Page: ComponentType<{ readonly params: Readonly<Record<string, string>> }>;
};

/** These entrances lead by links, not by menus: the address alone picks the page. */
export function PublicEntrance(props: { pages: readonly PublicPage[]; fallback: ReactNode }) {
  const { pathname } = window.location;
  for (const { path, Page } of props.pages) {
    const match = path.exec(pathname);
    if (match === null) continue;
    return (
      <Suspense fallback={<PageSkeleton />}>
        <Page params={match.groups ?? {}} />
      </Suspense>
    );
  }
  return props.fallback;
}
