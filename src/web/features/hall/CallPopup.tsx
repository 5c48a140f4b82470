import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useT } from '../../lib/i18n.ts';
import { useKeys } from '../../lib/keys.ts';
import { useLive } from '../../lib/live.ts';
import { useMay } from '../../lib/session.ts';
import { callMessages } from './call-messages.ts';
import { callQuery, ringingQuery, useAnswer } from './call-queries.ts';
import styles from './CallPopup.module.css';

/** In the top line: the call that rings for this person, and how many call-backs are owed. Takes no focus from a form. */
export function CallPopup() {
  return useMay('case.intake') ? <Popup /> : null;
}

function Popup() {
  const t = useT(callMessages);
  const navigate = useNavigate();
  const ringing = useQuery(ringingQuery);
  useLive(['call'], ringingQuery.queryKey);
  const id = ringing.data?.call?.id;
  const call = useQuery({ ...callQuery(id ?? ''), enabled: id !== undefined });
  const answer = useAnswer();
  const pick = (): void => {
    if (id === undefined) return;
    answer.mutate({ id });
    void navigate({ to: `/calls/${id}` });
  };
  useKeys(t('call.title'), [{ key: 'F2', label: t('call.answer'), run: pick, disabled: id === undefined }]);
  const owed = ringing.data?.owed ?? 0;
  return (
    <>
      {owed > 0 && (
        <Button size="small" onClick={() => void navigate({ to: '/calls/new' })}>
          {t('call.owedCount', { count: owed })}
        </Button>
      )}
      {id !== undefined && (
        <div className={styles['popup']} role="alert">
          <strong>{t('call.rings', { phone: call.data?.phone ?? '' })}</strong>
          <span>{call.data?.households[0]?.address ?? call.data?.area ?? ''}</span>
          <Button type="primary" onClick={pick} loading={answer.isPending}>
            {t('call.answer')} <kbd aria-hidden="true">F2</kbd>
          </Button>
        </div>
      )}
    </>
  );
}
