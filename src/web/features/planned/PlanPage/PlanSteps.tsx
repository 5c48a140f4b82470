import { Button, Input } from 'antd';
import { useState } from 'react';
import type { PlanAction, PlanView } from '#modules/outage/planned-api.ts';
import { formatNumber } from '../../../lib/format.ts';
import { lookUp, useLanguage, useT } from '../../../lib/i18n.ts';
import { ActionBar, type PageAction } from '../../../ui/ActionBar.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { type Chosen, DeviceChoice } from '../DeviceChoice.tsx';
import { messages, refusals } from '../messages.ts';
import { fieldOf, instantOf } from '../plan-words.ts';
import { useStep } from '../planned-queries.ts';
import styles from './PlanPage.module.css';

/** These ask for something before they are done. */
const ASKS: readonly PlanAction[] = [
  'submit',
  'announce',
  'override',
  'move',
  'cancel',
  'extend',
  'devices',
  'authority',
];

/** The next step at the foot of the page, the others beside it; what asks for a time or a reason opens its form first. */
export function PlanSteps({ plan }: { plan: PlanView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const step = useStep(plan.id);
  const [asking, setAsking] = useState<PlanAction | null>(null);
  const send = (action: PlanAction, body: Readonly<Record<string, unknown>>) =>
    step.mutate({ action, body: { seq: plan.seq, ...body } }, { onSuccess: () => setAsking(null) });
  const [block] = plan.blocks;
  const reason =
    block === undefined ? undefined : (lookUp(refusals, language, block.code, block.detail) ?? block.code);
  const actionOf = (action: PlanAction): PageAction => ({
    id: action,
    label: t(`action.${action}`),
    allowed: action !== plan.next || block === undefined,
    ...(reason === undefined ? {} : { reason }),
    busy: step.isPending,
    run: () => {
      if (ASKS.includes(action)) setAsking(action);
      else if (action === 'approve') send(action, { way: plan.meetsOn === null ? 'approval' : 'meeting' });
      else send(action, {});
    },
  });
  // Only the next step is the primary one; where it is somebody else's, nothing is.
  const mine = plan.next !== null && plan.actions[0] === plan.next;
  const others = mine ? plan.actions.slice(1) : plan.actions;
  return (
    <>
      {step.error && <ErrorPanel error={step.error} kept />}
      {asking !== null && (
        <StepForm
          key={asking}
          plan={plan}
          action={asking}
          busy={step.isPending}
          send={send}
          onBack={() => setAsking(null)}
        />
      )}
      {asking === null && plan.actions.length > 0 && (
        <ActionBar
          {...(mine && plan.next !== null ? { primary: actionOf(plan.next) } : {})}
          others={others.map((action) => actionOf(action))}
        />
      )}
    </>
  );
}

type FormProps = {
  plan: PlanView;
  action: PlanAction;
  busy: boolean;
  send: (action: PlanAction, body: Readonly<Record<string, unknown>>) => void;
  onBack: () => void;
};

function StepForm(props: FormProps) {
  const t = useT(messages);
  const { action, plan, busy, send, onBack } = props;
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState(fieldOf(plan.from));
  const [until, setUntil] = useState(fieldOf(plan.until));
  const label = t(`action.${action}`);
  if (action === 'devices') return <DevicesForm {...props} />;
  if (action === 'submit')
    return (
      <div className={styles['form']}>
        <div className={styles['buttons']}>
          <Button type="primary" loading={busy} onClick={() => send(action, { meeting: true })}>
            {t('form.meeting')}
          </Button>
          <Button loading={busy} onClick={() => send(action, { meeting: false })}>
            {t('form.alone')}
          </Button>
          <Button type="text" onClick={onBack}>
            {t('form.back')}
          </Button>
        </div>
      </div>
    );
  const moves = action === 'move';
  const timed = moves || action === 'extend';
  const reasoned = action !== 'announce';
  const ready =
    (!reasoned || reason.trim().length >= 2) && (!timed || instantOf(until) > (moves ? instantOf(from) : 0));
  const asked = action === 'authority' ? 'reference' : 'reason';
  const body = {
    ...(reasoned ? { [asked]: reason.trim() } : {}),
    ...(moves ? { from: instantOf(from) } : {}),
    ...(timed ? { until: instantOf(until) } : {}),
  };
  return (
    <div className={styles['form']}>
      <h2>{label}</h2>
      {action === 'announce' && (
        <p>{t('form.announce', { n: formatNumber(plan.households + plan.keeping) })}</p>
      )}
      {moves && <Field label={t('draft.from')} value={from} onChange={setFrom} />}
      {timed && <Field label={t('draft.until')} value={until} onChange={setUntil} />}
      {reasoned && (
        <label>
          <span>{t(`form.${asked}`)} *</span>
          <Input
            maxLength={asked === 'reason' ? 300 : 80}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
      )}
      <FormButtons {...props} ready={ready} body={body} />
    </div>
  );
}

function DevicesForm(props: FormProps) {
  const t = useT(messages);
  const { plan, action } = props;
  const [devices, setDevices] = useState<readonly Chosen[]>(
    plan.devices.map(({ id, name, code }) => ({ value: id, label: `${name} ${code}` })),
  );
  const deviceIds = devices.map(({ value }) => value);
  return (
    <div className={styles['form']}>
      <h2>{t(`action.${action}`)}</h2>
      <p>{t('form.devices')}</p>
      <DeviceChoice chosen={devices} onChange={setDevices} />
      <FormButtons {...props} ready={deviceIds.length > 0} body={{ deviceIds }} />
    </div>
  );
}

function FormButtons({
  action,
  busy,
  send,
  onBack,
  ready,
  body,
}: FormProps & { ready: boolean; body: Readonly<Record<string, unknown>> }) {
  const t = useT(messages);
  return (
    <div className={styles['buttons']}>
      <Button type="primary" disabled={!ready} loading={busy} onClick={() => send(action, body)}>
        {t('form.do', { action: t(`action.${action}`) })}
      </Button>
      <Button type="text" onClick={onBack}>
        {t('form.back')}
      </Button>
    </div>
  );
}

function Field(props: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label>
      <span>{props.label} *</span>
      <Input
        type="datetime-local"
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </label>
  );
}
