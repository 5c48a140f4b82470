import type { FaultCard } from '#modules/process/domain/index.ts';
import type { FieldCrew } from '#modules/repair/field-api.ts';
import { formatTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';

/** 预排: where the crew would go next, for what, and what it should have in the car. */
export function Arranged(props: { crew: FieldCrew; cards: readonly FaultCard[] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { crew, cards } = props;
  return crew.arranged.map((job) => {
    const card = cards.find((one) => one.id === job.card);
    const take = [...(card?.materials ?? []), ...(card?.tools ?? [])];
    return (
      <section key={job.orderId} className={styles['card']}>
        <h3>
          {t('next.where', {
            village: job.village ?? t(`zone.${job.zone}`),
            time: formatTime(job.arrivesAt),
          })}
        </h3>
        <p className={styles['small']}>{t('job.no', { no: job.no })}</p>
        {card !== undefined && <p>{t('next.what', { what: card.name[language] })}</p>}
        {take.length > 0 && <p>{t('next.take', { list: take.join(language === 'zh' ? '、' : ', ') })}</p>}
      </section>
    );
  });
}
