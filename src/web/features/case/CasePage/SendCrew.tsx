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
import styles from './CasePage.module.css';

/** The step of dispatching: which crew goes. Those that may are named first, the soonest on top; why another cannot go stands beside it. */
export function SendCrew({ orderId }: { orderId: string }) {
  const t = useT(messages);
  const crews = useQuery(crewsForQuery(orderId));
  const sending = useSendCrew(orderId);
  const [chosen, setChosen] = useState<string | null>(null);
  if (crews.error) return <ErrorPanel error={crews.error} onRetry={() => void crews.refetch()} />;
  const able = (crews.data ?? []).filter(mayGo);
  const crewId = able.find((one) => one.crewId === chosen)?.crewId ?? able[0]?.crewId ?? null;
  const label = ({ name, lead, arrivesAt, lacks }: Candidate) => {
    const there = t('crew.there', { name, lead, time: formatTime(arrivesAt) });
    return lacks === null ? there : `${there} · ${t(`crew.lacks.${lacks}`)}`;
  };
  return (
    <div className={styles['fields']}>
      {crews.data !== undefined && able.length === 0 && <p>{t('crew.none')}</p>}
      {able.length > 0 && (
        <Select
          aria-label={t('crew.choose')}
          value={crewId}
          onChange={setChosen}
          options={(crews.data ?? []).map((one) => ({
            value: one.crewId,
            label: label(one),
            disabled: !mayGo(one),
          }))}
        />
      )}
      {able.length > 0 && (
        <Button
          type="primary"
          loading={sending.isPending}
          disabled={crewId === null}
          onClick={() => {
            if (crewId !== null) sending.mutate({ crewId });
          }}
        >
          {t('crew.send')}
        </Button>
      )}
      <Link to="/dispatch">{t('case.atDispatch')}</Link>
      {sending.error && <ErrorPanel error={sending.error} kept />}
    </div>
  );
}

/** What its point lacks another can bring; who is out, or may not do it, cannot go. */
function mayGo({ lacks }: Candidate): boolean {
  return lacks === null || lacks === 'materials';
}
