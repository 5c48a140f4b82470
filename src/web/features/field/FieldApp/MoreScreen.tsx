import { useState } from 'react';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { FaultCardText } from '../../../ui/FaultCardText.tsx';
import type { Device } from '../device.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';
import { useDevice } from './use-device.ts';

/** Cards to look up without a network, and the way out. */
export function MoreScreen({ device }: { device: Device }) {
  const t = useT(messages);
  const { language, setLanguage } = useLanguage();
  const { jobs, entries } = useDevice(device);
  const [asked, setAsked] = useState('');
  const [sure, setSure] = useState(false);
  const unsent = entries.filter((entry) => entry.state !== 'sent').length;
  const cards = (jobs?.cards ?? []).filter((card) => JSON.stringify(card).includes(asked.trim()));
  return (
    <>
      <section className={styles['card']}>
        <h2>{t('more.cards')}</h2>
        <label className={styles['field']}>
          <span>{t('more.search')}</span>
          <input value={asked} onChange={(event) => setAsked(event.target.value)} />
        </label>
        {cards.map((card) => (
          <FaultCardText key={card.id} card={card} />
        ))}
      </section>
      <section className={styles['card']}>
        {jobs !== null && <h2>{t('more.who', { name: jobs.person.name })}</h2>}
        {sure && <p role="alert">{t('more.signOutUnsent', { count: unsent })}</p>}
        <div className={styles['row']}>
          <button
            type="button"
            className={styles['button']}
            onClick={() => (unsent > 0 && !sure ? setSure(true) : void device.signOut())}
          >
            {t('more.signOut')}
          </button>
          <button
            type="button"
            className={styles['button']}
            onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}
          >
            {t('more.language')}
          </button>
          <a className={styles['button']} href="/work">
            {t('more.desk')}
          </a>
        </div>
      </section>
    </>
  );
}
