import { Button, Input } from 'antd';
import { useState } from 'react';
import type { DrillFinding } from '#modules/repair/drill-api.ts';
import { endOfDay } from '../../../lib/end-of-day.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { drillMessages } from '../drill-messages.ts';
import { useCheckFinding } from '../drill-queries.ts';
import styles from './DrillPage.module.css';

/** Whoever did not close it looks: it holds, or it is open again with what is still wrong and a new day. */
export function CheckFinding({ finding }: { finding: DrillFinding }) {
  const t = useT(drillMessages);
  const checking = useCheckFinding(finding.id);
  const [failing, setFailing] = useState(false);
  const [words, setWords] = useState('');
  const [day, setDay] = useState('');
  return (
    <>
      <div className={styles['row']}>
        <Button loading={checking.isPending} onClick={() => checking.mutate({ holds: true })}>
          {t('check.holds')}
        </Button>
        <Button aria-expanded={failing} onClick={() => setFailing(!failing)}>
          {t('check.fails')}
        </Button>
      </div>
      {failing && (
        <form
          className={styles['row']}
          onSubmit={(event) => {
            event.preventDefault();
            checking.mutate({ holds: false, again: { words: words.trim(), dueAt: endOfDay(day) } });
          }}
        >
          <label>
            <span>{t('check.words')}</span>
            <Input maxLength={1000} value={words} onChange={(event) => setWords(event.target.value)} />
          </label>
          <label>
            <span>{t('finding.due')}</span>
            <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
          </label>
          <Button
            htmlType="submit"
            disabled={words.trim().length < 2 || day === ''}
            loading={checking.isPending}
          >
            {t('check.again')}
          </Button>
        </form>
      )}
      {checking.error && <ErrorPanel error={checking.error} kept />}
    </>
  );
}
