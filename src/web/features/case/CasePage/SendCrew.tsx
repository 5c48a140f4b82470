import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { Candidate } from '#modules/repair/dispatch-api.ts';
import { formatTime } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { crewsForQuery, useSendCrew } from '../case-queries.ts';
import { messages } from '../messages.ts';
import { crewChoice } from './crew-choice.ts';
import styles from './CasePage.module.css';

/** The step of dispatching: which crew goes. Those that may are named first, the soonest on top; why another cannot go stands beside it. */
export function SendCrew({ orderId }: { orderId: string }) {
  const t = useT(messages);
  const crews = useQuery(crewsForQuery(orderId));
  const sending = useSendCrew(orderId);
  const [chosen, setChosen] = useState<string | null>(null);
  if (crews.error) return <ErrorPanel error={crews.error} onRetry={() => void crews.refetch()} />;
  const { crewId, options } = crewChoice(crews.data ?? [], chosen);
  const label = ({ name, lead, arrivesAt, lacks }: Candidate) => {
    const there = t('crew.there', { name, lead, time: formatTime(arrivesAt) });
    return lacks === null ? there : `${there} · ${t(`crew.lacks.${lacks}`)}`;
  };
  return (
    <div className={styles['fields']}>
      {crews.data !== undefined && crewId === null && <p>{t('crew.none')}</p>}
      {crewId !== null && (
        <Select
          aria-label={t('crew.choose')}
          value={crewId}
          onChange={setChosen}
          options={options.map(({ candidate, mayGo }) => ({
            value: candidate.crewId,
            label: label(candidate),
            disabled: !mayGo,
          }))}
        />
      )}
      {crewId !== null && (
        <Button type="primary" loading={sending.isPending} onClick={() => sending.mutate({ crewId })}>
          {t('crew.send')}
        </Button>
      )}
      <Link to="/dispatch">{t('case.atDispatch')}</Link>
      {sending.error && <ErrorPanel error={sending.error} kept />}
    </div>
  );
}
