import { TeamOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import type { CallSearch } from './meeting-queries.ts';
import { messages, refusals } from './messages.ts';

/** 会商 and 督办 from a row of the board: who is called, when, and what was decided. */
export const meetingFeature: Feature = {
  id: 'meeting',
  refusals,
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/meetings' }).lazy(
      async () => (await import('./MeetingsPage/MeetingsPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/meetings/call', validateSearch: callSearch }).lazy(
      async () => (await import('./CallPage/CallPage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/meetings',
      icon: <TeamOutlined />,
      label: (language) => translate(messages, language, 'place.label'),
      name: (language) => translate(messages, language, 'place.name'),
      order: 35,
      shownTo: (session) => session.permissions.includes('board.read'),
    },
  ],
};

/** Anything in the address that is none of ours is left out. */
function callSearch(search: Record<string, unknown>): CallSearch {
  const text = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined);
  const { kind } = search;
  return {
    kind: kind === 'supervise' || kind === 'meeting' ? kind : undefined,
    business: text('business'),
    unit: text('unit'),
    case: text('case'),
    no: text('no'),
  };
}
