import { DAY } from '#kernel/instant.ts';
import type { StepForm } from '#modules/case/case-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { fieldMessages } from '../field-messages.ts';
import styles from './CasePage.module.css';

/** The tries to reach the customer so far, and from when the next one is allowed. */
export function CallTries({ calls }: { calls: NonNullable<StepForm['calls']> }) {
  const t = useT(fieldMessages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const time = (at: number) => formatDateTime(at, now, language);
  const lines = [
    ...calls.attempts.map((one, i) =>
      t('calls.tried', { n: i + 1, time: time(one.at), outcome: t(`calls.${one.outcome}`), by: one.by }),
    ),
    calls.notBefore === null
      ? t('calls.none', { most: calls.most })
      : t('calls.notBefore', { time: time(calls.notBefore) }),
  ];
  return (
    <ul className={styles['small']}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
