import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Alert } from 'antd';
import { DAY } from '#kernel/instant.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay, useSession } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { factorQuery } from '../session-queries.ts';
import { EndFactor } from './EndFactor.tsx';
import { Enrol } from './Enrol.tsx';
import { FactorRule } from './FactorRule.tsx';
import styles from './SecondFactorPage.module.css';

export const route = createLazyRoute('/second-factor')({ component: SecondFactorPage });

/** 动态验证码: one's own, and for the security administrator whether the three administrators must have one. */
function SecondFactorPage() {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const { mustEnrol } = useSession();
  const mayRule = useMay('security.admin');
  const factor = useQuery(factorQuery);
  if (factor.error) return <ErrorPanel error={factor.error} onRetry={() => void factor.refetch()} />;
  if (!factor.data) return <PageSkeleton />;
  const { since, recoveryLeft, required } = factor.data;
  return (
    <div className={styles['page']}>
      <PageHead title={t('factor.title')} />
      {mustEnrol && <Alert type="info" showIcon title={t('factor.must')} />}
      {since === null ? (
        <Enrol />
      ) : (
        <>
          <p>
            {t('factor.since', { time: formatDateTime(since, now, language) })}{' '}
            {t('factor.left', { count: recoveryLeft })}
          </p>
          {!required && <EndFactor />}
        </>
      )}
      {mayRule && <FactorRule />}
    </div>
  );
}
