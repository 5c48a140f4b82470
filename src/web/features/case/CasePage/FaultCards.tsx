import type { CaseView } from '#modules/case/case-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { FaultCardText } from '../../../ui/FaultCardText.tsx';
import { fieldMessages } from '../field-messages.ts';
import styles from './CasePage.module.css';

/** The card of the fault that was found, or those that the customer's words speak for; nothing where none does. */
export function FaultCards({ of }: { of: NonNullable<CaseView['order']>['faultCards'] }) {
  const t = useT(fieldMessages);
  if (of.cards.length === 0) return null;
  return (
    <section>
      <h2>{t(of.found ? 'card.found' : 'card.suggested')}</h2>
      <div className={styles['cards']}>
        {of.cards.map((card) => (
          <FaultCardText key={card.id} card={card} />
        ))}
      </div>
    </section>
  );
}
