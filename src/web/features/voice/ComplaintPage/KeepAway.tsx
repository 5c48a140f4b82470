import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { ComplaintView } from '#modules/voice/voice-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { peopleQuery, useKeepAway, useLetBack } from '../voice-queries.ts';
import styles from './ComplaintPage.module.css';

/** 回避: who sees nothing of this complaint, and the form by which somebody keeps away. */
export function KeepAway({ view }: { view: ComplaintView }) {
  const t = useT(messages);
  return (
    <section>
      <h2>{t('away.title')}</h2>
      {view.keptAway.length === 0 && <p className={styles['small']}>{t('away.none')}</p>}
      <ul className={styles['list']}>
        {view.keptAway.map((one) => (
          <li key={one.who}>
            {one.name} · {t(`away.${one.kind}`)}
            {one.reason !== null && <div className={styles['small']}>{one.reason}</div>}
            {one.mayLetBack && <LetBack id={view.id} personId={one.who} />}
          </li>
        ))}
      </ul>
      {view.state === 'open' && <KeepAwayForm id={view.id} />}
    </section>
  );
}

function LetBack({ id, personId }: { id: string; personId: string }) {
  const t = useT(messages);
  const ending = useLetBack(id);
  const [reason, setReason] = useState('');
  return (
    <details>
      <summary>{t('away.back')}</summary>
      <div className={styles['form']}>
        <Input
          aria-label={t('away.backReason')}
          placeholder={t('away.backReason')}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {ending.error && <ErrorPanel error={ending.error} kept />}
        <div>
          <Button
            disabled={reason.trim().length < 2}
            loading={ending.isPending}
            onClick={() => ending.mutate({ personId, reason })}
          >
            {t('away.back')}
          </Button>
        </div>
      </div>
    </details>
  );
}

const WHO = ['me', 'other'] as const;
const KINDS = ['recused', 'accused-person'] as const;

function KeepAwayForm({ id }: { id: string }) {
  const t = useT(messages);
  const navigate = useNavigate();
  const keeping = useKeepAway(id);
  const [who, setWho] = useState<'me' | 'other'>('me');
  const [kind, setKind] = useState<'recused' | 'accused-person'>('recused');
  const [text, setText] = useState('');
  const [personId, setPersonId] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const people = useQuery(peopleQuery(text));
  const me = who === 'me';
  return (
    <details>
      <summary>{t('away.do')}</summary>
      <div className={styles['form']}>
        <Segmented
          aria-label={t('away.who')}
          value={who}
          options={WHO.map((value) => ({ value, label: t(`away.${value}`) }))}
          onChange={setWho}
        />
        {!me && (
          <>
            <Select
              aria-label={t('away.who')}
              placeholder={t('away.whoHint')}
              showSearch={{ filterOption: false, onSearch: setText }}
              value={personId}
              options={(people.data ?? []).map((one) => ({
                value: one.id,
                label: `${one.name} · ${one.unit}`,
              }))}
              onChange={setPersonId}
            />
            <Segmented
              aria-label={t('away.kind')}
              value={kind}
              options={KINDS.map((value) => ({ value, label: t(`away.${value}`) }))}
              onChange={setKind}
            />
          </>
        )}
        <Input
          aria-label={t('away.reason')}
          placeholder={t('away.reason')}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <p className={styles['small']}>{t('away.after')}</p>
        {keeping.error && <ErrorPanel error={keeping.error} kept />}
        <div>
          <Button
            disabled={reason.trim().length < 2 || (!me && personId === null)}
            loading={keeping.isPending}
            onClick={() =>
              keeping.mutate(
                { personId: me ? null : personId, kind: me ? 'recused' : kind, reason },
                { onSuccess: () => (me ? void navigate({ to: '/complaints' }) : setReason('')) },
              )
            }
          >
            {t('away.do')}
          </Button>
        </div>
      </div>
    </details>
  );
}
