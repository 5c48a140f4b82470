import { Button } from 'antd';
import type { DispatchView, StandByProposal } from '#modules/repair/dispatch-api.ts';
import { formatNumber, formatTime } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../dispatch-messages.ts';
import { useEndStandBy, useStandBy } from '../dispatch-queries.ts';
import styles from './DispatchPage.module.css';

/** 待命: idle crews that should wait where nobody is near, and those that do. */
export function StandByPart({ view }: { view: DispatchView }) {
  const t = useT(messages);
  const { past, leastPast, lastHour, proposals } = view.standBys;
  const waiting = view.crews.filter((crew) => crew.standBy !== null && crew.job === null);
  return (
    <section aria-labelledby="stand-by">
      <h2 id="stand-by">{t('standBy.title')}</h2>
      <p className={styles['small']}>
        {past < leastPast
          ? t('standBy.tooFew', { past, least: leastPast })
          : t('standBy.how', { past: formatNumber(past), lastHour: formatNumber(lastHour) })}
      </p>
      {past >= leastPast && proposals.length === 0 && <p>{t('standBy.none')}</p>}
      <ul className={styles['plain']}>
        {proposals.map((proposal) => (
          <Proposed key={proposal.crewId} view={view} proposal={proposal} />
        ))}
        {waiting.map((crew) => (
          <Waiting key={crew.id} view={view} crew={crew} />
        ))}
      </ul>
    </section>
  );
}

function Proposed({ view, proposal }: { view: DispatchView; proposal: StandByProposal }) {
  const t = useT(messages);
  const { crewId, point, ownGrid, arrivesAt, inTimeBefore, inTimeAfter } = proposal;
  const asking = useStandBy(crewId);
  const crew = view.crews.find((one) => one.id === crewId);
  if (crew === undefined) return null;
  const from = (crew.standBy?.point ?? crew.point).name;
  const label = t(ownGrid ? 'standBy.home' : 'standBy.ask', { crew: crew.name, point: point.name });
  return (
    <li>
      {view.maySend ? (
        <Button loading={asking.isPending} onClick={() => asking.mutate({ gridPointId: point.id })}>
          {label}
        </Button>
      ) : (
        <b>{label}</b>
      )}
      <span>{t('standBy.way', { lead: crew.lead.name, from, time: formatTime(arrivesAt) })}</span>
      <span className={styles['small']}>
        {t('standBy.why', { before: percent(inTimeBefore), after: percent(inTimeAfter) })}
      </span>
      {asking.error && <ErrorPanel error={asking.error} kept />}
    </li>
  );
}

function Waiting({ view, crew }: { view: DispatchView; crew: DispatchView['crews'][number] }) {
  const t = useT(messages);
  const ending = useEndStandBy(crew.id);
  if (crew.standBy === null) return null;
  const { point, expectedAt, arrivedAt } = crew.standBy;
  const said = { crew: crew.name, point: point.name, time: formatTime(arrivedAt ?? expectedAt) };
  const how =
    arrivedAt !== null ? 'standBy.there' : expectedAt <= view.at ? 'standBy.silent' : 'standBy.onWay';
  return (
    <li>
      <span>{t(how, said)}</span>
      {view.maySend && (
        <Button
          size="small"
          aria-label={t('standBy.backNamed', { crew: crew.name })}
          loading={ending.isPending}
          onClick={() => ending.mutate({})}
        >
          {t('standBy.back')}
        </Button>
      )}
      {ending.error && <ErrorPanel error={ending.error} kept />}
    </li>
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
