import { queryOptions } from '@tanstack/react-query';
import type { HallScreen } from '#modules/hall/queue-api.ts';
import { ApiError, NO_ANSWER } from '../../../lib/api.ts';
import { setServerClock } from '../../../lib/server-clock.ts';

const REFRESH = 3000;
/** The token stays in the browser of the screen: nobody types there. */
const TOKEN = 'dafuwu:screen';

/** The token that the address brought (it is taken out of the address at once), or the one that is kept. */
export function screenToken(): string {
  const brought = window.location.hash.slice(1);
  if (brought !== '') {
    localStorage.setItem(TOKEN, brought);
    window.history.replaceState(null, '', window.location.pathname);
  }
  return localStorage.getItem(TOKEN) ?? '';
}

/** Asked again and again, also while nothing answers: the last answer stays on the wall with its time. */
export const screenQuery = (token: string) =>
  queryOptions({
    queryKey: ['screen', token],
    queryFn: async ({ signal }) => {
      const screen = await ask(token, signal);
      setServerClock({ now: screen.at, scale: 1 });
      return screen;
    },
    refetchInterval: REFRESH,
    refetchIntervalInBackground: true,
    networkMode: 'always',
    retry: false,
    gcTime: Number.POSITIVE_INFINITY,
  });

async function ask(token: string, signal: AbortSignal): Promise<HallScreen> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch('/api/hall-screen', { headers, signal }).catch((cause: unknown) => {
    throw new ApiError(0, { code: NO_ANSWER, message: String(cause) });
  });
  if (!response.ok) throw new ApiError(response.status, { code: `http.${response.status}`, message: '' });
  return (await response.json()) as HallScreen;
}
