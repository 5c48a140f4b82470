import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { AnswerReason, CustomerAnswer } from '#modules/outage/domain/index.ts';
import type { ConsultationView, PlanView } from '#modules/outage/planned-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { messages } from '../messages.ts';
import { instantOf, spanWords } from '../plan-words.ts';
import { useAnswerOf } from '../planned-queries.ts';
import styles from './PlanPage.module.css';

const MINUTE = 60_000;
const ANSWERS: readonly CustomerAnswer[] = ['agrees', 'adjust', 'disagrees'];
const REASONS: readonly AnswerReason[] = [
  'production',
  'event',
  'medical',
  'cold-chain',
  'construction',
  'other',
];

/** What the customers who are asked first said to the time; whoever asks records it here. */
export function ConsultPart({ plan }: { plan: PlanView }) {
  const t = useT(messages);
  if (plan.computedAt === null) return null;
  return (
    <section>
      <h2>{t('plan.consult')}</h2>
      {plan.consultations.length === 0 ? (
        <p className={styles['quiet']}>{t(plan.next === 'ask' ? 'plan.notAsked' : 'plan.nobodyAsked')}</p>
      ) : (
        <ul className={styles['consult']}>
          {plan.consultations.map((one) => (
            <Customer key={one.householdId} plan={plan} one={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Customer({ plan, one }: { plan: PlanView; one: ConsultationView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const [asking, setAsking] = useState(false);
  const { windowFrom, windowTo, state } = one;
  return (
    <li>
      <div className={styles['line']}>
        <strong>
          {one.name} {one.accountNo}
        </strong>
        <small>{one.kinds.map((kind) => t(`affected.${kind}`)).join(' · ')}</small>
        <small>{one.manager}</small>
        <span>
          {t(`consult.${state}`)}
          {one.reason !== null && ` · ${t(`consult.why.${one.reason}`)}`}
          {windowFrom !== null && windowTo !== null && (
            <> · {spanWords({ from: windowFrom, until: windowTo }, now, language)}</>
          )}
          {one.contacts > 0 && <small> {t('consult.contacts', { n: one.contacts })}</small>}
        </span>
        {state === 'waiting' && <TimeLeft deadline={{ dueAt: one.dueAt, startedAt: one.askedAt }} />}
        {plan.mayAnswer && !asking && (
          <Button
            size="small"
            aria-label={`${t('consult.record')} ${one.name}`}
            onClick={() => setAsking(true)}
          >
            {t('consult.record')}
          </Button>
        )}
      </div>
      {plan.mayAnswer && asking && <AnswerForm plan={plan} one={one} onDone={() => setAsking(false)} />}
    </li>
  );
}

function AnswerForm({ plan, one, onDone }: { plan: PlanView; one: ConsultationView; onDone: () => void }) {
  const t = useT(messages);
  const saving = useAnswerOf(plan.id, one.householdId);
  const [answer, setAnswer] = useState<CustomerAnswer>('agrees');
  const [reason, setReason] = useState<AnswerReason>('production');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const wished = from !== '' && to !== '' ? { windowFrom: instantOf(from), windowTo: instantOf(to) } : {};
  const save = (said: CustomerAnswer | null) =>
    saving.mutate(
      { answer: said, ...(said === 'adjust' || said === 'disagrees' ? { reason, ...wished } : {}) },
      { onSuccess: onDone },
    );
  return (
    <div className={styles['form']}>
      <Segmented<CustomerAnswer>
        aria-label={t('consult.answer')}
        value={answer}
        options={ANSWERS.map((value) => ({ value, label: t(`consult.${value}`) }))}
        onChange={setAnswer}
      />
      {answer !== 'agrees' && (
        <>
          <Select<AnswerReason>
            aria-label={t('consult.why')}
            value={reason}
            options={REASONS.map((value) => ({ value, label: t(`consult.why.${value}`) }))}
            onChange={setReason}
          />
          <Input
            type="datetime-local"
            aria-label={t('consult.from')}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <Input
            type="datetime-local"
            aria-label={t('consult.to')}
            value={to}
            onChange={(event) => setTo(event.target.value)}
          />
        </>
      )}
      {saving.error && <ErrorPanel error={saving.error} kept />}
      <div className={styles['buttons']}>
        <Button type="primary" loading={saving.isPending} onClick={() => save(answer)}>
          {t('consult.record')}
        </Button>
        <Button loading={saving.isPending} onClick={() => save(null)}>
          {t('consult.contact')}
        </Button>
        <Button type="text" onClick={onDone}>
          {t('form.back')}
        </Button>
      </div>
    </div>
  );
}
