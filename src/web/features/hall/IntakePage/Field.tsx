import type { ReactNode } from 'react';
import styles from './IntakePage.module.css';

/** A visible label over a control that carries the same name for screen readers. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles['field']}>
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}
