import { useQuery } from '@tanstack/react-query';
import type { RepairOutlook } from '#modules/repair/command-api.ts';
import { formatSoon } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { incidentMessages } from '../../../ui/incident/messages.ts';
import { outlookQuery } from '../case-queries.ts';
import { messages } from '../messages.ts';
import styles from './Outlook.module.css';

const MINUTE = 60_000;

/** The four answers for whoever has the customer on the phone: who comes, when, what he was told and hears next, when supply is back. */
export function Outlook({ caseId }: { caseId: string }) {
  const t = useT(messages);
  // Beside what the case itself says: without it the page is as good as before.
  const outlook = useQuery(outlookQuery(caseId)).data?.outlook;
  const say = useSay();
  if (!outlook) return null;
  const lines = [
    ['crew', say.crew(outlook)],
    ['arrival', say.arrival(outlook)],
    ['news', say.news(outlook)],
    ['estimate', say.estimate(outlook)],
  ] as const;
  return (
    <dl className={styles['outlook']} aria-label={t('outlook.title')}>
      {lines.map(([what, words]) => (
        <div key={what}>
          <dt>{t(`outlook.${what}`)}</dt>
          {words.map((line) => (
            <dd key={line}>{line}</dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

function useSay() {
  const t = useT(messages);
  const tIncident = useT(incidentMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const soon = (at: number) => formatSoon(at, now, language);
  return {
    crew: ({ crew }: RepairOutlook) => [
      crew === null ? t('outlook.noCrew') : [crew.unit, crew.holder].filter(Boolean).join(' · '),
    ],
    arrival: ({ crew, arrivedAt, promisedAt }: RepairOutlook) => {
      if (arrivedAt !== null) return [t('outlook.arrived', { time: soon(arrivedAt) })];
      const at = crew?.expectedAt ?? null;
      const expected =
        at === null ? [] : [t(at > now ? 'outlook.expected' : 'outlook.notThere', { time: soon(at) })];
      const promised = promisedAt === null ? [] : [t('outlook.promised', { time: soon(promisedAt) })];
      const said = [...expected, ...promised];
      return said.length === 0 ? [t('outlook.nothing')] : said;
    },
    news: ({ told, nextNewsAt }: RepairOutlook) => [
      told === null
        ? t('outlook.untold')
        : t('outlook.told', { time: soon(told.at), news: tIncident(`news.${told.news}`) }),
      ...(nextNewsAt === null ? [] : [t('outlook.next', { time: soon(nextNewsAt) })]),
    ],
    estimate: ({ estimate }: RepairOutlook) => [
      estimate === null ? t('outlook.noEstimate') : t('outlook.back', { time: soon(estimate.at) }),
    ],
  };
}
