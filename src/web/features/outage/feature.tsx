import { ThunderboltOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages, refusals } from './messages.ts';

/** What is believed to be out, and why; the dispatcher's word about it; dangers. */
export const outageFeature: Feature = {
  id: 'outage',
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/outages' }).lazy(
      async () => (await import('./OutagesPage/OutagesPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/outages/$id' }).lazy(
      async () => (await import('./IncidentPage/IncidentPage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/outages',
      icon: <ThunderboltOutlined />,
      label: (language) => translate(messages, language, 'place.outages'),
      name: (language) => translate(messages, language, 'place.outagesName'),
      order: 20,
      shownTo: (session) => session.permissions.includes('outage.read'),
    },
  ],
  refusals,
};
