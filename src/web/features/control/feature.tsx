import { DashboardOutlined, FileSearchOutlined, LineChartOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import type { Session } from '../../lib/session.ts';
import type { CaseSearch } from './control-queries.ts';
import { messages } from './messages.ts';

const STATES = ['open', 'closed'] as const;
const DUES = ['late', 'hour', 'week'] as const;
const seesBoard = (session: Session) => session.permissions.includes('board.read');

/** The board of the control centre, the list behind each of its figures, and the evaluation of units. */
export const controlFeature: Feature = {
  id: 'control',
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/board' }).lazy(
      async () => (await import('./BoardPage/BoardPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/cases', validateSearch: caseSearch }).lazy(
      async () => (await import('./CaseListPage/CaseListPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/scores' }).lazy(
      async () => (await import('./ScorePage/ScorePage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/board',
      icon: <DashboardOutlined />,
      label: (language) => translate(messages, language, 'place.board'),
      name: (language) => translate(messages, language, 'place.boardName'),
      order: 5,
      shownTo: seesBoard,
      homeOf: ['control-officer', 'department-head', 'deputy-manager', 'general-manager'],
    },
    {
      path: '/cases',
      icon: <FileSearchOutlined />,
      label: (language) => translate(messages, language, 'place.cases'),
      name: (language) => translate(messages, language, 'place.casesName'),
      order: 30,
      shownTo: (session) => session.permissions.includes('case.read'),
    },
    {
      path: '/scores',
      icon: <LineChartOutlined />,
      label: (language) => translate(messages, language, 'place.score'),
      name: (language) => translate(messages, language, 'place.scoreName'),
      order: 60,
      shownTo: seesBoard,
    },
  ],
};

/** Anything in the address that is no filter of ours is left out. */
function caseSearch(search: Record<string, unknown>): CaseSearch {
  const text = (name: string) => (typeof search[name] === 'string' ? search[name] : undefined);
  return {
    state: STATES.find((one) => one === search['state']),
    due: DUES.find((one) => one === search['due']),
    since: search['since'] === 'today' ? 'today' : undefined,
    business: text('business'),
    unit: text('unit'),
    household: text('household'),
  };
}
