import { MINUTE } from '#kernel/instant.ts';
import type { VerdictView } from '#modules/voice/voice-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { messages } from '../messages.ts';
import styles from './ComplaintPage.module.css';

/** The verdict that stands, those before it, and what became of appeals. */
export function Verdicts({ verdicts }: { verdicts: readonly VerdictView[] }) {
  const t = useT(messages);
  return (
    <section>
      <h2>{t('verdict.title')}</h2>
      {verdicts.length === 0 && <p className={styles['small']}>{t('verdict.none')}</p>}
      <ul className={styles['list']}>
        {verdicts.map((one) => (
          <li key={one.id}>
            <OneVerdict one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OneVerdict({ one }: { one: VerdictView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const at = (time: number) => formatDateTime(time, now, language);
  const { appeal } = one;
  const head = [t(`verdict.${one.verdict}`), t(`liability.${one.liability}`), one.liableUnit];
  return (
    <>
      <b className={one.standing ? '' : styles['replaced']}>{head.filter(Boolean).join(' · ')}</b>
      <p>{one.grounds}</p>
      <p className={styles['small']}>
        {t('verdict.by', { person: one.givenBy, time: at(one.givenAt) })}
        {!one.standing && ` · ${t('verdict.replaced')}`}
      </p>
      {appeal !== null && (
        <>
          <p>
            {t('appeal.by', { unit: appeal.unit, time: at(appeal.askedAt) })} · {appeal.words}
          </p>
          <p>
            {appeal.result === null ? t('appeal.open') : t(`appeal.${appeal.result}`)}
            {appeal.grounds !== null && ` · ${appeal.grounds}`}
            {appeal.decidedAt !== null && (
              <span className={styles['small']}>
                {' · '}
                {t('appeal.decidedBy', { person: appeal.decidedBy ?? '', time: at(appeal.decidedAt) })}
              </span>
            )}
          </p>
        </>
      )}
    </>
  );
}
