import { queryOptions } from '@tanstack/react-query';
import { get } from '../../lib/api.ts';
import { sessionQuery } from '../../lib/session.ts';
import { useWrite } from '../../lib/use-write.ts';

const PATH = '/api/session/second-factor';

export const factorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: ({ signal }) =>
    get<{ readonly since: number | null; readonly recoveryLeft: number; readonly required: boolean }>(
      PATH,
      signal,
    ),
});

export const ruleQuery = queryOptions({
  queryKey: ['second-factor', 'rule'],
  queryFn: ({ signal }) =>
    get<{ readonly required: boolean; readonly without: readonly { readonly name: string }[] }>(
      '/api/security/second-factor',
      signal,
    ),
});

export function useBeginFactor() {
  return useWrite<{ password: string }, { secret: string; otpauth: string }>({ path: PATH });
}

export function useConfirmFactor() {
  return useWrite<{ code: string }, { recoveryCodes: readonly string[] }>({ path: `${PATH}/confirm` });
}

export function useEndFactor() {
  return useWrite<{ password: string; code: string }>({
    path: `${PATH}/end`,
    stale: [factorQuery.queryKey, sessionQuery.queryKey],
  });
}

export function useFactorRule() {
  return useWrite<{ required: boolean }>({
    method: 'PUT',
    path: '/api/security/second-factor',
    stale: [ruleQuery.queryKey, factorQuery.queryKey, sessionQuery.queryKey],
  });
}
