import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { MINUTE } from '#kernel/instant.ts';
import type { DispatchView, Proposal } from '#modules/repair/dispatch-api.ts';
import { formatNumber, formatTime } from '../../../lib/format.ts';
import { type Translate, useT } from '../../../lib/i18n.ts';
import { useKeys } from '../../../lib/keys.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { proposalsQuery, useSend } from '../command-queries.ts';
import { type CommandMessage, messages } from '../messages.ts';
import styles from './OrderPanel.module.css';

/** Who should go to an order that nobody was sent to: why, and what the two others would cost. */
export function DispatchPart({ orderId }: { orderId: string }) {
  const t = useT(messages);
  const { data, error, refetch } = useQuery(proposalsQuery);
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  // Its step of dispatching is not open yet, or a crew was sent meanwhile.
  if (!data?.orders.some((one) => one.orderId === orderId)) return null;
  const proposal = data.proposals.find((one) => one.orderId === orderId);
  return (
    <section>
      <h3>{t('send.title')}</h3>
      {proposal === undefined ? (
        <p>{notNow(data, orderId, t)}</p>
      ) : (
        <Proposed view={data} proposal={proposal} />
      )}
      <Link to="/dispatch" className={styles['link'] ?? ''}>
        {t('send.choose')}
      </Link>
    </section>
  );
}

function notNow(view: DispatchView, orderId: string, t: Translate<CommandMessage>): string {
  if (view.unplanned.some((one) => one.orderId === orderId)) return t('send.unplanned');
  const arranged = view.arranged.find((one) => one.orderId === orderId);
  const crew = view.crews.find((one) => one.id === arranged?.crewId);
  if (arranged === undefined || crew === undefined) return t('send.waits');
  return t('send.arranged', { crew: crew.name, time: formatTime(arranged.arrivesAt) });
}

function Proposed({ view, proposal }: { view: DispatchView; proposal: Proposal }) {
  const t = useT(messages);
  const sending = useSend(proposal.orderId);
  const { crewId, arrivesAt, needsClick, alternatives } = proposal;
  const nameOf = (id: string) => view.crews.find((one) => one.id === id)?.name ?? '';
  const lead = view.crews.find((one) => one.id === crewId)?.lead.name ?? '';
  const send = () => sending.mutate({ crewId });
  useKeys(t('keys.panel'), [
    { key: 's', label: t('keys.send'), run: send, disabled: !view.maySend || sending.isPending },
  ]);
  return (
    <>
      <p>
        {t('send.arrives', { lead, time: formatTime(arrivesAt) })} · {reasonsOf(proposal, t)}
        {needsClick && ` · ${t('send.crossing')}`}
      </p>
      <div className={styles['do']}>
        {view.maySend ? (
          <Button type="primary" loading={sending.isPending} onClick={send}>
            {t('send.to', { crew: nameOf(crewId) })} <kbd>S</kbd>
          </Button>
        ) : (
          <strong>{nameOf(crewId)}</strong>
        )}
      </div>
      {sending.error && <ErrorPanel error={sending.error} kept />}
      <ul className={styles['lines']}>
        {alternatives.map((one) => (
          <li key={one.crewId}>
            {t('send.alternative', {
              crew: nameOf(one.crewId),
              time: formatTime(one.arrivesAt),
              late: Math.round((one.arrivesAt - arrivesAt) / MINUTE),
              cost: formatNumber(Math.round(one.moreCost)),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

function reasonsOf({ reasons }: Proposal, t: Translate<CommandMessage>): string {
  return reasons
    .map((one) =>
      t(`reason.${one.why}`, {
        minutes: 'minutesLeft' in one ? one.minutesLeft : 'minutes' in one ? one.minutes : '',
      }),
    )
    .join(' · ');
}
