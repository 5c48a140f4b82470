import type { ReactNode } from 'react';
import styles from './FieldApp.module.css';

export function Note({ children }: { children: ReactNode }) {
  return (
    <div className={styles['card']} role="status">
      {children}
    </div>
  );
}
