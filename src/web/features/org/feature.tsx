import { ApartmentOutlined, DesktopOutlined, TeamOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages, refusals } from './messages.ts';
import type { PeopleSearch } from './org-queries.ts';

/** The company's administration, and everybody's own sessions. */
export const orgFeature: Feature = {
  id: 'org',
  refusals,
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/people', validateSearch: peopleSearch }).lazy(
      async () => (await import('./PeoplePage/PeoplePage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/people/$id' }).lazy(
      async () => (await import('./PersonPage/PersonPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/company' }).lazy(
      async () => (await import('./CompanyPage/CompanyPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/sessions' }).lazy(
      async () => (await import('./SessionsPage/SessionsPage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/people',
      icon: <TeamOutlined />,
      label: (language) => translate(messages, language, 'place.people'),
      name: (language) => translate(messages, language, 'place.peopleName'),
      order: 90,
      shownTo: (session) => session.permissions.includes('org.read'),
      homeOf: ['administrator', 'security-admin'],
    },
    {
      path: '/company',
      icon: <ApartmentOutlined />,
      label: (language) => translate(messages, language, 'place.company'),
      name: (language) => translate(messages, language, 'place.companyName'),
      order: 91,
      shownTo: (session) => session.permissions.includes('org.admin'),
    },
    {
      path: '/sessions',
      icon: <DesktopOutlined />,
      label: (language) => translate(messages, language, 'place.sessions'),
      name: (language) => translate(messages, language, 'place.sessionsName'),
      order: 92,
      shownTo: (session) => session.permissions.includes('security.admin'),
    },
  ],
};

function peopleSearch(search: Readonly<Record<string, unknown>>): PeopleSearch {
  const { unit, role } = search;
  return {
    ...(typeof unit === 'string' ? { unit } : {}),
    ...(typeof role === 'string' ? { role } : {}),
  };
}
