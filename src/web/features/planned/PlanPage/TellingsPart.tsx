import { Button } from 'antd';
import type { PlanView, TellingByHand } from '#modules/outage/planned-api.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { messages } from '../messages.ts';
import { useTold } from '../planned-queries.ts';
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
  const recordOf = (row: TellingByHand) =>
    plan.mayTell && row.receiptAt === null && <Record row={row} told={told} />;
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
  const record = (receipt: boolean) => told.mutate({ id: row.id, receipt });
  return (
    <div className={styles['buttons']}>
      {row.toldAt === null && (
        <Button
          size="small"
          aria-label={t('hand.tellNamed', { name: row.name })}
          onClick={() => record(false)}
        >
          {t('hand.tell')}
        </Button>
      )}
      <Button
        size="small"
        aria-label={t('hand.receiptNamed', { name: row.name })}
        onClick={() => record(true)}
      >
        {t('hand.receipt')}
      </Button>
    </div>
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
  if (row.message === 'failed') return t('hand.failed');
  if (row.toldAt !== null) return t('hand.toldAt', when(row.toldAt));
  return (
    <>
      {t('hand.waiting')} {row.dueAt !== null && <TimeLeft deadline={{ dueAt: row.dueAt }} />}
    </>
  );
}
