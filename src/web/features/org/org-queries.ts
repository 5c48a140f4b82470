import { queryOptions } from '@tanstack/react-query';
import type {
  CompanyBody,
  CompanyView,
  IssuedCode,
  NewPerson,
  NewUnit,
  OrgChoices,
  PeoplePage,
  PersonBody,
  PersonView,
  PostBody,
  SessionRow,
  UnitBody,
} from '#modules/org/admin-api.ts';
import { get } from '../../lib/api.ts';
import { sessionQuery } from '../../lib/session.ts';
import { useWrite } from '../../lib/use-write.ts';

export type PeopleSearch = { readonly unit?: string; readonly role?: string };

const stale = [['org']];

export const choicesQuery = queryOptions({
  queryKey: ['org', 'choices'],
  queryFn: ({ signal }) => get<OrgChoices>('/api/org/choices', signal),
});

export const companyQuery = queryOptions({
  queryKey: ['org', 'company'],
  queryFn: ({ signal }) => get<CompanyView>('/api/org/company', signal),
});

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['org', 'person', id],
    queryFn: ({ signal }) => get<PersonView>(`/api/org/people/${id}`, signal),
  });

export const ownSessionsQuery = queryOptions({
  queryKey: ['org', 'sessions', 'own'],
  queryFn: ({ signal }) => get<readonly SessionRow[]>('/api/sessions', signal),
});

export const allSessionsQuery = queryOptions({
  queryKey: ['org', 'sessions', 'all'],
  queryFn: ({ signal }) => get<readonly SessionRow[]>('/api/security/sessions', signal),
});

export async function fetchPeople(
  search: PeopleSearch & { readonly q: string },
  after: string | null,
  signal: AbortSignal,
): Promise<PeoplePage> {
  const query = new URLSearchParams({ ...search, ...(after === null ? {} : { after }) });
  return await get<PeoplePage>(`/api/org/people?${query.toString()}`, signal);
}

export function useAddPerson() {
  return useWrite<NewPerson, { readonly id: string }>({ path: '/api/org/people', stale });
}

export function useChangePerson(id: string) {
  return useWrite<PersonBody>({ method: 'PUT', path: `/api/org/people/${id}`, stale });
}

export type PostAct = 'transfer' | 'add-post' | 'end-post';

export function usePostAct(id: string) {
  return useWrite<{ readonly act: PostAct; readonly at: PostBody }>({
    path: ({ act }) => `/api/org/people/${id}/${act}`,
    body: ({ at }) => at,
    stale,
  });
}

export function useLeave(id: string) {
  return useWrite<object>({ path: `/api/org/people/${id}/leave`, stale });
}

export function useOpenAccount(id: string) {
  return useWrite<{ readonly login: string }, IssuedCode>({ path: `/api/org/people/${id}/account`, stale });
}

export function useResetAccount(id: string) {
  return useWrite<object, IssuedCode>({ path: `/api/org/people/${id}/account/reset`, stale });
}

export type AccountAct = 'disable' | 'enable' | 'unlock';

export function useAccountAct(id: string) {
  return useWrite<{ readonly act: AccountAct }>({
    path: ({ act }) => `/api/org/people/${id}/account/${act}`,
    body: () => ({}),
    stale,
  });
}

export function useRoleAct(id: string) {
  return useWrite<{ readonly act: 'grant' | 'revoke'; readonly role: string }>({
    path: ({ act }) => `/api/security/people/${id}/roles/${act}`,
    body: ({ role }) => ({ role }),
    stale,
  });
}

export function useRename() {
  return useWrite<CompanyBody>({
    method: 'PUT',
    path: '/api/org/company',
    stale: [...stale, sessionQuery.queryKey],
  });
}

export function useAddUnit() {
  return useWrite<NewUnit>({ path: '/api/org/units', stale });
}

export function useChangeUnit(id: string) {
  return useWrite<UnitBody>({ method: 'PUT', path: `/api/org/units/${id}`, stale });
}

export function useCloseUnit() {
  return useWrite<{ readonly id: string }>({
    path: ({ id }) => `/api/org/units/${id}/close`,
    body: () => ({}),
    stale,
  });
}

/** One's own session by the one door, anybody's by the other. */
export function useEndSession(of: 'own' | 'anybody') {
  return useWrite<{ readonly id: string }>({
    path: ({ id }) => (of === 'own' ? `/api/sessions/${id}/end` : `/api/security/sessions/${id}/end`),
    body: () => ({}),
    stale,
  });
}
