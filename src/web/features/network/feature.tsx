import { ApartmentOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages, refusals } from './messages.ts';

/** The grid: what hangs below what, what is dark, switchings. */
export const networkFeature: Feature = {
  id: 'network',
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/network' }).lazy(
      async () => (await import('./NetworkPage/NetworkPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/network/feeders/$id' }).lazy(
      async () => (await import('./FeederPage/FeederPage.tsx')).route,
    ),
    createRoute({
      getParentRoute: () => parent,
      path: '/network/devices/$id',
      validateSearch: (search: Record<string, unknown>): { at?: number } =>
        typeof search['at'] === 'number' ? { at: search['at'] } : {},
    }).lazy(async () => (await import('./DevicePage/DevicePage.tsx')).route),
  ],
  places: [
    {
      path: '/network',
      icon: <ApartmentOutlined />,
      label: (language) => translate(messages, language, 'place.network'),
      name: (language) => translate(messages, language, 'place.networkName'),
      order: 40,
      shownTo: (session) => session.permissions.includes('network.read'),
    },
  ],
  refusals,
};
