import type { SupplyLoss } from '#modules/outage/incident-api.ts';
import { formatSoon } from '../../lib/format.ts';
import { useLanguage, useT } from '../../lib/i18n.ts';
import { useNow } from '../../lib/server-clock.ts';
import { incidentMessages as messages } from './messages.ts';
import styles from './SupplyLosses.module.css';

const MINUTE = 60_000;

/** Important users that still have light, and one supply less: who, how many are left, who was told. */
export function SupplyLosses({ losses }: { losses: readonly SupplyLoss[] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  if (losses.length === 0) return null;
  const soon = (at: number) => formatSoon(at, now, language);
  return (
    <section>
      <h3>{t('losses.title')}</h3>
      <ul className={styles['list']}>
        {losses.map(({ householdId, name, tail, lost, remaining, lostAt, manager, returnedAt }) => (
          <li key={householdId}>
            <strong>{[name, t('losses.tail', { tail })].filter(Boolean).join(' · ')}</strong>
            <span>{t(remaining > 0 ? 'losses.lost' : 'losses.none', { lost, remaining })}</span>
            <span>
              {manager === null
                ? t('losses.nobody', { at: soon(lostAt) })
                : t('losses.manager', { at: soon(lostAt), manager })}
            </span>
            {returnedAt !== null && <span>{t('losses.back', { at: soon(returnedAt) })}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
