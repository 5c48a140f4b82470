import { ApartmentOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { DeviceName } from '#modules/network/network-api.ts';
import { get } from '../../lib/api.ts';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { reliabilitySearch } from './reliability-search.ts';
import { messages, refusals } from './messages.ts';

/** Households are what most people look for: devices take few lines. */
const MOST_FOUND = 5;

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
      path: '/network/reliability',
      validateSearch: reliabilitySearch,
    }).lazy(async () => (await import('./ReliabilityPage/ReliabilityPage.tsx')).route),
    createRoute({
      getParentRoute: () => parent,
      path: '/network/devices/$id',
      validateSearch: (search: Record<string, unknown>): { at?: number } =>
        typeof search['at'] === 'number' ? { at: search['at'] } : {},
    }).lazy(async () => (await import('./DevicePage/DevicePage.tsx')).route),
  ],
  palette: [
    {
      id: 'network-device',
      title: (language) => translate(messages, language, 'palette.devices'),
      search: async ({ text, session, language, signal }) => {
        if (!session.permissions.includes('network.read') || text.trim().length < 2) return [];
        const path = `/api/network/search?words=${encodeURIComponent(text.trim().slice(0, 40))}`;
        const found = await get<readonly DeviceName[]>(path, signal);
        return found.slice(0, MOST_FOUND).map((device) => ({
          id: device.id,
          title: device.name,
          detail: `${translate(messages, language, `kind.${device.kind}`)} · ${device.code}`,
          icon: <ApartmentOutlined />,
          run: (go) => go(`/network/devices/${device.id}`),
        }));
      },
    },
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
