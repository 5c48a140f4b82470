import { AuditOutlined, FileProtectOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages, refusals } from './messages.ts';
import type { DeskFilter } from './voice-queries.ts';

/** The complaint desk, and what the liable unit is told. */
export const voiceFeature: Feature = {
  id: 'voice',
  refusals,
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/complaints', validateSearch: deskSearch }).lazy(
      async () => (await import('./ComplaintsPage/ComplaintsPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/complaints/$id' }).lazy(
      async () => (await import('./ComplaintPage/ComplaintPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/liability-notices' }).lazy(
      async () => (await import('./NoticesPage/NoticesPage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/complaints',
      icon: <AuditOutlined />,
      label: (language) => translate(messages, language, 'place.desk'),
      name: (language) => translate(messages, language, 'place.deskName'),
      order: 35,
      shownTo: (session) => session.permissions.includes('complaint.desk'),
      homeOf: ['inspector'],
    },
    {
      path: '/liability-notices',
      icon: <FileProtectOutlined />,
      label: (language) => translate(messages, language, 'place.notice'),
      name: (language) => translate(messages, language, 'place.noticeName'),
      order: 65,
      shownTo: (session) => session.permissions.includes('complaint.appeal'),
    },
  ],
};

/** Anything in the address that is no filter of ours is left out. */
function deskSearch(search: Record<string, unknown>): DeskFilter {
  return {
    type: search['type'] === 'YJ' ? 'YJ' : 'TS',
    state: search['state'] === 'closed' ? 'closed' : 'open',
  };
}
