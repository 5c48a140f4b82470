import {
  CarryOutOutlined,
  ReadOutlined,
  AlertOutlined,
  SafetyOutlined,
  SendOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages as crewMessages, refusals } from './crew-messages.ts';
import { pointsSearch } from './crew-queries.ts';
import { messages as dispatchMessages } from './dispatch-messages.ts';
import { drillMessages, drillRefusals } from './drill-messages.ts';
import { messages } from './messages.ts';
import { permissionMessages, refusals as permissionRefusals } from './permission-messages.ts';
import { fiveOnesSearch } from './repair-queries.ts';

/** Who repairs, looks up here how. */
const REPAIRS = ['dispatcher', 'repair-lead', 'repair-worker', 'grid-manager', 'station-lead'];

/** Cards of typical faults, and the morning report of the five ones. */
export const repairFeature: Feature = {
  id: 'repair',
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/fault-cards' }).lazy(
      async () => (await import('./FaultCardsPage/FaultCardsPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/five-ones', validateSearch: fiveOnesSearch }).lazy(
      async () => (await import('./FiveOnesPage/FiveOnesPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/crews', validateSearch: pointsSearch }).lazy(
      async () => (await import('./PointsPage/PointsPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/dispatch' }).lazy(
      async () => (await import('./DispatchPage/DispatchPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/crews/$id' }).lazy(
      async () => (await import('./PointPage/PointPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/drills' }).lazy(
      async () => (await import('./DrillsPage/DrillsPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/drills/$id' }).lazy(
      async () => (await import('./DrillPage/DrillPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/permissions' }).lazy(
      async () => (await import('./PermissionsPage/PermissionsPage.tsx')).route,
    ),
  ],
  refusals: {
    zh: { ...refusals.zh, ...permissionRefusals.zh, ...drillRefusals.zh },
    en: { ...refusals.en, ...permissionRefusals.en, ...drillRefusals.en },
  },
  places: [
    {
      path: '/drills',
      icon: <AlertOutlined />,
      label: (language) => translate(drillMessages, language, 'place.label'),
      name: (language) => translate(drillMessages, language, 'place.name'),
      order: 59,
      shownTo: (session) => session.permissions.includes('drill.read'),
    },
    {
      path: '/dispatch',
      icon: <SendOutlined />,
      label: (language) => translate(dispatchMessages, language, 'place.dispatch'),
      name: (language) => translate(dispatchMessages, language, 'place.dispatchName'),
      order: 41,
      shownTo: (session) =>
        session.permissions.includes('crew.dispatch') && session.unit.code === 'repair-centre',
    },
    {
      path: '/crews',
      icon: <TeamOutlined />,
      label: (language) => translate(crewMessages, language, 'place.points'),
      name: (language) => translate(crewMessages, language, 'place.pointsName'),
      order: 42,
      shownTo: (session) => session.permissions.includes('crew.read'),
    },
    {
      path: '/permissions',
      icon: <SafetyOutlined />,
      label: (language) => translate(permissionMessages, language, 'place.label'),
      name: (language) => translate(permissionMessages, language, 'place.name'),
      order: 40,
      homeOf: ['grid-dispatcher'],
      shownTo: (session) => session.permissions.includes('repair.permit'),
    },
    {
      path: '/five-ones',
      icon: <CarryOutOutlined />,
      label: (language) => translate(messages, language, 'place.ones'),
      name: (language) => translate(messages, language, 'place.onesName'),
      order: 58,
      shownTo: (session) => session.permissions.includes('repair.report'),
    },
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
