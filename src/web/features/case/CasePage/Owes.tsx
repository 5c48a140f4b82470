import { Button } from 'antd';
import type { CaseView } from '#modules/case/case-api.ts';
import type { CaseWork } from '#modules/case/case-work-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { useNames, useTake } from '../case-queries.ts';
import { workMessages } from '../work-messages.ts';
import { useAnswer, useDecideEnd } from '../work-queries.ts';
import styles from './CasePage.module.css';
import { CallRow } from './CallRow.tsx';
import { WordsForm } from './WordsForm.tsx';

const JOINT = { joint: 'owes.joint', supervision: 'supervision.title', decision: 'decision.title' } as const;

/** Who owes what by when: open steps, answers of other departments, calls, decisions. */
export function Owes({ view, work }: { view: CaseView; work: CaseWork }) {
  const t = useT(workMessages);
  const name = useNames();
  const steps = (view.order?.steps ?? []).filter((step) => step.state === 'active');
  const pending = work.handovers.filter((one) => one.state === 'offered');
  const open = work.joint.filter((one) => one.state === 'open');
  const nothing =
    steps.length + pending.length + open.length + work.owedCalls.length === 0 && work.endRequest === null;
  return (
    <section>
      <h2>{t('owes.title')}</h2>
      {nothing && <p className={styles['small']}>{t('owes.none')}</p>}
      <table className={styles['clocks']}>
        <colgroup>
          <col />
          <col className={styles['whose']} />
          <col className={styles['when']} />
        </colgroup>
        <tbody>
          {steps.map((step) => (
            <tr key={step.id}>
              <td>{name(step.name)}</td>
              <td colSpan={2}>
                {step.unit} · {step.holder ?? t('owes.unheld')}
              </td>
            </tr>
          ))}
          {pending.map((one) => (
            <tr key={one.id}>
              <td>
                {t('owes.handover', { to: one.toPerson ?? one.to })}
                {one.mine && <AcceptButton view={view} step={one.step} />}
              </td>
              <td>{one.reason}</td>
              <td>
                <TimeLeft deadline={{ dueAt: one.dueAt }} />
              </td>
            </tr>
          ))}
          {open.map((one) => (
            <tr key={one.id}>
              <td>
                {t(JOINT[one.kind])} · {one.question}
                {one.mine && <AnswerForm requestId={one.id} />}
              </td>
              <td>{one.unit}</td>
              <td>
                <TimeLeft deadline={{ dueAt: one.dueAt, startedAt: one.askedAt }} />
              </td>
            </tr>
          ))}
          {work.owedCalls.map((call) => (
            <CallRow key={call.id} call={call} />
          ))}
        </tbody>
      </table>
      {work.endRequest && <EndRequest request={work.endRequest} />}
      <Answered joint={work.joint} />
    </section>
  );
}

function AcceptButton({ view, step }: { view: CaseView; step: string }) {
  const t = useT(workMessages);
  const taking = useTake(view.order?.id ?? '');
  const target = view.order?.actions.find((one) => one.action === 'do' && one.ref.step === step);
  if (target === undefined || view.order === null) return null;
  const { seq } = view.order;
  return (
    <div>
      <Button loading={taking.isPending} onClick={() => taking.mutate({ seq, ref: target.ref })}>
        {t('do.accept')}
      </Button>
      {taking.error && <ErrorPanel error={taking.error} kept />}
    </div>
  );
}

export function AnswerForm({ requestId }: { requestId: string }) {
  const t = useT(workMessages);
  const answering = useAnswer(requestId);
  return (
    <WordsForm
      label={t('field.answer')}
      action={t('do.answer')}
      busy={answering.isPending}
      error={answering.error}
      onSend={(answer) => answering.mutate({ answer })}
    />
  );
}

function EndRequest({ request }: { request: NonNullable<CaseWork['endRequest']> }) {
  const t = useT(workMessages);
  const deciding = useDecideEnd(request.id);
  return (
    <div className={styles['form']}>
      <p>
        {t('end.asked', { person: request.askedBy, kind: t(`kind.${request.kind}`) })} · {request.reason}
      </p>
      {request.mayDecide ? (
        <div className={styles['row']}>
          <Button loading={deciding.isPending} onClick={() => deciding.mutate({ approve: true })}>
            {t('do.approve')}
          </Button>
          <Button loading={deciding.isPending} onClick={() => deciding.mutate({ approve: false })}>
            {t('do.refuse')}
          </Button>
        </div>
      ) : (
        <p className={styles['small']}>{t('end.wait')}</p>
      )}
      {deciding.error && <ErrorPanel error={deciding.error} kept />}
    </div>
  );
}

function Answered({ joint }: { joint: CaseWork['joint'] }) {
  const t = useT(workMessages);
  const answered = joint.filter((one) => one.state === 'answered');
  if (answered.length === 0) return null;
  return (
    <>
      <h3>{t('joint.title')}</h3>
      {answered.map((one) => (
        <p key={one.id}>
          {t('joint.asked', { person: one.askedBy, unit: one.unit })} · {one.question}
          <br />
          <span className={styles['small']}>{t('joint.answered', { person: one.answeredBy ?? '' })}</span> ·{' '}
          {one.answer}
        </p>
      ))}
    </>
  );
}
