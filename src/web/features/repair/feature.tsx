import { ReadOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages } from './messages.ts';

/** Who repairs, looks up here how. */
const REPAIRS = ['dispatcher', 'repair-lead', 'repair-worker', 'grid-manager', 'station-lead'];

export const repairFeature: Feature = {
  id: 'repair',
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/fault-cards' }).lazy(
      async () => (await import('./FaultCardsPage/FaultCardsPage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/fault-cards',
      icon: <ReadOutlined />,
      label: (language) => translate(messages, language, 'place.cards'),
      name: (language) => translate(messages, language, 'place.cardsName'),
      order: 45,
      shownTo: (session) => REPAIRS.includes(session.post),
    },
  ],
};
