import { Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { ActionView, CaseView } from '#modules/case/case-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { useMay } from '../../../lib/session.ts';
import { useExplain } from '../../../lib/refusals.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useNames, useReturn, useTake } from '../case-queries.ts';
import { fieldMessages } from '../field-messages.ts';
import { messages, refusals } from '../messages.ts';
import { useLanguage } from '../../../lib/i18n.ts';
import styles from './CasePage.module.css';
import { OnesReason } from './OnesReason.tsx';
import { RejectForm } from './RejectForm.tsx';
import { SendCrew } from './SendCrew.tsx';
import { StepReportForm } from './StepReportForm.tsx';

type Order = NonNullable<CaseView['order']>;

/** What the server allows now, each open step with its way; what it does not allow stays in sight with the reason. */
export function CaseActions({ view, order }: { view: CaseView; order: Order }) {
  const t = useT(messages);
  const open = order.actions.filter((one) => one.action === 'take');
  if (order.state !== 'open') return null;
  return (
    <section>
      <h2>{t('case.actions')}</h2>
      {open.map((take) => (
        <OpenStep
          key={`${take.ref.step}@${take.ref.caseId ?? ''}#${take.ref.round}`}
          view={view}
          order={order}
          take={take}
        />
      ))}
    </section>
  );
}

function OpenStep({ view, order, take }: { view: CaseView; order: Order; take: ActionView }) {
  const t = useT(messages);
  const tField = useT(fieldMessages);
  const name = useNames();
  const { language } = useLanguage();
  const explain = useExplain();
  const taking = useTake(order.id);
  const maySend = useMay('crew.dispatch');
  const step = order.steps.find((one) => one.id === take.ref.step);
  const form = order.forms.find((one) => one.step === take.ref.step);
  const mayDo = order.actions.find((one) => one.action === 'do' && sameRef(one.ref, take.ref));
  const enterFor = order.actions.find((one) => one.action === 'enterFor' && sameRef(one.ref, take.ref));
  const reject = order.actions.find((one) => one.action === 'reject' && sameRef(one.ref, take.ref));
  const back = order.actions.find((one) => one.action === 'return' && sameRef(one.ref, take.ref));
  if (step === undefined || form === undefined) return null;
  // Sending a crew takes the step by itself; sending it back to be judged does not.
  const goesBack = (back?.to.length ?? 0) > 0;
  const reason = take.reason !== null && take.reason in refusals[language] ? take.reason : null;
  return (
    <div className={styles['form']}>
      <h3>{name(step.name)}</h3>
      <p>
        {t('case.what')} · <span lang="zh-CN">{step.what}</span>
      </p>
      <p className={styles['small']}>
        {t('case.how')} · <span lang="zh-CN">{step.how}</span>
      </p>
      {form.risk && (
        <p className={styles['small']}>
          {t('case.risk', { risk: form.risk.risk })} · {t('case.control', { control: form.risk.control })}
        </p>
      )}
      {form.sendsCrew && maySend && (take.allowed || mayDo?.allowed === true) && (
        <SendCrew orderId={order.id} />
      )}
      {form.sendsCrew && !maySend && <Link to="/dispatch">{t('case.atDispatch')}</Link>}
      {take.allowed && (!form.sendsCrew || goesBack) && (
        <div>
          <Button
            type={form.sendsCrew ? 'default' : 'primary'}
            loading={taking.isPending}
            onClick={() => taking.mutate({ seq: order.seq, ref: take.ref })}
          >
            {t(form.sendsCrew ? 'case.takeBack' : 'case.take', { step: name(step.name) })}
          </Button>
        </div>
      )}
      {mayDo?.allowed === true && form.judgement === null && !form.sendsCrew && (
        <StepReportForm caseId={view.id} order={order} form={form} target={take.ref} />
      )}
      {form.judgement !== null && (
        <p>
          <Link to={`/complaints/${view.id}`}>{t('case.atDesk')}</Link>
        </p>
      )}
      {mayDo?.allowed !== true && enterFor?.allowed === true && form.fieldPeople !== null && (
        <details>
          <summary>{tField('field.enterFor', { step: name(step.name) })}</summary>
          <div className={styles['form']}>
            <StepReportForm caseId={view.id} order={order} form={form} target={take.ref} forOther />
          </div>
        </details>
      )}
      {reject?.allowed === true && <RejectForm caseId={view.id} order={order} target={take.ref} />}
      {back?.allowed === true && back.to.length > 0 && <ReturnForm order={order} back={back} />}
      {!take.allowed && mayDo?.allowed !== true && reason !== null && (
        <p className={styles['small']}>
          {step.unit} · {refusals[language][reason as keyof (typeof refusals)['zh']]}
        </p>
      )}
      {taking.error && <ErrorPanel error={new Error(explain(taking.error).sentence)} />}
    </div>
  );
}

function ReturnForm({ order, back }: { order: Order; back: ActionView }) {
  const t = useT(messages);
  const name = useNames();
  const [to, setTo] = useState(back.to[0] ?? '');
  const [reason, setReason] = useState('');
  const [exception, setException] = useState<string | undefined>(undefined);
  const returning = useReturn(order.id);
  const broken = back.breaks.find((one) => one.to === to)?.ones ?? [];
  return (
    <details>
      <summary>{t('case.return')}</summary>
      <div className={styles['fields']}>
        <Select
          aria-label={t('case.returnTo')}
          value={to}
          options={back.to.map((id) => {
            const step = order.steps.find((one) => one.id === id);
            return { value: id, label: step === undefined ? id : name(step.name) };
          })}
          onChange={(id) => {
            setTo(id);
            setException(undefined);
          }}
        />
        <Input
          aria-label={t('case.reason')}
          placeholder={t('case.reason')}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <OnesReason reasons={order.onesReasons} broken={broken} value={exception} onChange={setException} />
        <Button
          disabled={reason.trim().length < 2 || (broken.length > 0 && exception === undefined)}
          loading={returning.isPending}
          onClick={() =>
            returning.mutate({
              seq: order.seq,
              from: back.ref,
              to,
              reason,
              ...(broken.length > 0 && exception !== undefined ? { exception } : {}),
            })
          }
        >
          {t('case.return')}
        </Button>
      </div>
      {returning.error && <ErrorPanel error={returning.error} kept />}
    </details>
  );
}

function sameRef(a: ActionView['ref'], b: ActionView['ref']): boolean {
  return a.step === b.step && a.caseId === b.caseId && a.round === b.round;
}
