import { queryOptions } from '@tanstack/react-query';
import type { FaultCardList } from '#modules/repair/fault-card-api.ts';
import { get } from '../../lib/api.ts';

export const faultCardsQuery = queryOptions({
  queryKey: ['repair', 'fault-cards'],
  queryFn: ({ signal }) => get<FaultCardList>('/api/fault-cards', signal),
});
