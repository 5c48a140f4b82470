import { queryOptions } from '@tanstack/react-query';
import type {
  LiftEarthsBody,
  PermissionDesk,
  PermitBody,
  RefusePermissionBody,
  WithdrawPermissionBody,
} from '#modules/repair/permission-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const REFRESH = 10_000;
const stale = [['repair', 'permissions'], ['case']];

export const permissionsQuery = queryOptions({
  queryKey: ['repair', 'permissions'],
  queryFn: ({ signal }) => get<PermissionDesk>('/api/permissions', signal),
  refetchInterval: REFRESH,
});

export function usePermit() {
  return useWrite<PermitBody>({ path: '/api/permissions/permit', stale });
}

export function useRefusePermission() {
  return useWrite<RefusePermissionBody>({ path: '/api/permissions/refuse', stale });
}

export function useWithdrawPermission() {
  return useWrite<WithdrawPermissionBody>({ path: '/api/permissions/withdraw', stale });
}

export function useLiftEarths() {
  return useWrite<LiftEarthsBody>({ path: '/api/permissions/earths', stale });
}
