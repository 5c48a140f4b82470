import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { DispatchView, OrderToSend, Proposal } from '#modules/repair/dispatch-api.ts';
import { formatNumber, formatTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { messages } from '../dispatch-messages.ts';
import { candidatesQuery, useSend } from '../dispatch-queries.ts';
import { SkillNames } from '../SkillNames.tsx';
import styles from './DispatchPage.module.css';
import { ReasonWords } from './ReasonWords.tsx';

const MINUTE = 60_000;

type Sending = ReturnType<typeof useSend>;

/** One order: what it is on the left, who should go and why on the right. */
export function WaitingOrder({ view, order }: { view: DispatchView; order: OrderToSend }) {
  const sending = useSend(order.orderId);
  const proposal = view.proposals.find((one) => one.orderId === order.orderId);
  return (
    <li className={styles['order']}>
      <What order={order} />
      <div>
        {proposal === undefined ? (
          <NotNow view={view} order={order} />
        ) : (
          <Proposed view={view} proposal={proposal} sending={sending} />
        )}
        {view.maySend && <Others order={order} sending={sending} />}
        {sending.error && <ErrorPanel error={sending.error} kept />}
      </div>
    </li>
  );
}

function What({ order }: { order: OrderToSend }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { caseId, no, reportedAt, dueAt, village, point, card, process, skills, repairMinutes } = order;
  return (
    <div>
      <div className={styles['line']}>
        <CaseLink caseId={caseId} number={no} />
        {order.drill && <span className={styles['mark']}>{t('order.drill')}</span>}
        <TimeLeft deadline={{ startedAt: reportedAt, dueAt }} />
        {order.hazard && <strong className={styles['mark']}>{t('order.hazard')}</strong>}
        {order.important && !order.hazard && <span className={styles['mark']}>{t('order.important')}</span>}
        {order.medical > 0 && (
          <span className={styles['mark']}>{t('order.medical', { n: order.medical })}</span>
        )}
      </div>
      <div>
        {card?.name[language] ?? process[language]} ·{' '}
        {t('order.customers', { n: formatNumber(order.customers) })}
      </div>
      <div className={styles['small']}>
        {village} {t('order.grid', { point: point.name })}
        {!order.placeKnown && ` · ${t('order.placeUnknown')}`}
      </div>
      <div className={styles['small']}>
        <SkillNames skills={skills} /> {t('order.about', { minutes: repairMinutes })}
        {order.holder && ` · ${t('order.held', { name: order.holder.name })}`}
      </div>
      {order.givenBack && (
        <b>
          {t('order.givenBack', {
            crew: order.givenBack.crew,
            reason: order.givenBack.reason[language],
            time: formatTime(order.givenBack.at),
          })}
        </b>
      )}
    </div>
  );
}

function Proposed(props: { view: DispatchView; proposal: Proposal; sending: Sending }) {
  const t = useT(messages);
  const { view, proposal, sending } = props;
  const { crewId, arrivesAt, needsClick, reasons, alternatives } = proposal;
  const crew = view.crews.find((one) => one.id === crewId);
  const nameOf = (id: string) => view.crews.find((one) => one.id === id)?.name ?? '';
  if (crew === undefined) return null;
  const label = t(needsClick ? 'send.crossing' : 'send.to', { crew: crew.name });
  return (
    <>
      <div className={styles['line']}>
        {view.maySend ? (
          <Button type="primary" loading={sending.isPending} onClick={() => sending.mutate({ crewId })}>
            {label}
          </Button>
        ) : (
          <b>{label}</b>
        )}
        <span>{t('send.arrives', { lead: crew.lead.name, time: formatTime(arrivesAt) })}</span>
      </div>
      <div>
        <ReasonWords reasons={reasons} nameOf={nameOf} />
      </div>
      <details>
        <summary>{t('send.alternatives')}</summary>
        {alternatives.length === 0 && <p>{t('send.none')}</p>}
        <ul className={styles['plain']}>
          {alternatives.map((one) => (
            <li key={one.crewId}>
              {t(one.arrivesAt < arrivesAt ? 'send.sooner' : 'send.later', {
                crew: nameOf(one.crewId),
                time: formatTime(one.arrivesAt),
                n: Math.abs(Math.round((one.arrivesAt - arrivesAt) / MINUTE)),
                cost: formatNumber(Math.round(one.moreCost)),
              })}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function NotNow({ view, order }: { view: DispatchView; order: OrderToSend }) {
  const t = useT(messages);
  const arranged = view.arranged.find((one) => one.orderId === order.orderId);
  const unplanned = view.unplanned.find((one) => one.orderId === order.orderId);
  const crew = view.crews.find((one) => one.id === arranged?.crewId);
  if (order.drill) return <b>{t('order.drillByHand')}</b>;
  if (unplanned !== undefined) return <b>{t(`unplanned.${unplanned.why}`)}</b>;
  if (arranged === undefined || crew === undefined) return <b>{t('send.waits')}</b>;
  return <b>{t('send.arranged', { crew: crew.name, time: formatTime(arranged.arrivesAt) })}</b>;
}

/** Every crew that stands ready, asked for only when somebody wants to choose himself. */
function Others({ order, sending }: { order: OrderToSend; sending: Sending }) {
  const t = useT(messages);
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('send.others')}</summary>
      {open && <Crews order={order} sending={sending} />}
    </details>
  );
}

const SHOWN = 12;

function Crews({ order, sending }: { order: OrderToSend; sending: Sending }) {
  const t = useT(messages);
  const { data, error, refetch } = useQuery(candidatesQuery(order.orderId));
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <RowsSkeleton rows={4} />;
  return (
    <ul className={styles['plain']}>
      {data.slice(0, SHOWN).map((crew) => (
        <li key={crew.crewId}>
          <span>{crew.name}</span>
          <span className={styles['small']}>
            {t('send.arrives', { lead: crew.lead, time: formatTime(crew.arrivesAt) })}
          </span>
          {crew.lacks === null || crew.lacks === 'materials' || crew.lacks === 'gave-back' ? (
            <Button
              size="small"
              loading={sending.isPending && sending.variables.crewId === crew.crewId}
              onClick={() => sending.mutate({ crewId: crew.crewId })}
            >
              {t('send.to', { crew: crew.name })}
            </Button>
          ) : null}
          {crew.lacks !== null && <span className={styles['small']}>{t(`send.lacks.${crew.lacks}`)}</span>}
        </li>
      ))}
    </ul>
  );
}
