import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import type { PlanNotice } from '#modules/outage/planned-api.ts';
import { formatDate, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { DAY, spanWords } from '../plan-words.ts';
import { noticeQuery } from '../planned-queries.ts';
import styles from './NoticePage.module.css';

export const route = createLazyRoute('/outages/plans/$id/notice')({ component: NoticePage });

/** The public notice on A4, and behind it the list on which each village signs. */
function NoticePage() {
  const t = useT(messages);
  const { id = '' } = useParams({ strict: false });
  const notice = useQuery(noticeQuery(id));
  if (notice.error) return <ErrorPanel error={notice.error} onRetry={() => void notice.refetch()} />;
  if (!notice.data) return <PageSkeleton />;
  return (
    <main className={styles['paper']}>
      <Sheet notice={notice.data} />
      <Villages notice={notice.data} />
      <div className="dfw-no-print">
        <Button type="primary" onClick={() => window.print()}>
          {t('notice.print')}
        </Button>
      </div>
    </main>
  );
}

function Sheet({ notice }: { notice: PlanNotice }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(DAY);
  const { company, announcedAt, villages } = notice;
  return (
    <article>
      <h1>{t('notice.title')}</h1>
      <p className={styles['no']}>{notice.no}</p>
      {announcedAt === null && <p className={styles['draft']}>{t('notice.draft')}</p>}
      <p>{t('notice.lead', { reason: t(`reason.${notice.reason}`) })}</p>
      <dl>
        <dt>{t('notice.time')}</dt>
        <dd>{spanWords(notice, now, language)}</dd>
        <dt>{t('notice.work')}</dt>
        <dd>{notice.work}</dd>
        <dt>{t('notice.lines')}</dt>
        <dd>{notice.feeders.join('、')}</dd>
        <dt>{t('notice.area')}</dt>
        <dd>
          <ul>
            {villages.map(({ code, households, transformers, ...village }) => (
              <li key={code}>
                {t('notice.village', {
                  ...village,
                  transformers: transformers.join('、'),
                  households: formatNumber(households),
                })}
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      <p>{t('notice.early')}</p>
      <p>{t('notice.contact')}</p>
      <p className={styles['sign']}>
        {company}
        <br />
        {announcedAt === null ? '' : formatDate(announcedAt, now, language)}
      </p>
    </article>
  );
}

function Villages({ notice }: { notice: PlanNotice }) {
  const t = useT(messages);
  return (
    <article className={styles['list']}>
      <h2>
        {t('notice.list')} {notice.no}
      </h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('target.village')}</th>
            <th scope="col">{t('col.households')}</th>
            <th scope="col">{t('notice.sign')}</th>
          </tr>
        </thead>
        <tbody>
          {notice.villages.map((village) => (
            <tr key={village.code}>
              <td>
                {village.town}
                {village.name}
              </td>
              <td>{formatNumber(village.households)}</td>
              <td aria-label={t('notice.sign')} />
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}
