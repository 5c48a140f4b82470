import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { WorkItem } from '#modules/case/case-list-api.ts';
import type { OutsideOfCase } from '#modules/door/door-api.ts';
import { get } from '../../lib/api.ts';
import { formatDateTime, formatPercent } from '../../lib/format.ts';
import { useLanguage, useT } from '../../lib/i18n.ts';
import { useNow } from '../../lib/server-clock.ts';
import { useMay } from '../../lib/session.ts';
import { usedShare } from '../../lib/time-left.ts';
import { outsideMessages } from './outside-messages.ts';
import styles from './WorkPage/WorkPage.module.css';

const MINUTE = 60_000;
const OUTSIDE = ['95598', '12398', '12345'];

const outsideQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case', 'outside', caseId],
    queryFn: ({ signal }) =>
      get<{ readonly order: OutsideOfCase | null }>(`/api/cases/${caseId}/outside`, signal),
  });

/** Whose order a case is, and what of its time was used before it reached us. */
export function OutsideLine({ caseId, channel }: { caseId: string; channel: string }) {
  const t = useT(outsideMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const mayOpen = useMay('door.reply');
  const { data } = useQuery({ ...outsideQuery(caseId), enabled: OUTSIDE.includes(channel) });
  const order = data?.order ?? null;
  if (order === null) return null;
  const params = {
    door: order.door,
    number: order.number,
    started: formatDateTime(order.startedAt, now, language),
    received: formatDateTime(order.receivedAt, now, language),
  };
  return (
    <p>
      {order.usedBefore === null
        ? t('outside.lineNoClock', params)
        : t('outside.line', { ...params, used: formatPercent(order.usedBefore) })}{' '}
      {mayOpen && (
        <Link to="/outside/$id" params={{ id: order.id }} className={styles['inText'] ?? ''}>
          {t('outside.open')}
        </Link>
      )}
    </p>
  );
}

/** Of another system's order: the share of its time that is used, for it came partly used. */
export function OutsideChip({ item }: { item: WorkItem }) {
  const t = useT(outsideMessages);
  const now = useNow(MINUTE);
  if (item.outside === null) return null;
  const used = formatPercent(usedShare(item.outside, now));
  return <span className={styles['mark']}>{t('outside.chip', { door: item.channel, used })}</span>;
}
