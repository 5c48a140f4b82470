import type { Receipt } from '#modules/hall/hall-api.ts';
import { formatBy } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { limitWords } from '../limit-words.ts';
import { receiptMessages } from '../receipt-messages.ts';
import styles from './ReceiptPage.module.css';

const MINUTE = 60_000;

/** What is said to the customer, word for word what is printed: what happens next, by when, what he still brings. */
export function ReceiptText({ receipt }: { receipt: Receipt }) {
  const t = useT(receiptMessages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const missing = receipt.papers.filter((paper) => paper.receivedAt === null);
  return (
    <div className={styles['text']}>
      {receipt.next.length > 0 && (
        <>
          <h3>{t('receipt.next')}</h3>
          <ul>
            {receipt.next.map((step) => (
              <li key={step.step.zh}>
                {name(step.step)}
                {step.unit !== null && t('receipt.by', { unit: step.unit })}
              </li>
            ))}
          </ul>
        </>
      )}
      {receipt.promises.length > 0 && (
        <>
          <h3>{t('receipt.promised')}</h3>
          <ul>
            {receipt.promises.map((promise) => (
              <li key={promise.name.zh}>
                {t('receipt.promise', {
                  what: name(promise.name),
                  limit: limitWords(promise.limit, language),
                  time: formatBy(promise.dueAt, now, language),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {missing.length > 0 && (
        <>
          <h3>{t('receipt.missing')}</h3>
          <ul>
            {missing.map((paper) => (
              <li key={paper.id}>
                {paper.until === null
                  ? name(paper.name)
                  : t('receipt.until', { paper: name(paper.name), step: name(paper.until) })}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
