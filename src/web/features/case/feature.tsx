import { CheckSquareOutlined, UnorderedListOutlined } from '@ant-design/icons';
import { createRoute } from '@tanstack/react-router';
import type { FoundCase } from '#modules/case/case-list-api.ts';
import { get } from '../../lib/api.ts';
import type { Feature } from '../../lib/feature.ts';
import { translate } from '../../lib/i18n.ts';
import { clockRefusals } from './clock-messages.ts';
import { fieldRefusals } from './field-messages.ts';
import { messages, refusals } from './messages.ts';
import { workMessages, workRefusals } from './work-messages.ts';

/** My work, and the page that tells the whole case. */
export const caseFeature: Feature = {
  id: 'case',
  refusals: {
    zh: { ...refusals.zh, ...clockRefusals.zh, ...workRefusals.zh, ...fieldRefusals.zh },
    en: { ...refusals.en, ...clockRefusals.en, ...workRefusals.en, ...fieldRefusals.en },
  },
  deskRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/work' }).lazy(
      async () => (await import('./WorkPage/WorkPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/commitments' }).lazy(
      async () => (await import('./CommitmentsPage/CommitmentsPage.tsx')).route,
    ),
    createRoute({ getParentRoute: () => parent, path: '/cases/$id' }).lazy(
      async () => (await import('./CasePage/CasePage.tsx')).route,
    ),
  ],
  bareRoutes: (parent) => [
    createRoute({ getParentRoute: () => parent, path: '/cases/$id/paper' }).lazy(
      async () => (await import('./PaperPage/PaperPage.tsx')).route,
    ),
  ],
  palette: [
    {
      id: 'case',
      title: (language) => translate(messages, language, 'palette.cases'),
      search: async ({ text, session, language, signal }) => {
        if (!session.permissions.includes('case.read') || !/^\d+$/.test(text)) return [];
        const found = await get<readonly FoundCase[]>(
          `/api/cases/find?q=${encodeURIComponent(text)}`,
          signal,
        );
        return found.map((one) => ({
          id: one.id,
          title: one.no,
          detail: [one.caseType[language], one.place].filter(Boolean).join(' · '),
          run: (go) => go(`/cases/${one.id}`),
        }));
      },
    },
  ],
  places: [
    {
      path: '/work',
      icon: <UnorderedListOutlined />,
      label: (language) => translate(messages, language, 'place.work'),
      name: (language) => translate(messages, language, 'place.workName'),
      order: 20,
      shownTo: (session) => session.permissions.includes('case.work'),
    },
    {
      path: '/commitments',
      icon: <CheckSquareOutlined />,
      label: (language) => translate(workMessages, language, 'commit.place'),
      name: (language) => translate(workMessages, language, 'commit.page'),
      order: 25,
      shownTo: (session) => session.permissions.includes('case.read'),
    },
  ],
};
