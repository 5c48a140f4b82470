import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import type { BellItem } from '#modules/notice/notice-api.ts';
import { formatSoon } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { messages } from '../messages.ts';
import { bellQuery, useMarkRead } from '../notice-queries.ts';
import styles from './Bell.module.css';
import { MailDigest } from './MailDigest.tsx';

const MINUTE = 60_000;
/** Beyond this a number says no more than "many". */
const MANY = 99;

/** What is for me: rings by itself, opens the case, knows what I have read. */
export function Bell() {
  return useMay('notice.own') ? <Ringing /> : null;
}

function Ringing() {
  const t = useT(messages);
  const [open, setOpen] = useState(false);
  const { data } = useQuery(bellQuery);
  useLive(['bell'], bellQuery.queryKey);
  const unread = data?.unread ?? 0;
  return (
    <>
      <Button
        type="text"
        aria-label={t('bell.open', { count: unread })}
        icon={<BellOutlined />}
        onClick={() => setOpen(true)}
      >
        {unread > 0 && <span className={styles['count']}>{unread > MANY ? `${MANY}+` : unread}</span>}
      </Button>
      <Drawer title={t('bell.title')} open={open} onClose={() => setOpen(false)} destroyOnHidden>
        <Messages items={data?.items ?? []} unread={unread} onOpen={() => setOpen(false)} />
        <MailDigest />
      </Drawer>
    </>
  );
}

function Messages(props: { items: readonly BellItem[]; unread: number; onOpen: () => void }) {
  const t = useT(messages);
  const markRead = useMarkRead();
  return (
    <div className={styles['bell']}>
      {props.unread > 0 && (
        <Button size="small" loading={markRead.isPending} onClick={() => markRead.mutate({ ids: null })}>
          {t('bell.readAll')}
        </Button>
      )}
      {props.items.length === 0 && <p>{t('bell.none')}</p>}
      <ul>
        {props.items.map((item) => (
          <Message
            key={item.ids[0]}
            item={item}
            onOpen={() => {
              if (!item.read) markRead.mutate({ ids: item.ids });
              props.onOpen();
            }}
          />
        ))}
      </ul>
    </div>
  );
}

function Message({ item, onOpen }: { item: BellItem; onOpen: () => void }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const now = useNow(MINUTE);
  const { caseId, householdId, planId, alarmId, list } = item;
  return (
    <li>
      <button
        type="button"
        onClick={() => {
          onOpen();
          if (caseId !== null) void navigate({ to: `/cases/${caseId}` });
          if (householdId !== null) void navigate({ to: `/intake?household=${householdId}` });
          if (alarmId !== null) void navigate({ to: '/outages/plans/notices' });
          if (planId !== null) void navigate({ to: `/outages/plans/${planId}` });
          if (list === 'repairs') void navigate({ to: '/command' });
          else if (list !== null) void navigate({ to: '/cases', search: { state: 'open', due: list } });
        }}
      >
        <span className={item.read ? styles['read'] : styles['unread']}>
          {item.name[language]}
          {!item.read && <span className={styles['mark']}>{t('bell.unread')}</span>}
        </span>
        <span>{item.text[language]}</span>
        <time>{formatSoon(item.at, now, language)}</time>
      </button>
    </li>
  );
}
