import { useQuery } from '@tanstack/react-query';
import { Button, Tooltip } from 'antd';
import type { CaseView, ClockView } from '#modules/case/case-api.ts';
import type { PauseView } from '#modules/case/clock-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { lookUp, useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { clockMessages, clockRefusals } from '../clock-messages.ts';
import { pausesQuery, useDecidePause, useResume } from '../clock-queries.ts';
import styles from './CasePage.module.css';
import { PauseForm } from './PauseForm.tsx';

type Order = NonNullable<CaseView['order']>;

/** Pauses of the order, who asked and who answered, and what may be paused now. */
export function PausePanel(props: { caseId: string; order: Order; clocks: readonly ClockView[] }) {
  const { order, clocks } = props;
  const t = useT(clockMessages);
  const pauses = useQuery(pausesQuery(order.id, order.seq));
  if (pauses.error) return <ErrorPanel error={pauses.error} onRetry={() => void pauses.refetch()} />;
  if (!pauses.data) return null;
  const { options, fieldPeople } = pauses.data;
  return (
    <>
      {pauses.data.pauses.length > 0 && <h3>{t('pause.title')}</h3>}
      {pauses.data.pauses.map((pause) => (
        <OnePause key={pause.id} pause={pause} order={order} />
      ))}
      {order.state === 'open' && options.length === 0 && <p className={styles['small']}>{t('pause.none')}</p>}
      {order.state === 'open' && options.length > 0 && (
        <PauseForm
          caseId={props.caseId}
          people={fieldPeople}
          order={order}
          options={options}
          clocks={clocks}
        />
      )}
    </>
  );
}

function OnePause({ pause, order }: { pause: PauseView; order: Order }) {
  const t = useT(clockMessages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(60_000);
  const resume = useResume(order.id);
  const decide = useDecidePause(order.id);
  const { from, to, state } = pause;
  const time = (at: number) => formatDateTime(at, now, language);
  const span =
    from === null
      ? to === null
        ? ''
        : t('pause.wished', { to: time(to) })
      : to === null
        ? t('pause.spanOpen', { from: time(from) })
        : t('pause.span', { from: time(from), to: time(to) });
  const label = {
    resume: t(state === 'asked' ? 'pause.withdraw' : 'pause.resume'),
    approve: t('pause.approve'),
    reject: t('pause.reject'),
  };
  const busy = resume.isPending || decide.isPending;
  const run = (action: PauseView['actions'][number]['action']): void => {
    const what = { seq: order.seq, pauseId: pause.id };
    if (action === 'resume') resume.mutate(what);
    else decide.mutate({ ...what, approve: action === 'approve' });
  };
  return (
    <div className={styles['form']}>
      <p>
        {name(pause.reason)} · {t(`pause.state.${state}`)}
      </p>
      <p className={styles['small']}>
        {[span, t(`evidence.${pause.evidence}`), t('pause.by', { person: pause.askedBy })]
          .concat(pause.decidedBy === null ? [] : [t('pause.decidedBy', { person: pause.decidedBy })])
          .filter(Boolean)
          .join(' · ')}
      </p>
      {pause.note !== null && <p className={styles['words']}>{pause.note}</p>}
      {pause.actions.length > 0 && (
        <div className={styles['buttons']}>
          {pause.actions.map(({ action, allowed, reason }) => (
            <Tooltip
              key={action}
              title={reason === null ? undefined : lookUp(clockRefusals, language, reason)}
            >
              <Button
                aria-disabled={!allowed}
                {...(allowed ? {} : { className: styles['refused'] ?? '' })}
                loading={busy}
                onClick={() => allowed && run(action)}
              >
                {label[action]}
              </Button>
            </Tooltip>
          ))}
        </div>
      )}
      {(resume.error ?? decide.error) && <ErrorPanel error={resume.error ?? decide.error} kept />}
    </div>
  );
}
