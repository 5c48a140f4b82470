import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** An empty place says what will be here, and carries the button that makes the first one. */
export function EmptyState(props: { title: string; body?: string; icon?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles['empty']}>
      {props.icon !== undefined && (
        <span className={styles['icon']} aria-hidden="true">
          {props.icon}
        </span>
      )}
      <h2 className={styles['title']}>{props.title}</h2>
      {props.body !== undefined && <p className={styles['body']}>{props.body}</p>}
      {props.action}
    </div>
  );
}
