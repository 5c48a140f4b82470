import type { ErrorComponentProps } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useT } from '../lib/i18n.ts';
import { useExplain } from '../lib/refusals.ts';
import { EmptyState } from './EmptyState.tsx';
import { uiMessages } from './messages.ts';

/** What happened, that nothing was lost, what to do. Stands where the answer would have stood. */
export function ErrorPanel(props: { error: unknown; onRetry?: () => void; kept?: boolean }) {
  const t = useT(uiMessages);
  const { sentence, requestId } = useExplain()(props.error);
  return (
    <Alert
      type="error"
      role="alert"
      showIcon
      title={sentence}
      description={
        <>
          {props.kept === true && <p>{t('error.lost')}</p>}
          {requestId !== undefined && <small>{t('error.request', { id: requestId })}</small>}
        </>
      }
      action={props.onRetry && <Button onClick={props.onRetry}>{t('error.retry')}</Button>}
    />
  );
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
