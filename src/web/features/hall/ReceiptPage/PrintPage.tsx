import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { sessionQuery } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { receiptQuery } from '../hall-queries.ts';
import { receiptMessages } from '../receipt-messages.ts';
import styles from './ReceiptPage.module.css';
import { ReceiptText } from './ReceiptText.tsx';

export const route = createLazyRoute('/receipts/$id/print')({ component: PrintPage });

const MINUTE = 60_000;

/** The receipt on paper: A4 or an 80 mm roll, as the printer has it. */
function PrintPage() {
  const t = useT(receiptMessages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { id = '' } = useParams({ strict: false });
  const session = useQuery(sessionQuery);
  const receipt = useQuery(receiptQuery(id));
  if (receipt.error) return <ErrorPanel error={receipt.error} onRetry={() => void receipt.refetch()} />;
  if (!receipt.data || !session.data) return <PageSkeleton />;
  const { data } = receipt;
  return (
    <main className={styles['print']}>
      <h1>{t('print.title', { company: session.data.company.name })}</h1>
      <dl>
        <dt>{t('print.no')}</dt>
        <dd className={styles['no']}>{data.no}</dd>
        <dt>{t('print.what')}</dt>
        <dd>{name(data.title)}</dd>
        <dt>{t('print.at')}</dt>
        <dd>{formatDateTime(data.acceptedAt, now, language)}</dd>
        <dt>{t('print.by')}</dt>
        <dd>
          {data.unit} · {data.firstAsked}
        </dd>
      </dl>
      <ReceiptText receipt={data} />
      <p>{t('print.keep')}</p>
      <div className={styles['sign']}>
        <span>{t('print.customer')}</span>
        <span>{t('print.clerk')}</span>
      </div>
      <div className={styles['screenOnly']}>
        <Button type="primary" onClick={() => window.print()}>
          {t('receipt.print')}
        </Button>
      </div>
    </main>
  );
}
