import { EyeInvisibleOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages } from './messages.ts';

/** 个人信息保护: what is kept of persons, how long, and erasure on request. */
export const privacyFeature: Feature = {
  id: 'privacy',
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/privacy' }).lazy(
      async () => (await import('./PrivacyPage/PrivacyPage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/privacy',
      icon: <EyeInvisibleOutlined />,
      label: (language) => translate(messages, language, 'place.label'),
      name: (language) => translate(messages, language, 'place.name'),
      order: 85,
      shownTo: (session) => session.permissions.includes('privacy.officer'),
    },
  ],
};
