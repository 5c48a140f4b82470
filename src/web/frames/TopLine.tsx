import { DownOutlined, SearchOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Tag } from 'antd';
import { formatDate, formatTime } from '../lib/format.ts';
import { useLanguage, useT } from '../lib/i18n.ts';
import { clockScale, useNow } from '../lib/server-clock.ts';
import { sessionQuery, signOut, useSession } from '../lib/session.ts';
import { uiMessages } from '../ui/messages.ts';
import { useFeatures } from './features-context.ts';
import styles from './TopLine.module.css';

/** Ctrl+K, the clock, who sits here. */
export function TopLine(props: { onFind: () => void; onKeys: () => void }) {
  const t = useT(uiMessages);
  const { company } = useSession();
  return (
    <header className={`${styles['top']} dfw-no-print`}>
      <Button className={styles['find'] ?? ''} icon={<SearchOutlined />} onClick={props.onFind}>
        <span className={styles['findText']}>{t('top.find')}</span>
        <kbd>Ctrl K</kbd>
      </Button>
      <span className={styles['space']} />
      {company.demo && <Tag className={styles['demo'] ?? ''}>{t('top.demo')}</Tag>}
      {useFeatures().flatMap((feature) =>
        (feature.topLine ?? []).map((Part, index) => <Part key={`${feature.id} ${index}`} />),
      )}
      <Clock />
      <PersonMenu onKeys={props.onKeys} />
    </header>
  );
}

function Clock() {
  const t = useT(uiMessages);
  const { language } = useLanguage();
  const now = useNow();
  const scale = clockScale();
  return (
    <span className={styles['clock']}>
      <span className={styles['date']}>{formatDate(now, now, language)} </span>
      <time aria-label={t('top.now', { time: formatTime(now) })}>{formatTime(now)}</time>
      {scale !== 1 && (
        <abbr className={styles['scale']} title={t('top.scaled', { scale })}>
          ×{scale}
        </abbr>
      )}
    </span>
  );
}

function PersonMenu({ onKeys }: { onKeys: () => void }) {
  const t = useT(uiMessages);
  const { language, setLanguage } = useLanguage();
  const { person, postName, unit } = useSession();
  const [post, place] = [postName[language], language === 'zh' ? unit.name : unit.nameEn];
  const navigate = useNavigate();
  const queryClient = useQueryClient();

  async function leave(): Promise<void> {
    await signOut();
    queryClient.clear();
    queryClient.setQueryData(sessionQuery.queryKey, null);
    await navigate({ to: '/sign-in' });
  }

  const items = [
    { key: 'who', type: 'group' as const, label: `${place} · ${post}` },
    {
      key: 'language',
      label: t('top.language'),
      onClick: () => setLanguage(language === 'zh' ? 'en' : 'zh'),
    },
    { key: 'keys', label: t('top.keys'), onClick: onKeys },
    { key: 'password', label: t('top.password'), onClick: () => void navigate({ to: '/password' }) },
    {
      key: 'factor',
      label: t('top.factor'),
      onClick: () => void navigate({ to: '/second-factor' }),
    },
    { key: 'sessions', label: t('top.sessions'), onClick: () => void navigate({ to: '/sessions' }) },
    { key: 'divider', type: 'divider' as const },
    { key: 'leave', label: t('top.signOut'), onClick: () => void leave() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" className={styles['person'] ?? ''} title={`${place} · ${post}`}>
        <span className={styles['name']}>{person.name}</span>
        <span className={styles['post']}>{post}</span>
        <DownOutlined className={styles['caret']} />
      </Button>
    </Dropdown>
  );
}
