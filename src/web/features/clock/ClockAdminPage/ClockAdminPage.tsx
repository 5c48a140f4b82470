import { createLazyRoute } from '@tanstack/react-router';
import { useT } from '../../../lib/i18n.ts';
import { PageHead } from '../../../ui/PageHead.tsx';
import { messages } from '../messages.ts';
import { Changes } from './Changes.tsx';
import styles from './ClockAdminPage.module.css';
import { Correction } from './Correction.tsx';
import { NoticeImport } from './NoticeImport.tsx';
import { Years } from './Years.tsx';

export const route = createLazyRoute('/clocks')({ component: ClockAdminPage });

/** What the clocks of the company are counted with, and the only two ways to change it for open ones. */
function ClockAdminPage() {
  const t = useT(messages);
  return (
    <>
      <PageHead title={t('page.title')} />
      <div className={styles['page']}>
        <div>
          <Years />
        </div>
        <div>
          <NoticeImport />
          <Correction />
          <Changes />
        </div>
      </div>
    </>
  );
}
