import { queryOptions } from '@tanstack/react-query';
import type { DarkAlarms, EndAlarm } from '#modules/outage/dark-alarm-api.ts';
import type { ReportNotice, SupplyNotices } from '#modules/outage/supply-notice-api.ts';
import { get } from '../../lib/api.ts';
import { useWrite } from '../../lib/use-write.ts';

const NOTICES_KEY = ['supply-notices'] as const;
const stale = [NOTICES_KEY];
/** Faults report themselves every ten seconds. */
const REFRESH = 10_000;

export const noticesQuery = queryOptions({
  queryKey: [...NOTICES_KEY, 'list'],
  queryFn: ({ signal }) => get<SupplyNotices>('/api/supply-notices', signal),
  refetchInterval: REFRESH,
});

export const alarmsQuery = queryOptions({
  queryKey: [...NOTICES_KEY, 'alarms'],
  queryFn: ({ signal }) => get<DarkAlarms>('/api/dark-alarms', signal),
  refetchInterval: REFRESH,
});

export function useReportNotice() {
  return useWrite<ReportNotice>({ path: '/api/supply-notices', stale });
}

export type NoticeStepInput = {
  readonly id: string;
  readonly step: 'change' | 'restored' | 'closed';
  readonly body: Readonly<Record<string, number | null>>;
};

export function useNoticeStep() {
  return useWrite<NoticeStepInput>({
    path: ({ id, step }) => `/api/supply-notices/${id}/${step}`,
    body: ({ body }) => body,
    stale,
  });
}

export function useEndAlarm() {
  return useWrite<EndAlarm & { readonly id: string }>({
    path: ({ id }) => `/api/dark-alarms/${id}/end`,
    body: ({ outcome }) => ({ outcome }),
    stale,
  });
}
