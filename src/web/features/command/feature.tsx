import { AlertOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages, refusals } from './messages.ts';
import { commandSearch } from './search.ts';

/** 抢修指挥: open repairs on a map and in a list, and what their customers are told. */
export const commandFeature: Feature = {
  id: 'command',
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/command', validateSearch: commandSearch }).lazy(
      async () => (await import('./CommandPage/CommandPage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/command',
      icon: <AlertOutlined />,
      label: (language) => translate(messages, language, 'place.command'),
      name: (language) => translate(messages, language, 'place.commandName'),
      order: 4,
      shownTo: (session) => session.permissions.includes('repair.command'),
      homeOf: ['dispatcher'],
    },
  ],
  refusals,
};
