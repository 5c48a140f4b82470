import { ExclamationCircleFilled } from '@ant-design/icons';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from 'antd';
import { ApiError } from '../lib/api.ts';
import { useT } from '../lib/i18n.ts';
import { useExplain } from '../lib/refusals.ts';
import { EmptyState } from './EmptyState.tsx';
import styles from './ErrorPanel.module.css';
import { uiMessages } from './messages.ts';

/**
 * What happened, that nothing was lost, what to do. Stands where the answer would have stood. Not red: colour is for
 * time left.
 */
export function ErrorPanel(props: { error: unknown; onRetry?: () => void; kept?: boolean }) {
  const t = useT(uiMessages);
  const { sentence, requestId } = useExplain()(props.error);
  return (
    <div role="alert" className={styles['panel']}>
      <ExclamationCircleFilled className={styles['icon']} aria-hidden="true" />
      <div className={styles['words']}>
        <p>{sentence}</p>
        {props.kept === true && <p>{t('error.lost')}</p>}
        {requestId !== undefined && <small>{t('error.request', { id: requestId })}</small>}
      </div>
      {props.onRetry && !isFinal(props.error) && <Button onClick={props.onRetry}>{t('error.retry')}</Button>}
    </div>
  );
}

/** The same question would get the same answer: not there, or not for this post. */
function isFinal(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 403 || error.status === 404);
}

/** A page that could not be shown at all. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const t = useT(uiMessages);
  return (
    <EmptyState
      title={t('error.page')}
      body={t('error.pageHint')}
      action={
        <>
          <ErrorPanel error={error} />
          <Button type="primary" onClick={() => window.location.reload()}>
            {t('error.reload')}
          </Button>
        </>
      }
    />
  );
}
