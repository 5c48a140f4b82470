import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { MINUTE } from '#kernel/instant.ts';
import type { CasePaper, CaseView } from '#modules/case/case-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { sessionQuery } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { caseQuery, paperQuery, useNames } from '../case-queries.ts';
import { useEntered } from '../entered-words.ts';
import { paperMessages } from '../paper-messages.ts';
import styles from './PaperPage.module.css';

export const route = createLazyRoute('/cases/$id/paper')({ component: PaperPage });

/** The work order on paper: what is done with who and when; what is open to be ticked, filled in and signed by hand. */
function PaperPage() {
  const t = useT(paperMessages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { id = '' } = useParams({ strict: false });
  const session = useQuery(sessionQuery);
  const view = useQuery(caseQuery(id));
  const paper = useQuery(paperQuery(id));
  const error = view.error ?? paper.error;
  if (error)
    return <ErrorPanel error={error} onRetry={() => void Promise.all([view.refetch(), paper.refetch()])} />;
  if (!view.data || !paper.data || !session.data) return <PageSkeleton />;
  const one = view.data;
  const time = (at: number) => formatDateTime(at, now, language);
  const { company, person } = session.data;
  return (
    <main className={styles['paper']}>
      <h1>{t('title', { company: company.name, type: name(one.process ?? one.caseType) })}</h1>
      <dl>
        <dt>{t('no')}</dt>
        <dd>{one.no}</dd>
        <dt>{t('accepted')}</dt>
        <dd>{[time(one.acceptedAt), one.intakeUnit, one.firstAsked].join(' · ')}</dd>
        <dt>{t('where')}</dt>
        <dd>{one.place ?? t('notShown')}</dd>
        <dt>{t('contact')}</dt>
        <dd>{[one.contact?.name, one.contact?.phone].filter(Boolean).join(' · ') || t('notShown')}</dd>
        <dt>{t('words')}</dt>
        <dd>{one.words ?? t('notShown')}</dd>
        <dt>{t('limits')}</dt>
        <dd>
          {one.clocks
            .filter((clock) => clock.state === 'running' || clock.state === 'paused')
            .map((clock) => t('limit', { name: name(clock.name), time: time(clock.dueAt) }))
            .join(t('and')) || t('none')}
        </dd>
      </dl>
      <table>
        <thead>
          <tr>
            <th>{t('step')}</th>
            <th>{t('todo')}</th>
            <th>{t('sign')}</th>
          </tr>
        </thead>
        <tbody>
          {paper.data.steps.map((step) => (
            <Step key={step.id} step={step} view={one} />
          ))}
        </tbody>
      </table>
      <p className={styles['foot']}>{t('printed', { name: person.name, time: time(now) })}</p>
      <div className="dfw-no-print">
        <Button type="primary" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
    </main>
  );
}

function Step({ step, view }: { step: CasePaper['steps'][number]; view: CaseView }) {
  const t = useT(paperMessages);
  const name = useNames();
  const said = useEntered();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const time = (at: number) => formatDateTime(at, now, language);
  const boxes = ({ type, options }: CasePaper['steps'][number]['fields'][number]) =>
    type === 'boolean' ? [t('yes'), t('not')] : options.map(name);
  const done = step.done
    ? view.timeline.find((entry) => entry.type === 'step.done' && entry.step?.zh === step.name.zh)
    : undefined;
  const forWhom = done?.field?.enteredFor?.name;
  return (
    <tr>
      <td>
        <strong>{name(step.name)}</strong>
        <br />
        {name(step.post)}
      </td>
      {done === undefined ? (
        <>
          <td>
            {step.what}
            <ul>
              {step.checks.map((check) => (
                <li key={check}>□ {check}</li>
              ))}
              {step.fields.map((field) => (
                <li key={field.name.zh}>
                  {name(field.name)}
                  {t('colon')}
                  {boxes(field).length === 0 ? (
                    <>
                      <span className={styles['blank']} /> {field.unit}
                    </>
                  ) : (
                    boxes(field)
                      .map((option) => `□ ${option}`)
                      .join('  ')
                  )}
                </li>
              ))}
            </ul>
          </td>
          <td className={styles['signed']}>{step.done ? t('done') : t('byHand')}</td>
        </>
      ) : (
        <>
          <td>
            {[...done.entered.map(said), ...done.texts.flatMap((text) => text.body ?? [])].join(t('and'))}
          </td>
          <td>
            {done.actor}
            <br />
            {time(done.at)}
            {forWhom !== undefined && (
              <>
                <br />
                {t('enteredFor', { name: forWhom })}
              </>
            )}
          </td>
        </>
      )}
    </tr>
  );
}
