import type { ReactNode } from 'react';
import { useT } from '../lib/i18n.ts';
import { uiMessages } from './messages.ts';
import styles from './Skeletons.module.css';

/** Grey shapes of what is coming: rows of a list at their true height. */
export function RowsSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Loading>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className={styles['row']} data-width={row % 4} />
      ))}
    </Loading>
  );
}

/** A page head and the body below it. */
export function PageSkeleton() {
  return (
    <Loading>
      <span className={styles['title']} />
      <span className={styles['row']} data-width={1} />
      <span className={styles['block']} />
    </Loading>
  );
}

function Loading({ children }: { children: ReactNode }) {
  const t = useT(uiMessages);
  return (
    <div className={styles['skeleton']} role="status">
      <span className="dfw-hidden">{t('app.loading')}</span>
      {children}
    </div>
  );
}
