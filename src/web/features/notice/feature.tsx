import { SendOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { Bell } from './Bell/Bell.tsx';
import { messages, refusals } from './messages.ts';

/** The bell in the top line, and the queue of what goes out. */
export const noticeFeature: Feature = {
  id: 'notice',
  refusals,
  topLine: [Bell],
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/outbox' }).lazy(
      async () => (await import('./QueuePage/QueuePage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/outbox',
      icon: <SendOutlined />,
      label: (language) => translate(messages, language, 'place'),
      name: (language) => translate(messages, language, 'placeName'),
      order: 80,
      shownTo: (session) => session.permissions.includes('notice.queue'),
    },
  ],
};
