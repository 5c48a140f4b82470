import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { formatTime } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { orderSmsQuery, useOrderSms } from '../command-queries.ts';
import { messages } from '../messages.ts';
import styles from './OrderPanel.module.css';

/** No network where the crew is: the order goes to its person in charge as SMS, and the desk enters its times (代录). */
export function OrderSms({ orderId }: { orderId: string }) {
  const t = useT(messages);
  const { data, error, refetch } = useQuery(orderSmsQuery(orderId));
  const sending = useOrderSms(orderId);
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (data === undefined || data.lead === null) return null;
  return (
    <section>
      <h3>{t('sms.title')}</h3>
      <p className={styles['minor']}>{t('sms.hint')}</p>
      {data.reachable ? (
        <div className={styles['do']}>
          <Button loading={sending.isPending} onClick={() => sending.mutate({})}>
            {t(data.messages.length === 0 ? 'sms.send' : 'sms.again', { lead: data.lead })}
          </Button>
        </div>
      ) : (
        <p>{t('sms.noPhone', { lead: data.lead })}</p>
      )}
      {sending.error && <ErrorPanel error={sending.error} kept />}
      <ul className={styles['lines']}>
        {data.messages.map((one) => (
          <li key={one.id}>
            <span>{formatTime(one.at)}</span>
            <span>{t(`sms.state.${one.state}`)}</span>
            {one.deliveredAt !== null && <b>{t('sms.delivered', { time: formatTime(one.deliveredAt) })}</b>}
            {one.undeliveredAt !== null && <b role="alert">{t('sms.undelivered')}</b>}
          </li>
        ))}
      </ul>
    </section>
  );
}
