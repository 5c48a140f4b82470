import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import type { Names } from '#modules/org/org-api.ts';
import { ApiError, get, onSessionRefused, PASSWORD_FIRST, write } from './api.ts';
import { type ClockReading, setServerClock } from './server-clock.ts';

/** Who sits here, as the server says it. `permissions` hide what one may not do; the server decides. */
export type Session = {
  readonly person: { readonly id: string; readonly name: string; readonly staffNo: string };
  readonly login: string;
  readonly post: string;
  readonly postName: Names;
  readonly unit: {
    readonly id: string;
    readonly code: string;
    readonly name: string;
    readonly nameEn: string;
  };
  readonly company: { readonly name: string; readonly shortName: string; readonly demo: boolean };
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly mustChangePassword: boolean;
  readonly mustEnrol: boolean;
  readonly locked: boolean;
  readonly clock: ClockReading;
};

/** A role of the demo company that one may sign in as with a click. */
export type DemoRole = {
  readonly login: string;
  readonly name: string;
  readonly post: string;
  readonly postName: Names;
  readonly unit: Names;
};

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      const session = await get<Session>('/api/session', signal);
      setServerClock(session.clock);
      return session;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
  retry: false,
});

/** Absent in a real company: an empty list. */
export const demoRolesQuery = queryOptions({
  queryKey: ['demo-roles'],
  queryFn: async ({ signal }): Promise<readonly DemoRole[]> => {
    try {
      return await get<readonly DemoRole[]>('/api/demo-roles', signal);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return [];
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** The signed-in person. Only below a frame that made sure of it. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('useSession outside the signed-in frame');
  return data;
}

export function useMay(permission: string): boolean {
  return useSession().permissions.includes(permission);
}

export type Credentials = { readonly login: string; readonly password: string; readonly code?: string };

export async function signIn(credentials: Credentials): Promise<void> {
  await write('POST', '/api/session', credentials);
}

/** The password was right; the account asks for a code as well. */
export function asksForCode(error: unknown): boolean {
  return error instanceof ApiError && error.body.code === 'session.second-factor';
}

/** The password was right, and the code was not. */
export function isWrongCode(error: unknown): boolean {
  return error instanceof ApiError && error.body.code === 'session.wrong-code';
}

export async function unlock(password: string): Promise<void> {
  await write('POST', '/api/session/unlock', { password });
}

export async function signOut(): Promise<void> {
  await write('DELETE', '/api/session', undefined);
}

/**
 * `locked`: the server waits for the password again (R102). `over`: the session ended. In both the page stays as it is
 * under the lock screen.
 */
export type LockState = 'open' | 'locked' | 'over';

let lock: LockState = 'open';
const lockWatchers = new Set<() => void>();

export function useLock(): LockState {
  return useSyncExternalStore(
    (watcher) => {
      lockWatchers.add(watcher);
      return () => lockWatchers.delete(watcher);
    },
    () => lock,
  );
}

export function setLock(next: LockState): void {
  lock = next;
  for (const watcher of lockWatchers) watcher();
}

/** The page is loaded anew: the session that the pages remember is of before. */
function toPassword(): void {
  if (window.location.pathname !== '/password') window.location.assign('/password');
}

/** Turns a 401 on any call of a signed-in page into the lock screen; a password that is too old leads to its page. */
export function useLockOnRefusal(): void {
  const queryClient = useQueryClient();
  useEffect(
    () =>
      onSessionRefused((error) => {
        if (!queryClient.getQueryData(sessionQuery.queryKey)) return;
        if (error.body.code === PASSWORD_FIRST) return toPassword();
        setLock(error.body.code === 'session.locked' ? 'locked' : 'over');
      }),
    [queryClient],
  );
}
