import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { News } from '#modules/repair/domain/index.ts';
import type { GroupView, TellingView } from '#modules/repair/telling-api.ts';
import { formatNumber, formatSoon, formatTime } from '../../../lib/format.ts';
import { type Translate, useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { incidentMessages } from '../../../ui/incident/messages.ts';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { useTell } from '../command-queries.ts';
import { type CommandMessage, messages } from '../messages.ts';
import styles from './OrderPanel.module.css';

/** What each group was last told, when it hears next, and the telling itself. */
export function Tellings({ view }: { view: TellingView }) {
  const t = useT(messages);
  const tIncident = useT(incidentMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return (
    <section>
      <h3>{t('tell.title')}</h3>
      {view.groups.map((group) => (
        <Group key={group.audience} view={view} group={group} />
      ))}
      {view.tellings.length > 0 && (
        <details>
          <summary>{t('tell.history', { count: view.tellings.length })}</summary>
          <ul className={styles['lines']}>
            {view.tellings.map((one) => (
              <li key={one.id}>
                <span>
                  {formatSoon(one.at, now, language)} {t(`audience.${one.audience}`)} ·{' '}
                  {tIncident(`news.${one.news}`)}
                  {one.estimate !== null && ` ${formatTime(one.estimate)}`}
                </span>
                <span className={styles['minor']}>
                  {[
                    one.by ?? t('tell.program'),
                    ...(one.automatic ? [t('tell.automatic')] : []),
                    t(`way.${one.way}`),
                    ...receiptsOf(one, t),
                    ...(one.late ? [t('tell.late')] : []),
                  ].join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function receiptsOf(
  { way, messages: count, unreached, receipts }: TellingView['tellings'][number],
  t: Translate<CommandMessage>,
): readonly string[] {
  if (way !== 'message') return [];
  const { sent, waiting, failed } = receipts;
  return [
    t('tell.messages', { count: formatNumber(count) }),
    ...(sent + waiting + failed > 0 && count > 0
      ? [
          t('tell.receipts', {
            sent: formatNumber(sent),
            waiting: formatNumber(waiting),
            failed: formatNumber(failed),
          }),
        ]
      : []),
    ...(unreached > 0 ? [t('tell.unreached', { count: formatNumber(unreached) })] : []),
  ];
}

function Group({ view, group }: { view: TellingView; group: GroupView }) {
  const t = useT(messages);
  const tIncident = useT(incidentMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const since = group.lastToldAt ?? group.since;
  return (
    <div className={styles['group']}>
      <h4>
        <span>{t(`audience.${group.audience}`)}</span>
        {group.dueAt !== null && <TimeLeft deadline={{ dueAt: group.dueAt, startedAt: since }} />}
      </h4>
      <p className={styles['minor']}>
        {group.lastNews === null || group.lastToldAt === null
          ? t('tell.never')
          : t('tell.last', {
              time: formatSoon(group.lastToldAt, now, language),
              news: tIncident(`news.${group.lastNews}`),
            })}{' '}
        {group.why !== null &&
          group.dueAt !== null &&
          t(`why.${group.why}`, { time: formatTime(group.dueAt) })}{' '}
        {group.automaticAt !== null &&
          group.automaticAt > now &&
          t('tell.automaticAt', { time: formatTime(group.automaticAt) })}
      </p>
      {group.reach !== null && <Reach reach={group.reach} />}
      {group.sending !== null && (
        <Sending view={view} count={group.reach?.byMessage ?? 0} sending={group.sending} />
      )}
      {group.held !== null && <p>{t('tell.held', { count: formatNumber(group.held) })}</p>}
      {view.mayTell && group.news.length > 0 && <Tell view={view} group={group} />}
    </div>
  );
}

/** Whom a message reaches; the others hear from their village, their property manager, their neighbours. */
function Reach({ reach }: { reach: NonNullable<GroupView['reach']> }) {
  const t = useT(messages);
  const { dark, byMessage, withoutNumber, unwilling } = reach;
  if (dark === 0) return <p className={styles['minor']}>{t('tell.nobody')}</p>;
  return (
    <p className={styles['minor']}>
      {t('tell.reach', { dark: formatNumber(dark), count: formatNumber(byMessage) })}
      {withoutNumber > 0 && ` ${t('tell.without', { count: formatNumber(withoutNumber) })}`}
      {unwilling > 0 && ` ${t('tell.unwilling', { count: formatNumber(unwilling) })}`}
    </p>
  );
}

/** When the last of so many would be out: nobody is promised what the pace does not hold. */
function Sending({
  view,
  count,
  sending,
}: {
  view: TellingView;
  count: number;
  sending: NonNullable<GroupView['sending']>;
}) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const pace = formatNumber(view.pace);
  return (
    <p className={styles['minor']}>
      {view.queued > 0 && `${t('tell.queued', { count: formatNumber(view.queued) })} `}
      {sending.until === null
        ? t('tell.pace', {
            pace,
            count: formatNumber(count),
            time: formatSoon(sending.lastAt, now, language),
          })
        : t('tell.paceCut', {
            pace,
            count: formatNumber(sending.count),
            rest: formatNumber(count - sending.count),
            until: formatSoon(sending.until, now, language),
            last: formatSoon(sending.lastAt, now, language),
          })}
    </p>
  );
}

/** Only what is so can be chosen; the likeliest stands first. To very many only after their number was typed. */
function Tell({ view, group }: { view: TellingView; group: GroupView }) {
  const t = useT(messages);
  const tIncident = useT(incidentMessages);
  const telling = useTell(view.orderId);
  const [chosen, setChosen] = useState<News | null>(null);
  const [typed, setTyped] = useState<number | null>(null);
  const news = group.news.find((one) => one === chosen) ?? group.news[0];
  if (news === undefined) return null;
  if (group.notBefore !== null) return <p>{t('tell.night', { time: formatTime(group.notBefore) })}</p>;
  const estimate = view.estimates[0]?.at;
  const count = group.reach?.byMessage ?? 0;
  const isMass = count > view.most;
  const mayTell = (way: GroupView['ways'][number]) => way !== 'message' || !isMass || typed === count;
  const label = (one: News) =>
    ['estimate', 'moved'].includes(one) && estimate !== undefined
      ? `${tIncident(`news.${one}`)} ${formatTime(estimate)}`
      : tIncident(`news.${one}`);
  return (
    <>
      <div className={styles['do']}>
        <Select<News>
          aria-label={t('tell.what', { audience: t(`audience.${group.audience}`) })}
          value={news}
          onChange={setChosen}
          options={group.news.map((one) => ({ value: one, label: label(one) }))}
        />
        {group.ways.map((way, i) => (
          <Button
            key={way}
            type={i === 0 && group.audience === 'reporters' ? 'primary' : 'default'}
            loading={telling.isPending}
            disabled={!mayTell(way)}
            onClick={() =>
              telling.mutate({
                audience: group.audience,
                news,
                way,
                ...(isMass && way === 'message' && typed !== null ? { yes: typed } : {}),
              })
            }
          >
            {t(`do.${way}`)}
          </Button>
        ))}
      </div>
      {isMass && (
        <p>
          {t('tell.most', { most: formatNumber(view.most), count: formatNumber(count) })}{' '}
          <InputNumber aria-label={t('tell.yes')} value={typed} onChange={setTyped} controls={false} />
        </p>
      )}
      {telling.error && <ErrorPanel error={telling.error} kept />}
    </>
  );
}
