import type { ReactNode } from 'react';
import styles from './PageHead.module.css';

/** What it is, whose it is, the promise; the actions at the same place on every page. */
export function PageHead(props: {
  title: string;
  owner?: ReactNode;
  promise?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className={styles['head']}>
      <div className={styles['what']}>
        <h1>{props.title}</h1>
        {props.owner !== undefined && <p className={styles['owner']}>{props.owner}</p>}
      </div>
      {props.promise !== undefined && <div className={styles['promise']}>{props.promise}</div>}
      {props.actions !== undefined && <div className={styles['actions']}>{props.actions}</div>}
    </header>
  );
}
