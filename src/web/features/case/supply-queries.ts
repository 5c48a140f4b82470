import { queryOptions } from '@tanstack/react-query';
import type { AddGroupBody, RecordSupplyBody, SupplyView } from '#modules/case/supply-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const REFRESH = 5000;
const stale = [['case']];

export const supplyQuery = (orderId: string) =>
  queryOptions({
    queryKey: ['case', 'supply', orderId],
    queryFn: ({ signal }) => get<SupplyView>(`/api/orders/${orderId}/supply`, signal),
    refetchInterval: REFRESH,
  });

export function useAddGroup(orderId: string) {
  return useWrite<AddGroupBody>({ path: `/api/orders/${orderId}/supply-groups`, stale });
}

export function useRecordSupply(orderId: string) {
  return useWrite<RecordSupplyBody>({ path: `/api/orders/${orderId}/supply`, stale });
}
