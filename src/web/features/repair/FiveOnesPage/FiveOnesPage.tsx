import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { DAY, HOUR } from '#kernel/instant.ts';
import type { MorningReport } from '#modules/repair/five-ones-api.ts';
import { formatDate, formatPercent } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { fiveOnesQuery, type FiveOnesSearch, keeps } from '../repair-queries.ts';
import styles from './FiveOnesPage.module.css';
import { Faults } from './Faults.tsx';
import { Pictures } from './Pictures.tsx';
import { Reasons } from './Reasons.tsx';
import { Summary } from './Summary.tsx';
import { TimesLedger } from './TimesLedger.tsx';

export const route = createLazyRoute('/five-ones')({ component: FiveOnesPage });

/** 五个一晨报: yesterday on one page, each figure opening the faults behind it. */
function FiveOnesPage() {
  const t = useT(messages);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const search: FiveOnesSearch = useSearch({ strict: false });
  const day = search.day ?? dayName(serverNow() - DAY);
  const { data, error, refetch } = useQuery(fiveOnesQuery(day));
  const go = (next: FiveOnesSearch) => void navigate({ to: '/five-ones', search: next });
  const beside = (days: number) => dayName(Date.parse(`${day}T00:00:00+08:00`) + days * DAY);
  return (
    <div className={styles['page']}>
      <PageHead
        title={t('ones.titleOf', {
          day: formatDate(Date.parse(`${day}T12:00:00+08:00`), serverNow(), language),
        })}
        owner={t('ones.owner')}
        actions={
          <div className={styles['days']}>
            <Button aria-label={t('ones.before')} onClick={() => go({ day: beside(-1) })}>
              ‹
            </Button>
            <Input
              type="date"
              aria-label={t('ones.day')}
              value={day}
              onChange={(event) => event.target.value !== '' && go({ day: event.target.value })}
            />
            <Button aria-label={t('ones.after')} onClick={() => go({ day: beside(1) })}>
              ›
            </Button>
            <Button onClick={() => window.print()}>{t('ones.print')}</Button>
          </div>
        }
      />
      {error && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {!data && !error && <PageSkeleton />}
      {data?.faults.length === 0 && <EmptyState title={t('ones.none')} body={t('ones.noneBody')} />}
      {data && data.faults.length > 0 && (
        <>
          <Summary report={data} open={(span) => go({ day, span })} />
          <Figures
            report={data}
            show={(value) => go({ day, ...(value === undefined ? {} : { show: value }) })}
          />
          {data.storm && <p>{t('ones.storm')}</p>}
          <Pictures
            report={data}
            show={(value) => go({ day, show: value })}
            open={(span) => go({ day, span })}
            openDay={(other) => go({ day: other })}
          />
          <Reasons
            report={data}
            show={(reason) => go(reason === null ? { day, show: 'unsaid' } : { day, why: reason })}
            open={(span) => go({ day, span })}
          />
          {search.span !== undefined && (
            <TimesLedger report={data} of={search.span} onClose={() => go({ day })} />
          )}
          <Faults report={data} show={search.show} why={search.why} onAll={() => go({ day })} />
        </>
      )}
      {data?.faults.length === 0 && (
        <Pictures
          report={data}
          show={() => undefined}
          open={() => undefined}
          openDay={(other) => go({ day: other })}
        />
      )}
    </div>
  );
}

function Figures(props: {
  report: MorningReport;
  show: (value: NonNullable<FiveOnesSearch['show']> | undefined) => void;
}) {
  const t = useT(messages);
  const { faults, fieldReports, firstFix, repeats } = props.report;
  const count = (show: NonNullable<FiveOnesSearch['show']>) =>
    faults.filter((fault) => keeps(fault, show)).length;
  const kept = count('kept');
  const judged = kept + count('broken');
  const households = faults.reduce((sum, fault) => sum + fault.households, 0);
  const broken = faults.reduce((sum, fault) => sum + fault.householdsBroken, 0);
  return (
    <dl className={styles['figures']}>
      <Figure
        name={t('ones.faults')}
        value={faults.length}
        note={t('ones.households', { n: households })}
        open={() => props.show(undefined)}
      />
      <Figure
        name={t('ones.kept')}
        value={share(kept, judged)}
        note={t('ones.of', { part: kept, whole: judged })}
        open={() => props.show('kept')}
      />
      <Figure
        name={t('ones.broken')}
        value={judged - kept}
        note={t('ones.householdsBroken', { part: broken, whole: households })}
        open={() => props.show('broken')}
      />
      <Figure
        name={t('ones.running')}
        value={count('running')}
        note={t('ones.noVisit', { n: count('no-visit') })}
        open={() => props.show('running')}
      />
      <Figure
        name={t('ones.show.late')}
        value={count('late')}
        note={t('ones.lateNote')}
        open={() => props.show('late')}
      />
      <Figure
        name={t('ones.firstFix')}
        value={share(firstFix.faults.part, firstFix.faults.whole)}
        note={t('ones.byBoth', {
          faults: partOf(firstFix.faults),
          households: partOf(firstFix.households),
        })}
        open={() => props.show('fixed-once')}
      />
      <Figure
        name={t('ones.repeated')}
        value={share(repeats.faults.part, repeats.faults.whole)}
        note={t('ones.byBoth', { faults: partOf(repeats.faults), households: partOf(repeats.households) })}
        open={() => props.show('repeated')}
      />
      <Figure
        name={t('ones.staged')}
        value={count('staged')}
        note={t('ones.stagedNote')}
        open={() => props.show('staged')}
      />
      <Figure
        name={t('ones.enteredFor')}
        value={share(fieldReports.enteredFor, fieldReports.all)}
        note={t('ones.ofReports', { part: fieldReports.enteredFor, whole: fieldReports.all })}
        open={() => props.show('entered-for')}
      />
      <Figure
        name={t('ones.show.excused')}
        value={count('excused')}
        note={t('ones.excusedNote')}
        open={() => props.show('excused')}
      />
    </dl>
  );
}

function partOf({ part, whole }: { readonly part: number; readonly whole: number }): string {
  return `${part}/${whole}`;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '—' : formatPercent(part / whole);
}

/** A figure with what it is of; where it can be opened, it is a button. */
function Figure(props: { name: string; value: string | number; note: string; open?: () => void }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {props.open === undefined ? (
          <span className={styles['value']}>{props.value}</span>
        ) : (
          <button type="button" className={styles['value']} onClick={props.open}>
            {props.value}
          </button>
        )}
        <span className={styles['small']}>{props.note}</span>
      </dd>
    </div>
  );
}

/** `2026-11-24` of an instant, in Asia/Shanghai. */
function dayName(at: number): string {
  return new Date(at + 8 * HOUR).toISOString().slice(0, 10);
}
