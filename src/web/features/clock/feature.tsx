import { CalendarOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages, refusals } from './messages.ts';

/** 时限与日历: holidays, corrections of limits, and what they moved. */
export const clockFeature: Feature = {
  id: 'clock',
  refusals,
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/clocks' }).lazy(
      async () => (await import('./ClockAdminPage/ClockAdminPage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/clocks',
      icon: <CalendarOutlined />,
      label: (language) => translate(messages, language, 'place.label'),
      name: (language) => translate(messages, language, 'place.name'),
      order: 80,
      shownTo: (session) => session.permissions.includes('clock.admin'),
    },
  ],
};
