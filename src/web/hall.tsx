import { lazy } from 'react';
import { createRoot } from 'react-dom/client';
import { App, newQueryClient } from './app.tsx';
import { PublicEntrance, type PublicPage } from './frames/PublicEntrance.tsx';
import { UnknownScreen } from './frames/UnknownScreen.tsx';
import './global.css';

/** The entrance of screens on a wall: `/hall/…`, read from afar, without anybody at a keyboard. */
const pages: readonly PublicPage[] = [
  {
    path: /^\/hall\/screen$/,
    Page: lazy(async () => ({
      default: (await import('./features/hall/HallScreen/HallScreenPage.tsx')).HallScreenPage,
    })),
  },
];

const root = document.getElementById('root');
if (root === null) throw new Error('hall.html has no #root');
createRoot(root).render(
  <App density="wall" dark queryClient={newQueryClient()}>
    <PublicEntrance pages={pages} fallback={<UnknownScreen />} />
  </App>,
);
