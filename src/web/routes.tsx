import type { QueryClient } from '@tanstack/react-query';
import {
  type AnyRoute,
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { caseFeature } from './features/case/feature.tsx';
import { commandFeature } from './features/command/feature.tsx';
import { controlFeature } from './features/control/feature.tsx';
import { doorFeature } from './features/door/feature.tsx';
import { fieldFeature } from './features/field/feature.tsx';
import { hallFeature } from './features/hall/feature.tsx';
import { auditFeature } from './features/audit/feature.tsx';
import { clockFeature } from './features/clock/feature.tsx';
import { meetingFeature } from './features/meeting/feature.tsx';
import { outageFeature } from './features/outage/feature.tsx';
import { networkFeature } from './features/network/feature.tsx';
import { noticeFeature } from './features/notice/feature.tsx';
import { orgFeature } from './features/org/feature.tsx';
import { plannedFeature } from './features/planned/feature.tsx';
import { repairFeature } from './features/repair/feature.tsx';
import { privacyFeature } from './features/privacy/feature.tsx';
import { sessionFeature } from './features/session/feature.ts';
import { voiceFeature } from './features/voice/feature.tsx';
import { DeskFrame } from './frames/DeskFrame.tsx';
import { FeaturesContext } from './frames/features-context.ts';
import { NotFound } from './frames/NotFound.tsx';
import type { Feature } from './lib/feature.ts';
import { sessionQuery } from './lib/session.ts';
import { ErrorPage } from './ui/ErrorPanel.tsx';
import { PageSkeleton } from './ui/Skeletons.tsx';

/** Every feature is one line here. */
export const features: readonly Feature[] = [
  sessionFeature,
  commandFeature,
  controlFeature,
  hallFeature,
  caseFeature,
  fieldFeature,
  voiceFeature,
  repairFeature,
  meetingFeature,
  clockFeature,
  auditFeature,
  orgFeature,
  outageFeature,
  networkFeature,
  plannedFeature,
  noticeFeature,
  privacyFeature,
  doorFeature,
];

type Context = { readonly queryClient: QueryClient };

export function newRouter(queryClient: QueryClient) {
  const root = createRootRouteWithContext<Context>()({
    component: () => (
      <FeaturesContext value={features}>
        <Outlet />
      </FeaturesContext>
    ),
    notFoundComponent: NotFound,
  });
  const desk = createRoute({
    getParentRoute: () => root,
    id: 'desk',
    component: DeskFrame,
    beforeLoad: async ({ context, location }) => {
      const session = await context.queryClient.ensureQueryData(sessionQuery);
      if (session === null) throw redirect({ to: '/sign-in', search: { to: location.href } });
      if (session.mustChangePassword && location.pathname !== '/password')
        throw redirect({ to: '/password' });
      if (session.mustEnrol && !['/password', '/second-factor'].includes(location.pathname))
        throw redirect({ to: '/second-factor' });
    },
  });
  const tree = root.addChildren([
    desk.addChildren(routesOf('deskRoutes', desk)),
    ...routesOf('bareRoutes', root),
  ]);

  return createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingComponent: PageSkeleton,
    defaultPendingMs: 100,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

function routesOf(kind: 'deskRoutes' | 'bareRoutes', parent: AnyRoute): AnyRoute[] {
  return features.flatMap((feature) => feature[kind]?.(parent) ?? []);
}
