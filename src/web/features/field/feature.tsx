import { MobileOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages } from './messages.ts';

/** A crew that signs in on a phone wants its own page; at a desk it finds it on the rail. */
const ON_PHONE = window.matchMedia('(max-width: 600px)').matches;

/** The way from the staff's program to the crews' entrance, which is a page of its own. */
export const fieldFeature: Feature = {
  id: 'field',
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/field' }).lazy(
      async () => (await import('./FieldDoor/FieldDoor.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/field',
      icon: <MobileOutlined />,
      label: (language) => translate(messages, language, 'place.field'),
      name: (language) => translate(messages, language, 'place.fieldName'),
      order: 15,
      shownTo: (session) => session.permissions.includes('field.work'),
      homeOf: ON_PHONE ? ['repair-lead', 'repair-worker'] : [],
    },
  ],
};
