import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import type { DispatchView } from '#modules/repair/dispatch-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../dispatch-messages.ts';
import { DISPATCH_KEY, dispatchQuery } from '../dispatch-queries.ts';
import styles from './DispatchPage.module.css';
import { ModePart } from './ModePart.tsx';
import { StandByPart } from './StandByPart.tsx';
import { TravelPart } from './TravelPart.tsx';
import { UnderWayPart } from './UnderWayPart.tsx';
import { WaitingOrder } from './WaitingOrder.tsx';

export const route = createLazyRoute('/dispatch')({ component: DispatchPage });

/** Arrivals move with the clock, also where nothing happened. */
const AGAIN_MS = 20_000;

/** Which crew goes where: proposals with their reasons, who is out, how it is dispatched. */
function DispatchPage() {
  const t = useT(messages);
  const { data, error, refetch } = useQuery({ ...dispatchQuery, refetchInterval: AGAIN_MS });
  useLive(['work'], DISPATCH_KEY);
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return (
    <div className={styles['page']}>
      <PageHead title={t('place.dispatchName')} owner={t('dispatch.owner')} />
      <ModePart view={data} />
      <Waiting view={data} />
      <StandByPart view={data} />
      <UnderWayPart view={data} />
      <TravelPart view={data} />
    </div>
  );
}

function Waiting({ view }: { view: DispatchView }) {
  const t = useT(messages);
  if (view.orders.length === 0) return <EmptyState title={t('waiting.none')} body={t('waiting.noneBody')} />;
  const worstFirst = view.orders.toSorted(
    (a, b) =>
      Number(b.hazard) - Number(a.hazard) ||
      Number(b.important || b.medical > 0) - Number(a.important || a.medical > 0) ||
      a.dueAt - b.dueAt,
  );
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">{t('waiting.title', { n: view.orders.filter((one) => !one.drill).length })}</h2>
      <ul className={styles['orders']}>
        {worstFirst.map((order) => (
          <WaitingOrder key={order.orderId} view={view} order={order} />
        ))}
      </ul>
    </section>
  );
}
