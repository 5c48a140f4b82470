import type { FaultCard } from '#modules/process/domain/index.ts';
import { bringsAbout } from '#modules/repair/domain/index.ts';
import type { FieldJobs } from '#modules/repair/field-api.ts';
import { formatTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { FaultCardText } from '../../../ui/FaultCardText.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import type { Device } from '../device.ts';
import { type JobView, type Ready, refKey } from '../job-view.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';
import { Arranged } from './Arranged.tsx';
import { GiveBack } from './GiveBack.tsx';
import { Groups } from './Groups.tsx';
import { Help } from './Help.tsx';
import { Materials } from './Materials.tsx';
import { Note } from './Note.tsx';
import { StepForm } from './StepForm.tsx';

/** The job at hand: where, who, what first, and one large button for the next state. */
export function JobScreen({
  device,
  view,
  cards,
  nearMetres,
  backReasons,
}: {
  device: Device;
  view: JobView;
  cards: readonly FaultCard[];
  nearMetres: number | null;
  backReasons: FieldJobs['backReasons'];
}) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { job, step, waitsFor } = view;
  const found = view.state.facts['typicalFault'];
  const shown = cards.filter((card) =>
    found === undefined ? job.suggested.includes(card.id) : card.id === found,
  );
  const hasArrived = view.done.some(({ step: one }) => bringsAbout(one, 'arrived'));
  return (
    <>
      <JobHead view={view} />
      {view.callsOnly && <p className={styles['lead']}>{t('job.callsLeft')}</p>}
      {view.calls.map((call) => (
        <Call key={refKey(call.ref)} device={device} view={view} call={call} />
      ))}
      {shown.length > 0 && (
        <section className={styles['card']}>
          <h3>{t(found === undefined ? 'job.suggested' : 'job.card')}</h3>
          {shown.map((card) => (
            <FaultCardText key={card.id} card={card} />
          ))}
        </section>
      )}
      {waitsFor.length > 0 && (
        <section className={styles['card']} role="status">
          <h3>{t('wait.title')}</h3>
          {waitsFor.map(({ ref, step: other }) => (
            <p key={refKey(ref)}>
              {[other.name[language], job.units[ref.step]].filter((one) => one !== undefined).join(' · ')}
            </p>
          ))}
          {waitsFor.some(({ step: other }) => bringsAbout(other, 'permitted')) && <p>{t('wait.safe')}</p>}
        </section>
      )}
      {step !== undefined && (
        <StepForm
          key={refKey(step.ref)}
          device={device}
          view={view}
          ready={step}
          card={shown[0]}
          nearMetres={nearMetres}
        />
      )}
      {hasArrived && <Groups device={device} view={view} />}
      {hasArrived && <Materials device={device} view={view} cards={shown.length > 0 ? shown : cards} />}
      <Help device={device} view={view} />
      <GiveBack device={device} view={view} reasons={backReasons} />
      <ul className={styles['small']}>
        {view.done.map((one) => (
          <li key={one.step.id}>
            {t('job.done', { time: formatTime(one.at), step: one.step.name[language] })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** What was sent behind the job at hand, and what is arranged: where it is, nothing to do yet. */
export function NextScreen(props: {
  views: readonly JobView[];
  crew: FieldJobs['crew'];
  cards: readonly FaultCard[];
}) {
  const t = useT(messages);
  const { views, crew, cards } = props;
  const arranged = crew?.arranged.length ?? 0;
  return (
    <>
      {crew !== null && (
        <p className={styles['lead']}>
          {t(`shift.${crew.kind}`, { crew: crew.name, time: formatTime(crew.until) })}
        </p>
      )}
      {views.length === 0 && arranged === 0 && (
        <Note>
          <strong>{t('next.none')}</strong>
          <span>{t('next.noneBody')}</span>
        </Note>
      )}
      {views.length > 0 && <h2 className={styles['over']}>{t('next.sent')}</h2>}
      {views.map((view) => (
        <JobHead key={view.job.orderId} view={view} />
      ))}
      {crew !== null && arranged > 0 && (
        <>
          <h2 className={styles['over']}>{t('next.arranged')}</h2>
          <Arranged crew={crew} cards={cards} />
        </>
      )}
    </>
  );
}

function JobHead({ view: { job } }: { view: JobView }) {
  const t = useT(messages);
  const { startedAt, dueAt, paused } = job;
  return (
    <section className={styles['card']}>
      <div className={styles['row']}>
        <h2>{job.place ?? t('job.no', { no: job.no })}</h2>
        <TimeLeft deadline={{ dueAt, paused, ...(startedAt === null ? {} : { startedAt }) }} />
      </div>
      <p className={styles['small']}>{t('job.no', { no: job.no })}</p>
      {job.words !== null && <p className={styles['words']}>{job.words}</p>}
      {job.flags.length > 0 && (
        <p>
          <strong>{t('job.flags')}</strong> {job.flags.map((flag) => t(`flag.${flag}`)).join('、')}
          <br />
          {t('job.frail')}
        </p>
      )}
      {job.at !== null && (
        <a
          className={styles['button']}
          href={`geo:${job.at.lat},${job.at.lon}?q=${job.at.lat},${job.at.lon}(${encodeURIComponent(job.place ?? job.no)})`}
        >
          {t('job.way')}
        </a>
      )}
    </section>
  );
}

function Call({ device, view, call }: { device: Device; view: JobView; call: Ready }) {
  const t = useT(messages);
  const { job } = view;
  const whom = job.cases.find((one) => one.caseId === call.ref.caseId);
  const phone = whom?.phone ?? null;
  const name = whom?.name ?? t('job.customer');
  return (
    <div className={`${styles['row']} ${styles['calls']}`}>
      {phone === null ? (
        <span>{t('job.noPhone')}</span>
      ) : (
        <a className={styles['button']} href={`tel:${phone}`}>
          {t('job.ring')}
        </a>
      )}
      <button
        type="button"
        className={styles['button']}
        onClick={() => void device.did({ kind: 'step', orderId: job.orderId, ref: call.ref })}
      >
        {t('job.rung', { name })}
      </button>
    </div>
  );
}
