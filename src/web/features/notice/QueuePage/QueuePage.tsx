import { createLazyRoute } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { QUEUE_STATES, type QueueState } from '#modules/notice/domain/index.ts';
import type { Gateway, QueueItem } from '#modules/notice/notice-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { useQueueAction, useQueuePages } from '../notice-queries.ts';
import styles from './QueuePage.module.css';

export const route = createLazyRoute('/outbox')({ component: QueuePage });

const MINUTE = 60_000;

/** What goes out to customers: what waits, what failed and why, what was sent; and whether the gateways work. */
function QueuePage() {
  const t = useT(messages);
  const [state, setState] = useState<QueueState>('waiting');
  const pages = useQueuePages(state);
  const first = pages.data?.pages[0];
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead title={t('title')} />
      {first?.gateways.map((gateway) => (
        <GatewayLine key={gateway.channel} gateway={gateway} />
      ))}
      <div className={styles['states']}>
        <Segmented
          aria-label={t('states')}
          value={state}
          options={QUEUE_STATES.map((value) => ({
            value,
            label: t('state.count', { state: t(`state.${value}`), count: first?.counts[value] ?? '' }),
          }))}
          onChange={setState}
        />
        <span className={styles['small']}>{t('counts.note')}</span>
      </div>
      {pages.error && <ErrorPanel error={pages.error} onRetry={() => void pages.refetch()} />}
      {!pages.data && !pages.error && <RowsSkeleton />}
      {first && items.length === 0 && <EmptyState title={t(`empty.${state}`)} />}
      {items.length > 0 && <Lines items={items} />}
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function GatewayLine({ gateway }: { gateway: Gateway }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const name = t(`gateway.${gateway.channel}`);
  const { downSince } = gateway;
  return (
    <p className={downSince === null && gateway.mode === 'real' ? styles['small'] : styles['gateway']}>
      {downSince === null
        ? t(`gateway.${gateway.mode}`, { name })
        : t('gateway.down', { name, time: formatDateTime(downSince, now, language) })}
    </p>
  );
}

function Lines({ items }: { items: readonly QueueItem[] }) {
  const t = useT(messages);
  const retry = useQueueAction('retry');
  const withdraw = useQueueAction('withdraw');
  return (
    <>
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              {(['what', 'to', 'when', 'tries', 'fault', 'do'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <Line
                key={item.id}
                item={item}
                onRetry={() => retry.mutate({ id: item.id })}
                onWithdraw={() => withdraw.mutate({ id: item.id })}
              />
            ))}
          </tbody>
        </table>
      </div>
      {retry.error && <ErrorPanel error={retry.error} />}
      {withdraw.error && <ErrorPanel error={withdraw.error} />}
    </>
  );
}

function Line(props: { item: QueueItem; onRetry: () => void; onWithdraw: () => void }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { item } = props;
  const movable = item.state === 'waiting' || item.state === 'failed';
  return (
    <tr>
      <td>
        {item.name[language]} <span className={styles['small']}>{t(`channel.${item.channel}`)}</span>
        {item.demoText !== null && (
          <div className={styles['demo']}>
            <span className={styles['small']}>{t('demo.text')}</span>
            <DemoText text={item.demoText} />
          </div>
        )}
      </td>
      <td>{item.receiver ?? t('to.hidden')}</td>
      <td>
        <Times item={item} />
      </td>
      <td>{item.attempts}</td>
      <td>
        <Fault code={item.fault} />
      </td>
      <td className={styles['do']}>
        {movable && (
          <>
            <Button size="small" onClick={props.onRetry}>
              {t('retry')}
            </Button>
            <Button size="small" onClick={props.onWithdraw}>
              {t('withdraw')}
            </Button>
          </>
        )}
      </td>
    </tr>
  );
}

/** The link in it can be followed: in a demonstration somebody has to be the customer. */
function DemoText({ text }: { text: string }) {
  const [, before = text, link, after = ''] = /^(.*?)(https?:\/\/[^\s，。]+)(.*)$/s.exec(text) ?? [];
  return (
    <p>
      {before}
      {link !== undefined && (
        <a href={new URL(link).pathname} target="_blank" rel="noreferrer">
          {link}
        </a>
      )}
      {after}
    </p>
  );
}

function Times({ item }: { item: QueueItem }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const at = (instant: number) => ({ time: formatDateTime(instant, now, language) });
  if (item.deliveredAt !== null) return t('when.delivered', at(item.deliveredAt));
  if (item.undeliveredAt !== null) return t('when.undelivered', at(item.undeliveredAt));
  if (item.sentAt !== null) return t('when.sent', at(item.sentAt));
  if (item.state === 'waiting' && item.nextTryAt !== null) return t('when.next', at(item.nextTryAt));
  if (item.state === 'waiting' && item.runAt > item.createdAt) return t('when.runAt', at(item.runAt));
  return t('when.made', at(item.createdAt));
}

const FAULTS = [
  'gateway.unreachable',
  'gateway.timeout',
  'gateway.broken-off',
  'outcome-unknown',
  'no-receiver',
  'unknown-template',
  'by-hand',
  'overtaken',
] as const;

function Fault({ code }: { code: string | null }) {
  const t = useT(messages);
  if (code === null) return null;
  const known = FAULTS.find((one) => one === code);
  return known === undefined ? t('fault.other', { code }) : t(`fault.${known}`);
}
