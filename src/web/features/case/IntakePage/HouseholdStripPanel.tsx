import { useQuery } from '@tanstack/react-query';
import { formatDate } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { householdCasesQuery, stripQuery, useNames } from '../case-queries.ts';
import { messages } from '../messages.ts';
import styles from './IntakePage.module.css';

const HOUR = 3_600_000;

/** Who, where, what to take care of, and what was asked of us before. */
export function HouseholdStripPanel({ id }: { id: string }) {
  const t = useT(messages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(HOUR);
  const strip = useQuery(stripQuery(id));
  const cases = useQuery(householdCasesQuery(id));
  if (strip.error) return <ErrorPanel error={strip.error} onRetry={() => void strip.refetch()} />;
  if (!strip.data) return <RowsSkeleton />;
  const who = strip.data;
  return (
    <section className={styles['strip']} aria-label={t('intake.household')}>
      <h2>{who.name}</h2>
      <p>{who.address}</p>
      <p>
        {who.accountNo} {who.phone}
      </p>
      <p>{language === 'zh' ? who.station.name : who.station.nameEn}</p>
      <p>{t('strip.supply', { transformer: who.transformer.name, feeder: who.feeder.name })}</p>
      {who.accountManager && <p>{t('strip.manager', { name: who.accountManager.name })}</p>}
      {who.flags.length > 0 && (
        <>
          <h3>{t('strip.flags')}</h3>
          <ul>
            {who.flags.map((flag) => (
              <li key={flag.id}>
                {flagName(t, flag.kind)}{' '}
                {t('strip.until', { date: formatDate(flag.expiresAt, now, language) })}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{t('strip.cases')}</h3>
      {cases.data?.items.length === 0 && <p>{t('strip.noCases')}</p>}
      <ul>
        {cases.data?.items.slice(0, 6).map((item) => (
          <li key={item.id}>
            <CaseLink caseId={item.id} number={item.no} /> {name(item.title)}{' '}
            {item.dueAt !== null && (
              <TimeLeft
                deadline={{
                  dueAt: item.dueAt,
                  ...(item.startedAt === null ? {} : { startedAt: item.startedAt }),
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function flagName(t: ReturnType<typeof useT<keyof (typeof messages)['zh']>>, kind: string): string {
  const key = `flag.${kind}`;
  return key in messages.zh ? t(key as keyof (typeof messages)['zh']) : kind;
}
