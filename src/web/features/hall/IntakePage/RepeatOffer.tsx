import type { Repeat } from '#modules/hall/hall-api.ts';
import { formatSoon } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { messages } from '../messages.ts';
import styles from './IntakePage.module.css';

const MINUTE = 60_000;

/** The same demand is open already: his words go there, and nobody works on it twice. */
export function RepeatOffer({ repeat }: { repeat: Repeat }) {
  const t = useT(messages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return (
    <section className={styles['offer']} role="status" aria-label={t('repeat.title')}>
      <strong>{t(`repeat.same.${repeat.same}`)}</strong>
      <p>
        {formatSoon(repeat.acceptedAt, now, language)} <CaseLink caseId={repeat.caseId} number={repeat.no} />{' '}
        {name(repeat.title)}
        {repeat.step !== null && t('repeat.at', { step: name(repeat.step) })}
        {repeat.repeats > 0 && t('repeat.times', { count: repeat.repeats })}
      </p>
      <p>{t('repeat.hint')}</p>
    </section>
  );
}
