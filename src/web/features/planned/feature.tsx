import { ScheduleOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { messages, refusals } from './messages.ts';

/** 停电计划: the week by feeder, a plan with everything that is owed about it, its notice on paper. */
export const plannedFeature: Feature = {
  id: 'planned',
  refusals,
  deskRoutes: (parent) => [
    createRoute({
      getParentRoute: () => parent,
      path: '/outages/plans',
      validateSearch: (search: Record<string, unknown>): { week?: number } =>
        typeof search['week'] === 'number' ? { week: search['week'] } : {},
    }).lazy(async () => (await import('./PlansPage/PlansPage.tsx')).route),
    createRoute({ getParentRoute: () => parent, path: '/outages/plans/notices' }).lazy(
      async () => (await import('./NoticesPage/NoticesPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/outages/plans/new' }).lazy(
      async () => (await import('./DraftPage/DraftPage.tsx')).route,
    ),
    createRoute({
      getParentRoute: () => parent,
      path: '/outages/plans/$id',
      validateSearch: (search: Record<string, unknown>): { kind?: string } =>
        typeof search['kind'] === 'string' ? { kind: search['kind'] } : {},
    }).lazy(async () => (await import('./PlanPage/PlanPage.tsx')).route),
  ],
  bareRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/outages/plans/$id/notice' }).lazy(
      async () => (await import('./NoticePage/NoticePage.tsx')).route,
    ),
  ],
  places: [
    {
      path: '/outages/plans',
      icon: <ScheduleOutlined />,
      label: (language) => translate(messages, language, 'place.plans'),
      name: (language) => translate(messages, language, 'place.plansName'),
      order: 42,
      shownTo: (session) =>
        ['planned.draft', 'planned.consult', 'planned.approve', 'planned.run', 'planned.alarm'].some((one) =>
          session.permissions.includes(one),
        ),
    },
  ],
};
