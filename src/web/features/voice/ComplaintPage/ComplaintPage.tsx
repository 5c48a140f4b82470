import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useParams } from '@tanstack/react-router';
import { MINUTE } from '#kernel/instant.ts';
import type { ComplaintView } from '#modules/voice/voice-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { casePath } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { LimitBars } from '../LimitBars.tsx';
import { messages } from '../messages.ts';
import { complaintQuery } from '../voice-queries.ts';
import styles from './ComplaintPage.module.css';
import { GradePanel } from './GradePanel.tsx';
import { Judgements } from './Judgements.tsx';
import { KeepAway } from './KeepAway.tsx';
import { Reclassification } from './Reclassification.tsx';
import { Verdicts } from './Verdicts.tsx';

export const route = createLazyRoute('/complaints/$id')({ component: ComplaintPage });

/** One complaint at the desk: its limits side by side, what is to be judged, what was judged, and who keeps away. */
function ComplaintPage() {
  const t = useT(messages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { id } = useParams({ strict: false });
  const view = useQuery(complaintQuery(id ?? ''));
  if (view.error) return <ErrorPanel error={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <PageSkeleton />;
  const one = view.data;
  return (
    <>
      <PageHead
        title={t('one.title', { type: name(one.caseType), no: one.no })}
        owner={[
          t('one.owner', { unit: one.intakeUnit, time: formatDateTime(one.acceptedAt, now, language) }),
          one.accusedUnit === null ? t('one.aboutNone') : t('one.about', { unit: one.accusedUnit }),
        ].join(' · ')}
        actions={<Link to={casePath(one.id)}>{t('one.case')}</Link>}
      />
      <div className={styles['page']}>
        <section className={styles['full']}>
          <h2>{t('one.limits')}</h2>
          {one.clocks.length === 0 ? <p>{t('one.noLimits')}</p> : <LimitBars clocks={one.clocks} named />}
        </section>
        <div>
          <Judgements view={one} />
          <Verdicts verdicts={one.verdicts} />
          <Reclassification view={one} />
        </div>
        <div>
          <GradePanel view={one} />
          <Where view={one} />
          <KeepAway view={one} />
        </div>
      </div>
    </>
  );
}

function Where({ view }: { view: ComplaintView }) {
  const t = useT(messages);
  const name = useNames();
  return (
    <section>
      <h2>{t('one.where')}</h2>
      {view.steps.length === 0 && <p className={styles['small']}>{t('one.nowhere')}</p>}
      <ul className={styles['list']}>
        {view.steps.map((step) => (
          <li key={step.name.en}>
            {name(step.name)}{' '}
            <span className={styles['small']}>
              {t('judge.wait', { unit: step.unit ?? '', holder: step.holder ?? t('one.unheld') })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
