import { SafetyCertificateOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages } from './messages.ts';

/** What was done and read, for the auditor. */
export const auditFeature: Feature = {
  id: 'audit',
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/audit' }).lazy(
      async () => (await import('./AuditPage/AuditPage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/audit',
      icon: <SafetyCertificateOutlined />,
      label: (language) => translate(messages, language, 'place.audit'),
      name: (language) => translate(messages, language, 'place.auditName'),
      order: 80,
      shownTo: (session) => session.permissions.includes('audit.read'),
      homeOf: ['auditor'],
    },
  ],
};
