import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Standing } from '#modules/hall/hall-api.ts';
import { formatBy, formatSoon } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { newsOf } from '../../../ui/incident/incident-words.ts';
import { incidentMessages } from '../../../ui/incident/messages.ts';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { standingQuery, stripQuery } from '../hall-queries.ts';
import type { HouseholdStrip } from '../household-types.ts';
import { messages } from '../messages.ts';
import { Flags } from './Flags.tsx';
import styles from './HouseholdStripPanel.module.css';
import { ReachForm } from './ReachForm.tsx';

const MINUTE = 60_000;

/** Who, where, what to take care of, what is open, whether we kept our word: all to know before one speaks. */
export function HouseholdStripPanel({ id }: { id: string }) {
  const strip = useQuery(stripQuery(id));
  const standing = useQuery(standingQuery(id));
  const error = strip.error ?? standing.error;
  if (error)
    return (
      <ErrorPanel
        error={error}
        onRetry={() => {
          void strip.refetch();
          void standing.refetch();
        }}
      />
    );
  if (!strip.data || !standing.data) return <RowsSkeleton />;
  return (
    <section className={styles['strip']}>
      <Who who={strip.data} />
      <ReachForm key={id} id={id} reach={strip.data.reach} />
      <Planned planned={standing.data.supply.planned} />
      <Supply supply={standing.data.supply} fault={standing.data.fault} />
      {standing.data.supply.outage === null && <KnownFault fault={standing.data.fault} />}
      <Flags key={strip.data.id} who={strip.data} />
      <OpenCases standing={standing.data} />
      <LastPromise promise={standing.data.lastPromise} />
      <Calls standing={standing.data} />
    </section>
  );
}

function Who({ who }: { who: HouseholdStrip }) {
  const t = useT(messages);
  const { language } = useLanguage();
  return (
    <>
      <h2>{who.name}</h2>
      <p>{who.address}</p>
      <p>
        {who.accountNo} {who.phone}
      </p>
      <p>
        {language === 'zh' ? who.station.name : who.station.nameEn} · {t(`intake.${who.areaClass}`)}
      </p>
      <p>{t('strip.supply', { transformer: who.transformer.name, feeder: who.feeder.name })}</p>
      {who.importantGrade !== null && <p>{t(`strip.grade.${who.importantGrade}`)}</p>}
      {who.accountManager && <p>{t('strip.manager', { name: who.accountManager.name })}</p>}
    </>
  );
}

