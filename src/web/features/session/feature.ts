import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { refusals } from './messages.ts';

/** Sign-in, the password, and where one lands. */
export const sessionFeature: Feature = {
  id: 'session',
  refusals,
  bareRoutes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: '/sign-in',
      validateSearch: (search: Record<string, unknown>) => ({ to: insidePath(search['to']) }),
    }).lazy(async () => (await import('./SignInPage/SignInPage.tsx')).route),
    createRoute({ getParentRoute: () => parent, path: '/code' }).lazy(
      async () => (await import('./CodePage/CodePage.tsx')).route,
    ),
  ],
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/' }).lazy(
      async () => (await import('./HomePage/HomePage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/password' }).lazy(
      async () => (await import('./PasswordPage/PasswordPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/second-factor' }).lazy(
      async () => (await import('./SecondFactorPage/SecondFactorPage.tsx')).route,
    ),
  ],
};

/** Only a path of this program: a link to the sign-in page must not lead elsewhere afterwards. */
function insidePath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) && !value.startsWith('/sign-in')
    ? value
    : '/';
}
