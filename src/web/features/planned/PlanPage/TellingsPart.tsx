import { Button, Input } from 'antd';
import { useState } from 'react';
import type { TellingDecision } from '#modules/outage/domain/index.ts';
import type { PlanView, TellingByHand } from '#modules/outage/planned-api.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { messages } from '../messages.ts';
import { useTellingDecision, useTold } from '../planned-queries.ts';
import styles from './PlanPage.module.css';

const MINUTE = 60_000;

/** Who was told what and how, with what is known of it having arrived; and who is told by hand. */
export function TellingsPart({ plan }: { plan: PlanView }) {
  const t = useT(messages);
  return (
    <section>
      <h2>{t('plan.tellings')}</h2>
      {plan.computedAt !== null && (
        <p>
          <a href={`/outages/plans/${plan.id}/notice`} target="_blank" rel="noreferrer">
            {t('plan.print')}
          </a>
        </p>
      )}
      {plan.tellings.length === 0 ? (
        <p className={styles['quiet']}>{t('plan.noTellings')}</p>
      ) : (
        <PlainTable
          rows={plan.tellings.map((one) => ({
            id: `${one.round} ${one.cause} ${one.target} ${one.way}`,
            ...one,
          }))}
          columns={[
            { title: t('telling.what'), cell: (row) => t(`cause.${row.cause}`) },
            {
              title: t('telling.target'),
              cell: (row) => `${t(`target.${row.target}`)} · ${t(`way.${row.way}` as 'way.sms')}`,
            },
            { title: t('telling.count'), minor: true, cell: (row) => formatNumber(row.count) },
            { title: t('telling.told'), cell: (row) => formatNumber(row.told) },
            { title: t('telling.sent'), cell: (row) => (row.way === 'sms' ? formatNumber(row.sent) : '—') },
            {
              title: t('telling.failed'),
              minor: true,
              cell: (row) => (row.way === 'sms' ? formatNumber(row.failed) : '—'),
            },
            { title: t('telling.receipts'), minor: true, cell: (row) => formatNumber(row.receipts) },
          ]}
        />
      )}
      {plan.byHand.length > 0 && <ByHand plan={plan} />}
    </section>
  );
}

function ByHand({ plan }: { plan: PlanView }) {
  const t = useT(messages);
  const told = useTold();
  const recordOf = (row: TellingByHand) => {
    if (row.open) return <Decide plan={plan} row={row} told={told} />;
    return plan.mayTell && row.receiptAt === null && <Record row={row} told={told} />;
  };
  return (
    <>
      <h3>{t('plan.byHand')}</h3>
      {told.error && <ErrorPanel error={told.error} kept />}
      <PlainTable
        rows={plan.byHand}
        columns={[
          {
            title: t('hand.name'),
            cell: (row) => `${row.name} ${row.accountNo ?? ''}`,
          },
          {
            title: t('telling.way'),
            cell: (row) => `${t(`target.${row.target}`)} · ${t(`way.${row.way}` as 'way.sms')}`,
          },
          { title: t('hand.state'), cell: stateOf },
          {
            title: t('consult.actions'),
            cell: recordOf,
          },
        ]}
      />
    </>
  );
}

function Record({ row, told }: { row: TellingByHand; told: ReturnType<typeof useTold> }) {
  const t = useT(messages);
  return (
    <div className={styles['buttons']}>
      {row.toldAt === null && (
        <Button
          size="small"
          aria-label={t('hand.tellNamed', { name: row.name })}
          onClick={() => told.mutate({ id: row.id, receipt: false })}
        >
          {t('hand.tell')}
        </Button>
      )}
      <Receipt row={row} told={told} />
    </div>
  );
}

/** The message did not arrive, or too late: somebody tells him, or the deputy manager goes on without, each with the reason. */
function Decide({
  plan,
  row,
  told,
}: {
  plan: PlanView;
  row: TellingByHand;
  told: ReturnType<typeof useTold>;
}) {
  const t = useT(messages);
  const deciding = useTellingDecision();
  const [wanted, setWanted] = useState<TellingDecision | null>(null);
  const [reason, setReason] = useState('');
  const { id, name } = row;
  if (wanted === null)
    return (
      <div className={styles['buttons']}>
        {plan.mayTell && (
          <Button
            size="small"
            aria-label={t('hand.inPersonNamed', { name })}
            onClick={() => setWanted('in-person')}
          >
            {t('hand.inPerson')}
          </Button>
        )}
        {plan.mayTell && row.receiptAt === null && <Receipt row={row} told={told} />}
        {plan.mayGoOn && (
          <Button size="small" aria-label={t('hand.goOnNamed', { name })} onClick={() => setWanted('go-on')}>
            {t('hand.goOn')}
          </Button>
        )}
      </div>
    );
  const words = reason.trim();
  return (
    <div className={styles['form']}>
      <label>
        <span>{t(`hand.reasonOf.${wanted}`)} *</span>
        <Input maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
      {deciding.error && <ErrorPanel error={deciding.error} kept />}
      <div className={styles['buttons']}>
        <Button
          type="primary"
          disabled={words.length < 2}
          loading={deciding.isPending}
          onClick={() => deciding.mutate({ id, decision: wanted, reason: words })}
        >
          {t(wanted === 'go-on' ? 'hand.goOn' : 'hand.inPerson')}
        </Button>
        <Button type="text" onClick={() => setWanted(null)}>
          {t('form.back')}
        </Button>
      </div>
    </div>
  );
}

function Receipt({ row, told }: { row: TellingByHand; told: ReturnType<typeof useTold> }) {
  const t = useT(messages);
  return (
    <Button
      size="small"
      aria-label={t('hand.receiptNamed', { name: row.name })}
      onClick={() => told.mutate({ id: row.id, receipt: true })}
    >
      {t('hand.receipt')}
    </Button>
  );
}

function stateOf(row: TellingByHand) {
  return <State row={row} />;
}

function State({ row }: { row: TellingByHand }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const when = (at: number) => ({ time: formatDateTime(at, now, language) });
  if (row.receiptAt !== null) return t('hand.receiptAt', when(row.receiptAt));
  const { decision, decidedAt, decidedBy, decisionReason } = row;
  if (decision !== null && decidedAt !== null)
    return t(`hand.decided.${decision}`, {
      name: decidedBy ?? '',
      reason: decisionReason ?? '',
      ...when(decidedAt),
    });
  if (row.message === 'failed') return t('hand.failed');
  if (row.open && row.toldAt !== null) return t('hand.late', when(row.toldAt));
  if (row.toldAt !== null) return t('hand.toldAt', when(row.toldAt));
  return (
    <>
      {t('hand.waiting')} {row.dueAt !== null && <TimeLeft deadline={{ dueAt: row.dueAt }} />}
    </>
  );
}