function Planned({ planned }: { planned: Standing['supply']['planned'] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  if (planned === null) return null;
  const from = formatSoon(planned.from, now, language);
  const until = formatSoon(planned.until, now, language);
  return (
    <div className={styles['fault']}>
      <h3>{t(planned.underway ? 'strip.plannedNow' : 'strip.plannedSoon')}</h3>
      <p>
        <Link to="/outages/plans/$id" params={{ id: planned.id }}>
          {planned.no}
        </Link>{' '}
        {t('strip.plannedTime', { from, until })}
      </p>
      {planned.underway && <TimeLeft deadline={{ dueAt: planned.until, startedAt: planned.from }} />}
    </div>
  );
}

/** Said before an order is made: what is out above him, since when, when there is news; or that the fault is behind his meter. */
function Supply({ supply, fault }: { supply: Standing['supply']; fault: Standing['fault'] }) {
  const t = useT(messages);
  const tIncident = useT(incidentMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { inside } = supply;
  // A plan says more of it than what was inferred from its switching.
  const outage = supply.planned?.underway === true ? null : supply.outage;
  if (inside !== null)
    return (
      <p className={styles['fault']}>{t('strip.inside', { time: formatSoon(inside.at, now, language) })}</p>
    );
  if (supply.litAgain !== null)
    return (
      <p className={styles['fault']}>
        {t('strip.litAgain', { time: formatSoon(supply.litAgain.at, now, language) })}
      </p>
    );
  if (outage === null) return null;
  const since = formatSoon(outage.since, now, language);
  return (
    <div className={styles['fault']}>
      <h3>{t(outage.planned ? 'strip.plannedOutage' : 'strip.outage')}</h3>
      <p>{t('strip.outageWhat', { what: outage.what?.name ?? '', since, count: outage.households })}</p>
      {outage.crew !== null && <p>{t('strip.crew', { crew: outage.crew })}</p>}
      {outage.arrivedAt !== null && (
        <p>{t('strip.arrived', { time: formatSoon(outage.arrivedAt, now, language) })}</p>
      )}
      {outage.arrivedAt === null && outage.dueAt !== null && (
        <p>
          {t('strip.notArrived')} <TimeLeft deadline={{ dueAt: outage.dueAt, startedAt: outage.since }} />
        </p>
      )}
      {outage.told !== null && (
        <p>
          {t('strip.told', {
            time: formatSoon(outage.told.at, now, language),
            news: newsOf(outage.told.news, tIncident),
          })}
        </p>
      )}
      {outage.expectedAt !== null && (
        <p>{t('strip.expected', { time: formatSoon(outage.expectedAt, now, language) })}</p>
      )}
      {outage.nextNewsAt !== null && (
        <p>{t('strip.nextNews', { time: formatSoon(outage.nextNewsAt, now, language) })}</p>
      )}
      {fault !== null && fault.caseId !== null && fault.no !== null && (
        <p>
          <CaseLink caseId={fault.caseId} number={fault.no} />
        </p>
      )}
    </div>
  );
}

function KnownFault({ fault }: { fault: Standing['fault'] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  if (fault === null) return null;
  const since = formatSoon(fault.since, now, language);
  return (
    <div className={styles['fault']}>
      <h3>{t('strip.fault')}</h3>
      <p>{t('strip.faultSince', { transformer: fault.transformer, since, count: fault.cases })}</p>
      <p>
        {fault.arrivedAt === null
          ? t('strip.notArrived')
          : t('strip.arrived', { time: formatSoon(fault.arrivedAt, now, language) })}
      </p>
      {fault.dueAt !== null && <TimeLeft deadline={{ dueAt: fault.dueAt, startedAt: fault.since }} />}
      {fault.caseId !== null && fault.no !== null && (
        <p>
          <CaseLink caseId={fault.caseId} number={fault.no} />
        </p>
      )}
    </div>
  );
}

function OpenCases({ standing }: { standing: Standing }) {
  const t = useT(messages);
  const name = useNames();
  return (
    <>
      <h3>{t('strip.open', { count: standing.open.length })}</h3>
      {standing.open.length === 0 && <p>{t('strip.noCases')}</p>}
      <ul>
        {standing.open.map((one) => (
          <li key={one.caseId}>
            <CaseLink caseId={one.caseId} number={one.no} /> {name(one.title)}
            {one.step !== null && <small>{t('strip.at', { step: name(one.step) })}</small>}
            {one.dueAt !== null && (
              <TimeLeft
                deadline={{
                  dueAt: one.dueAt,
                  ...(one.startedAt === null ? {} : { startedAt: one.startedAt }),
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Kept, broken, or still running: told by word and shape, as everything about time. */
function LastPromise({ promise }: { promise: Standing['lastPromise'] }) {
  const t = useT(messages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  if (promise === null) return null;
  return (
    <>
      <h3>{t('strip.lastPromise')}</h3>
      <p>
        {t('strip.promised', {
          what: name(promise.clock),
          time: formatBy(promise.dueAt, now, language),
        })}{' '}
        <strong>{t(`strip.${promise.state}`)}</strong>
      </p>
      <p>
        <CaseLink caseId={promise.caseId} number={promise.no} />{' '}
        <TimeLeft deadline={{ dueAt: promise.dueAt, metAt: promise.stoppedAt }} />
      </p>
    </>
  );
}

function Calls({ standing }: { standing: Standing }) {
  const t = useT(messages);
  return (
    <>
      <h3>{t('strip.calls', { days: standing.days })}</h3>
      <p>{t('strip.callCount', { count: standing.calls })}</p>
    </>
  );
}
