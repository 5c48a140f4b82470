import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import type { Evaluated, LinkView } from '#modules/link/link-api.ts';
import { BadLink } from '../../../frames/BadLink.tsx';
import { PhoneFrame } from '../../../frames/PhoneFrame.tsx';
import { ApiError } from '../../../lib/api.ts';
import { customerRefusals } from '../../../lib/customer-messages.ts';
import { formatBy, formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { commonRefusals } from '../../../lib/messages.ts';
import { RefusalContext } from '../../../lib/refusals.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { linkQuery, useChooseLanguage, useStillDark } from '../link-queries.ts';
import { messages, refusals } from '../messages.ts';
import { AddMore } from './AddMore.tsx';
import { Evaluate } from './Evaluate.tsx';
import styles from './LinkPage.module.css';

const MINUTE = 60_000;
const CATALOGUES = [refusals, customerRefusals, commonRefusals];

/** Where my case stands, what I may add, and at the end: solved? satisfied? */
export function LinkPage({ params }: { params: Readonly<Record<string, string>> }) {
  return (
    <RefusalContext value={CATALOGUES}>
      <Page token={params['token'] ?? ''} />
    </RefusalContext>
  );
}

function Page({ token }: { token: string }) {
  const t = useT(messages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const [evaluated, setEvaluated] = useState<Evaluated['what'] | null>(null);
  const view = useQuery(linkQuery(token));
  if (view.error instanceof ApiError && view.error.status === 404) return <BadLink />;
  if (!view.data)
    return (
      <PhoneFrame title={t('title')}>
        {view.error ? (
          <ErrorPanel error={view.error} onRetry={() => void view.refetch()} />
        ) : (
          <PageSkeleton />
        )}
      </PhoneFrame>
    );
  const one = view.data;
  return (
    <PhoneFrame title={one.company}>
      <div className={styles['page']}>
        <header className={styles['head']}>
          <h2>{name(one.what)}</h2>
          <p className={styles['small']}>
            {t('no', { no: one.no })} ·{' '}
            {t('accepted', { time: formatDateTime(one.acceptedAt, now, language) })}
          </p>
        </header>
        <div aria-live="polite">
          {evaluated !== null && <p className={styles['said']}>{t(`thanks.${evaluated}`)}</p>}
        </div>
        {one.state === 'open' && one.reopened > 0 && evaluated === null && <p>{t('reopened')}</p>}
        {one.mayEvaluate && <Evaluate token={token} onDone={setEvaluated} />}
        {one.evaluation !== null && <Evaluation evaluation={one.evaluation} />}
        <SupplyBack token={token} at={one.supplyBackAt} />
        {one.promise !== null && <Promised promise={one.promise} />}
        <Papers papers={one.papers} />
        <Steps view={one} />
        {one.mayAdd && <AddMore token={token} view={one} />}
        <footer className={styles['foot']}>
          <a href="tel:95598">{t('hotline')}</a>
          <LanguageButton token={token} chosen={one.language} />
        </footer>
      </div>
    </PhoneFrame>
  );
}

/** Supply is back, says the crew; whoever is still without it says so with one touch. */
function SupplyBack({ token, at }: { token: string; at: number | null }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const say = useStillDark(token);
  if (say.data) return <p className={styles['said']}>{t('supply.heard')}</p>;
  if (at === null) return null;
  return (
    <section className={styles['card']}>
      <h3>{t('supply.back', { time: formatDateTime(at, now, language) })}</h3>
      <p>{t('supply.ask')}</p>
      <Button size="large" block loading={say.isPending} onClick={() => say.mutate({})}>
        {t('supply.dark')}
      </Button>
      {say.error && <ErrorPanel error={say.error} kept />}
    </section>
  );
}

function Promised({ promise }: { promise: NonNullable<LinkView['promise']> }) {
  const t = useT(messages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { dueAt, startedAt, paused } = promise;
  return (
    <section className={styles['card']}>
      <h3>{t('promise')}</h3>
      <p>{name(promise.name)}</p>
      {paused ? (
        <p>{t('promise.paused')}</p>
      ) : (
        <p className={styles['due']}>
          <TimeLeft deadline={{ dueAt, startedAt }} />
          <span className={styles['small']}>
            {t('promise.due', { time: formatBy(dueAt, now, language) })}
          </span>
        </p>
      )}
    </section>
  );
}

/** What he still has to bring or to send, each by the name that the counter used. */
function Papers({ papers }: { papers: LinkView['papers'] }) {
  const t = useT(messages);
  const name = useNames();
  if (papers.length === 0) return null;
  return (
    <section className={styles['card']}>
      <h3>{t('papers')}</h3>
      <ul className={styles['papers']}>
        {papers.map((paper) => (
          <li key={paper.name.zh}>
            {name(paper.name)}
            {paper.until !== null && (
              <span className={styles['small']}> {t('papers.until', { step: name(paper.until) })}</span>
            )}
          </li>
        ))}
      </ul>
      <p className={styles['small']}>{t('papers.how')}</p>
    </section>
  );
}

/** The page opens in the language that was chosen on it once; messages follow it. */
function LanguageButton({ token, chosen }: { token: string; chosen: LinkView['language'] }) {
  const t = useT(messages);
  const { language, setLanguage } = useLanguage();
  const keep = useChooseLanguage(token);
  const setHere = useEffectEvent(setLanguage);
  useEffect(() => {
    if (chosen !== null) setHere(chosen);
  }, [chosen]);
  function change(): void {
    const next = language === 'zh' ? 'en' : 'zh';
    setLanguage(next);
    keep.mutate({ language: next });
  }
  return (
    <Button type="link" onClick={change}>
      {t('top.language')}
    </Button>
  );
}

function Steps({ view }: { view: LinkView }) {
  const t = useT(messages);
  const name = useNames();
  const shown = [
    { id: 'accepted', label: t('step.accepted'), state: 'done' as const },
    ...view.steps.map((step) => ({ id: step.id, label: name(step.name), state: step.state })),
    {
      id: 'closed',
      label: t('step.closed'),
      state: view.state === 'closed' ? ('done' as const) : ('waiting' as const),
    },
  ];
  // While the company sorts it out inside, nothing of what concerns him is at work: he sees what comes next.
  const next = shown.some((step) => step.state === 'active')
    ? undefined
    : shown.find((step) => step.state === 'waiting');
  const steps = shown.map((step) => ({ ...step, word: step === next ? ('next' as const) : step.state }));
  return (
    <section>
      <h3>{t('steps')}</h3>
      <ol className={styles['steps']}>
        {steps.map((step) => (
          <li
            key={step.id}
            className={styles[step.state]}
            aria-current={step.state === 'active' ? 'step' : undefined}
          >
            <span>{step.label}</span>
            <span className={styles['small']}>{t(`state.${step.word}`)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Evaluation({ evaluation }: { evaluation: NonNullable<LinkView['evaluation']> }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { solved, satisfied, source, at } = evaluation;
  return (
    <section className={styles['card']}>
      <p>{t(solved ? (satisfied ? 'done.solvedSatisfied' : 'done.solvedOnly') : 'done.not')}</p>
      <p className={styles['small']}>
        {t(`done.source.${source}`, { time: formatDateTime(at, now, language) })}
      </p>
    </section>
  );
}
