import { Button } from 'antd';
import { useRef, useState } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { TellingView } from '#modules/repair/telling-api.ts';
import { formatNumber, formatSoon, formatTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { messages } from '../messages.ts';
import styles from './OrderPanel.module.css';

const READERS = ['village', 'property', 'hotline', 'emergency'] as const;
type Reader = (typeof READERS)[number];

/** Words that are so now, for those whom this program does not reach: to copy into a group, a letter, another system. */
export function ReadyTexts({ view, households }: { view: TellingView; households: number }) {
  const t = useT(messages);
  return (
    <section>
      <h3>{t('texts.title')}</h3>
      {READERS.map((reader) => (
        <details key={reader}>
          <summary>{t(`texts.${reader}`)}</summary>
          <ReadyText view={{ ...view, households }} reader={reader} />
        </details>
      ))}
    </section>
  );
}

function ReadyText({ view, reader }: { view: TellingView; reader: Reader }) {
  const t = useT(messages);
  const text = useText(view, reader);
  const area = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);

  /** Outside a secure context the browser has no clipboard: the text is marked, and Ctrl+C takes it. */
  async function copy(): Promise<void> {
    area.current?.select();
    await navigator.clipboard?.writeText(text);
    setCopied(true);
  }
  return (
    <>
      <textarea
        ref={area}
        readOnly
        rows={5}
        className={styles['text']}
        aria-label={t(`texts.${reader}`)}
        value={text}
      />
      <Button size="small" onClick={() => void copy()}>
        {t(copied ? 'texts.copied' : 'texts.copy')}
      </Button>
    </>
  );
}

function useText(view: TellingView, reader: Reader): string {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const [estimate] = view.estimates;
  const back =
    view.stage === 'visit-owed' ||
    view.stage === 'resupplied' ||
    view.stage === 'review' ||
    view.stage === 'call-back';
  const next = view.groups.find((group) => group.audience === 'reporters')?.dueAt ?? null;
  const when =
    estimate !== undefined && estimate.at > now
      ? t('texts.expected', { time: formatSoon(estimate.at, now, language) })
      : t('texts.notYet', { next: next === null ? t('texts.soon') : formatTime(next) });
  return t(`say.${reader}`, {
    company: view.company,
    no: view.no,
    place: view.place ?? view.transformer ?? '',
    since: formatSoon(view.since, now, language),
    stage: back ? t('texts.back') : t(`texts.stage.${view.stage}`),
    when: back ? '' : when,
    households: formatNumber(view.households),
    reporters: formatNumber(view.reporters),
  }).trim();
}
