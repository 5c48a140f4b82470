import { Button, Input } from 'antd';
import { useState } from 'react';
import { parseNotice } from '#modules/clock/domain/index.ts';
import { lookUp, useLanguage, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useImport } from '../clock-queries.ts';
import { messages, refusals } from '../messages.ts';
import styles from './ClockAdminPage.module.css';
import { DayList } from './DayList.tsx';

/** Paste, look at each day, import. The same function reads the notice here and on the server. */
export function NoticeImport() {
  const t = useT(messages);
  const { language } = useLanguage();
  const [text, setText] = useState('');
  const [paper, setPaper] = useState('');
  const sending = useImport();
  const read = text.trim().length < 10 ? null : parseNotice(text, paper);
  const fault = read !== null && 'refused' in read ? read : null;
  const year = read !== null && !('refused' in read) ? read : null;
  const off = year?.days.filter((day) => day.isOffDay).length ?? 0;
  const ready = year !== null && paper.trim().length >= 4;
  return (
    <section className={styles['form']}>
      <h2>{t('import.title')}</h2>
      <label>
        <span>{t('import.text')}</span>
        <Input.TextArea
          rows={6}
          maxLength={10_000}
          placeholder={t('import.textHint')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <label>
        <span>{t('import.paper')}</span>
        <Input maxLength={300} value={paper} onChange={(event) => setPaper(event.target.value)} />
      </label>
      <div role="status">
        {read === null && <p className={styles['small']}>{t('import.empty')}</p>}
        {fault !== null && (
          <p className={styles['warning']}>
            {lookUp(refusals, language, fault.refused, fault.detail ?? {}) ?? fault.refused}
          </p>
        )}
        {year !== null && (
          <details open>
            <summary>{t('import.preview', { year: year.year, off, work: year.days.length - off })}</summary>
            <DayList days={year.days} />
          </details>
        )}
      </div>
      {sending.error && <ErrorPanel error={sending.error} kept />}
      <div>
        <Button
          disabled={!ready}
          loading={sending.isPending}
          onClick={() =>
            sending.mutate(
              { text, paper: paper.trim() },
              {
                onSuccess: () => {
                  setText('');
                  setPaper('');
                },
              },
            )
          }
        >
          {year === null ? t('import.doIdle') : t('import.do', { year: year.year })}
        </Button>
      </div>
    </section>
  );
}
