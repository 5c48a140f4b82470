import type { ReactNode } from 'react';
import { useT } from '../lib/i18n.ts';
import { uiMessages } from '../ui/messages.ts';
import styles from './PhoneFrame.module.css';
import { useOnline } from './use-online.ts';

export type PhoneTab = {
  readonly path: string;
  readonly icon: ReactNode;
  readonly label: string;
  readonly active: boolean;
  /** Instead of going to the address: a page that must not be loaded again. */
  readonly onOpen?: () => void;
};

/** One thing at a time, big buttons in the thumb's reach; what waits to be sent is always in sight. */
export function PhoneFrame(props: {
  title: string;
  tabs?: readonly PhoneTab[];
  /** The large button at the bottom. */
  action?: ReactNode;
  waiting?: number;
  /** Stands for `waiting` where a page says more of it. */
  status?: ReactNode;
  /** The last call got no answer, whatever the device believes. */
  offline?: boolean;
  children: ReactNode;
}) {
  const t = useT(uiMessages);
  const online = useOnline() && props.offline !== true;
  const waiting = props.waiting ?? 0;
  return (
    <div className={`${styles['phone']} ${props.tabs === undefined ? '' : styles['withTabs']}`}>
      <header className={styles['head']}>
        <h1>{props.title}</h1>
        {props.status}
        {props.status === undefined && waiting > 0 && (
          <span role="status">{t('phone.waiting', { count: waiting })}</span>
        )}
      </header>
      {!online && (
        <p className={styles['offline']} role="status">
          {t('phone.offline')}
        </p>
      )}
      <main className={styles['body']}>{props.children}</main>
      {props.action !== undefined && <div className={styles['action']}>{props.action}</div>}
      {props.tabs !== undefined && (
        <nav className={styles['tabs']} aria-label={t('nav.places')}>
          {props.tabs.map((tab) => (
            <a
              key={tab.path}
              href={tab.path}
              aria-current={tab.active ? 'page' : undefined}
              onClick={tab.onOpen}
            >
              <span aria-hidden="true">{tab.icon}</span>
              {tab.label}
            </a>
          ))}
        </nav>
      )}
    </div>
  );
}
