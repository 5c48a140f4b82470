import { Button, Checkbox, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useSetReach } from '../hall-queries.ts';
import type { HouseholdStrip } from '../household-types.ts';
import { messages } from '../messages.ts';
import styles from './HouseholdStripPanel.module.css';

/** How the customer wants to hear from us, and in which language; folded, because it is asked once. */
export function ReachForm({ id, reach }: { id: string; reach: HouseholdStrip['reach'] }) {
  const t = useT(messages);
  const [by, setBy] = useState(reach.by);
  const [language, setLanguage] = useState(reach.language);
  const [outageNews, setOutageNews] = useState(reach.outageNews);
  const [email, setEmail] = useState('');
  const save = useSetReach(id);
  const said = {
    by: t(`reach.${reach.by}`),
    language: t(`reach.${reach.language}`),
    email: reach.email ?? '',
  };
  return (
    <details className={styles['reach']}>
      <summary>
        {t('reach.now', said)}
        {!reach.outageNews && ` ${t('reach.noOutageNews')}`}
      </summary>
      <div className={styles['reachForm']}>
        <Segmented
          aria-label={t('reach.by')}
          value={by}
          options={(['sms', 'mail'] as const).map((value) => ({ value, label: t(`reach.${value}`) }))}
          onChange={setBy}
        />
        {by === 'mail' && (
          <Input
            aria-label={t('reach.email')}
            placeholder={reach.email ?? t('reach.email')}
            inputMode="email"
            maxLength={120}
            value={email}
            onChange={(event) => setEmail(event.target.value.trim())}
          />
        )}
        <Segmented
          aria-label={t('reach.language')}
          value={language}
          options={(['zh', 'en'] as const).map((value) => ({ value, label: t(`reach.${value}`) }))}
          onChange={setLanguage}
        />
        <Checkbox checked={outageNews} onChange={(event) => setOutageNews(event.target.checked)}>
          {t('reach.outageNews')}
        </Checkbox>
        <Button
          size="small"
          loading={save.isPending}
          onClick={() => save.mutate({ by, language, outageNews, ...(email === '' ? {} : { email }) })}
        >
          {t('reach.save')}
        </Button>
      </div>
      {save.error && <ErrorPanel error={save.error} kept />}
    </details>
  );
}
