import { lazy } from 'react';
import { createRoot } from 'react-dom/client';
import { App, newQueryClient } from './app.tsx';
import { BadLink } from './frames/BadLink.tsx';
import { PublicEntrance, type PublicPage } from './frames/PublicEntrance.tsx';
import './global.css';

/** The customers' entrance: `/c/…` from a text message, without signing in, with nothing of the staff's program in it. */
const pages: readonly PublicPage[] = [
  {
    path: /^\/c\/report$/,
    Page: lazy(async () => ({
      default: (await import('./features/report/ReportPage/ReportPage.tsx')).ReportPage,
    })),
  },
  {
    path: /^\/c\/(?<token>[\w-]+)$/,
    Page: lazy(async () => ({ default: (await import('./features/link/LinkPage/LinkPage.tsx')).LinkPage })),
  },
];

const root = document.getElementById('root');
if (root === null) throw new Error('customer.html has no #root');
createRoot(root).render(
  <App density="phone" queryClient={newQueryClient()}>
    <PublicEntrance pages={pages} fallback={<BadLink />} />
  </App>,
);
