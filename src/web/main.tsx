import { createRoot } from 'react-dom/client';
import { RouterProvider } from '@tanstack/react-router';
import { App, newQueryClient } from './app.tsx';
import './global.css';
import { customerRefusals } from './lib/customer-messages.ts';
import { commonRefusals } from './lib/messages.ts';
import { RefusalContext } from './lib/refusals.ts';
import { features, newRouter } from './routes.tsx';
import { LockGuard } from './frames/LockGuard.tsx';

/** The staff's entrance. Customers and the hall screen have their own (design, rule 10). */
const queryClient = newQueryClient();
const router = newRouter(queryClient);
const refusals = [...features.flatMap((feature) => feature.refusals ?? []), customerRefusals, commonRefusals];

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <App density="desk" queryClient={queryClient}>
    <RefusalContext value={refusals}>
      <RouterProvider router={router} />
      <LockGuard />
    </RefusalContext>
  </App>,
);
