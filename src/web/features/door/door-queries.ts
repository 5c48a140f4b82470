import { queryOptions } from '@tanstack/react-query';
import type { IntakeCatalogue } from '#modules/case/case-api.ts';
import type {
  Completion,
  DoorFigures,
  DoorId,
  DoorInfo,
  Imported,
  ImportBody,
  ObjectionAnswer,
  ObjectionBody,
  OutsideDetail,
  ReplyBody,
  ReplyRows,
  ReplySheet,
  ReplySheetReport,
} from '#modules/door/door-api.ts';
import type { KeyView, NewKey } from '#modules/door/door-key-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

export const PARTS = [
  'to-complete',
  'open',
  'late',
  'changed',
  'to-reply',
  'objected',
  'recent',
  'all',
] as const;
export type Part = (typeof PARTS)[number];

/** Nobody presses reload. */
const REFRESH = 10_000;

export const doorsQuery = queryOptions({
  queryKey: ['door', 'doors'],
  queryFn: ({ signal }) => get<readonly DoorInfo[]>('/api/doors', signal),
  staleTime: 10 * 60_000,
});

export const figuresQuery = queryOptions({
  queryKey: ['door', 'figures'],
  queryFn: ({ signal }) => get<readonly DoorFigures[]>('/api/doors/figures', signal),
  refetchInterval: REFRESH,
});

export const outsideQuery = (id: string) =>
  queryOptions({
    queryKey: ['door', 'one', id],
    queryFn: ({ signal }) => get<OutsideDetail>(`/api/outside/${id}`, signal),
  });

export const catalogueQuery = queryOptions({
  queryKey: ['door', 'catalogue'],
  queryFn: ({ signal }) => get<IntakeCatalogue>('/api/intake', signal),
  staleTime: 10 * 60_000,
});

export const householdsQuery = (typed: string) =>
  queryOptions({
    queryKey: ['door', 'households', typed],
    queryFn: ({ signal }) =>
      get<{
        readonly hits: readonly {
          readonly householdId: string;
          readonly name: string;
          readonly place: string;
          readonly houseNo: string;
          readonly accountNo: string;
        }[];
      }>(`/api/households?q=${encodeURIComponent(typed)}`, signal),
    enabled: typed.trim().length >= 2,
  });

export const keysQuery = queryOptions({
  queryKey: ['door', 'keys'],
  queryFn: ({ signal }) => get<readonly KeyView[]>('/api/door-keys', signal),
});

const stale = [['door']];

export function useImport() {
  return useWrite<ImportBody, Imported>({ path: '/api/outside/import', stale });
}

export const sheetQuery = (door: DoorId) =>
  queryOptions({
    queryKey: ['door', 'sheet', door],
    queryFn: ({ signal }) => get<ReplySheet>(`/api/doors/${door}/reply-sheet`, signal),
  });

export function useSendSheet() {
  return useWrite<ReplyRows, ReplySheetReport>({ path: '/api/outside/replies/import', stale });
}

export function useHandSheet() {
  return useWrite<{ door: DoorId; numbers: readonly string[] }, { readonly handed: number }>({
    path: '/api/outside/replies/hand',
    stale,
  });
}

export function useComplete(id: string) {
  return useWrite<Completion, { caseId: string; no: string }>({
    path: `/api/outside/${id}/complete`,
    stale: [...stale, ['case']],
  });
}

export function useSetAside(id: string) {
  return useWrite<{ note: string }>({ path: `/api/outside/${id}/set-aside`, stale });
}

export function useSeen(id: string) {
  return useWrite<Record<string, never>>({ path: `/api/outside/${id}/seen`, stale });
}

export function useReply(id: string) {
  return useWrite<ReplyBody>({ path: `/api/outside/${id}/reply`, stale });
}

export function useHanded(id: string) {
  return useWrite<{ way: 'csv' | 'copy' }>({ path: `/api/outside/${id}/handed`, stale });
}

export function useObject(id: string) {
  return useWrite<ObjectionBody>({ path: `/api/outside/${id}/object`, stale });
}

export function useAnswerObjection() {
  return useWrite<ObjectionAnswer & { readonly id: string }>({
    path: ({ id }) => `/api/objections/${id}/answer`,
    body: ({ outcome, answer }) => ({ outcome, answer }),
    stale,
  });
}

export function useMakeKey() {
  return useWrite<NewKey, { id: string; key: string }>({ path: '/api/door-keys', stale });
}

export function useRevokeKey() {
  return useWrite<{ readonly id: string }>({
    path: ({ id }) => `/api/door-keys/${id}/revoke`,
    body: () => ({}),
    stale,
  });
}
