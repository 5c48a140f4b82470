import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { DAY } from '#kernel/instant.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { useList } from '../../../lib/use-list.ts';
import { workMessages } from '../work-messages.ts';
import { meetingsOfQuery } from '../work-queries.ts';
import styles from './CasePage.module.css';

/** 会商 about this case: when, who, and what is open of it; decisions themselves stand under who owes what. */
export function Meetings({ caseId, no, open }: { caseId: string; no: string; open: boolean }) {
  const t = useT(workMessages);
  const { language } = useLanguage();
  const list = useList();
  const now = useNow(DAY / 24);
  const navigate = useNavigate();
  const mayCall = useMay('meeting.call') && open;
  const meetings = useQuery(meetingsOfQuery(caseId)).data ?? [];
  if (meetings.length === 0 && !mayCall) return null;
  return (
    <section>
      <h2>{t('meetings.title')}</h2>
      <ul className={styles['list']}>
        {meetings.map((one) => (
          <li key={one.id}>
            <Link to="/meetings">
              {t('meetings.line', {
                time: formatDateTime(one.meetsAt, now, language),
                state: t(`meetings.${one.state}`),
                units: list(one.units.map((unit) => (language === 'zh' ? unit.name : unit.nameEn))),
              })}
            </Link>
          </li>
        ))}
      </ul>
      {mayCall && (
        <Button
          onClick={() =>
            void navigate({ to: '/meetings/call', search: { kind: 'meeting', case: caseId, no } })
          }
        >
          {t('meetings.call')}
        </Button>
      )}
    </section>
  );
}
