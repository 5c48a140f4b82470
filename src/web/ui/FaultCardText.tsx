import { CARD_PARTS, type FaultCard } from '#modules/process/domain/index.ts';
import { useLanguage, useT } from '../lib/i18n.ts';
import { useList } from '../lib/use-list.ts';
import styles from './FaultCardText.module.css';
import { uiMessages } from './messages.ts';

/** 典型故障处理方案: folded to its name, its usual time and what to take along; opened, the six parts in the crew's order. */
export function FaultCardText({ card, open = false }: { card: FaultCard; open?: boolean }) {
  const t = useT(uiMessages);
  const { language } = useLanguage();
  const list = useList();
  const { tools, materials } = card;
  return (
    <details className={styles['card']} open={open} id={`card-${card.id}`}>
      <summary>
        <span className={styles['name']}>{card.name[language]}</span>
        <span className={styles['small']}>{t('card.minutes', { n: card.minutes })}</span>
      </summary>
      <p className={styles['small']}>
        {tools.length > 0 && t('card.tools', { list: list(tools) })}
        {materials.length > 0 && <> · {t('card.materials', { list: list(materials) })}</>}
      </p>
      {CARD_PARTS.map((part) => (
        <section key={part}>
          <h3>{t(`card.${part}`)}</h3>
          <ol data-part={part}>
            {card.parts[part].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        </section>
      ))}
      <p className={styles['small']}>
        {t('card.source', { source: card.source, confidence: card.confidence, version: card.version })} ·{' '}
        {card.reviewedBy === undefined ? t('card.unreviewed') : t('card.reviewed', { by: card.reviewedBy })}
      </p>
    </details>
  );
}
