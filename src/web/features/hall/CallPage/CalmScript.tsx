import type { CallNotes } from '#modules/hall/call-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { callMessages } from '../call-messages.ts';
import styles from './CallPage.module.css';

const STEPS = ['listen', 'sorry', 'repeat', 'promise', 'own'] as const;

/** What to say to somebody upset, in the order in which it helps; nothing where he is calm. */
export function CalmScript({ mood, escalationRisk }: Pick<CallNotes, 'mood' | 'escalationRisk'>) {
  const t = useT(callMessages);
  if (mood === 'calm' && !escalationRisk) return null;
  return (
    <section className={styles['card']} aria-labelledby="calm-script" aria-live="polite">
      <h2 id="calm-script">{t('calm.title')}</h2>
      <ol className={styles['script']}>
        {STEPS.map((step) => (
          <li key={step}>{t(`calm.${step}`)}</li>
        ))}
        {mood === 'furious' && <li>{t('calm.lead')}</li>}
        {escalationRisk && <li>{t('calm.risk')}</li>}
      </ol>
    </section>
  );
}
