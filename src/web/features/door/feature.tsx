import { ImportOutlined, KeyOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { inboxSearch } from './inbox-search.ts';
import { messages, refusals } from './messages.ts';

/** Orders of 95598, 12398 and 12345, and the keys of their systems. */
export const doorFeature: Feature = {
  id: 'door',
  refusals,
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/outside', validateSearch: inboxSearch }).lazy(
      async () => (await import('./DoorsPage/DoorsPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/outside/import' }).lazy(
      async () => (await import('./ImportPage/ImportPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/outside/replies' }).lazy(
      async () => (await import('./SheetPage/SheetPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/outside/$id' }).lazy(
      async () => (await import('./OutsidePage/OutsidePage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/door-keys' }).lazy(
      async () => (await import('./KeysPage/KeysPage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/outside',
      icon: <ImportOutlined />,
      label: (language) => translate(messages, language, 'place.doors'),
      name: (language) => translate(messages, language, 'place.doorsName'),
      order: 30,
      shownTo: (session) => session.permissions.includes('door.work'),
    },
    {
      path: '/door-keys',
      icon: <KeyOutlined />,
      label: (language) => translate(messages, language, 'place.keys'),
      name: (language) => translate(messages, language, 'place.keysName'),
      order: 80,
      shownTo: (session) => session.permissions.includes('door.keys'),
    },
  ],
};
