import { Button, InputNumber } from 'antd';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { queueMessages } from '../queue-messages.ts';
import styles from './QueuePage.module.css';
import { useQueueActions } from './use-queue-actions.ts';

/** One line over the counter's form: who is in hand, how many wait, and the next thing to do (F8). */
export function QueueBar() {
  const t = useT(queueMessages);
  const { queue, window, setWindow, error, primary, others } = useQueueActions();
  if (!queue.data) return null;
  const { inHand, waiting, waitMinutes } = queue.data;
  return (
    <section className={styles['bar']} aria-label={t('place.queueName')}>
      <InputNumber
        aria-label={t('queue.window')}
        min={1}
        max={99}
        precision={0}
        size="small"
        style={{ width: 72 }}
        value={window}
        onChange={(n) => n !== null && setWindow(n)}
      />
      <span>{t('queue.windowNo', { n: window })}</span>
      <strong role="status">
        {inHand === null
          ? `${t('queue.inHand')} ${t('queue.nobody')}`
          : t(`queue.${inHand.state}`, { label: inHand.label, count: inHand.calls })}
      </strong>
      <span>{t('queue.waiting', { count: waiting.length, minutes: waitMinutes })}</span>
      <span className={styles['space']} />
      {others.map((one) => (
        <Button key={one.id} size="small" onClick={one.run} loading={one.busy ?? false}>
          {one.label}
        </Button>
      ))}
      <Button size="small" disabled={!primary.allowed} onClick={primary.run} loading={primary.busy ?? false}>
        {primary.label} <kbd aria-hidden="true">F8</kbd>
      </Button>
      {error && <ErrorPanel error={error} kept />}
    </section>
  );
}
