import { CloseOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useT } from '../../../lib/i18n.ts';
import { useKeys } from '../../../lib/keys.ts';
import { messages } from '../messages.ts';
import styles from './IntakePage.module.css';
import type { Drafts } from './use-drafts.ts';

/** As much of the words as names a tab. */
const LABEL = 8;

/** Parked drafts as tabs: somebody else steps up, and nothing typed is lost. */
export function DraftTabs({ drafts }: { drafts: Drafts }) {
  const t = useT(messages);
  const here = drafts.drafts.findIndex((draft) => draft.id === drafts.id);
  const next = drafts.drafts[(here + 1) % Math.max(1, drafts.drafts.length)];
  useKeys(t('drafts.title'), [
    { key: 'mod+b', label: t('drafts.park'), run: drafts.begin },
    {
      key: 'mod+.',
      label: t('drafts.next'),
      run: () => next && drafts.open(next.id),
      disabled: next === undefined,
    },
  ]);
  return (
    <nav className={styles['tabs']} aria-label={t('drafts.title')}>
      {drafts.drafts.map((draft, index) => {
        const { words, contactName } = draft.content.intake;
        const label = words.trim().slice(0, LABEL) || contactName || t('drafts.unnamed', { n: index + 1 });
        return (
          <span key={draft.id} className={styles['tab']}>
            <Button
              size="small"
              type={draft.id === drafts.id ? 'primary' : 'default'}
              aria-current={draft.id === drafts.id ? 'page' : undefined}
              onClick={() => drafts.open(draft.id)}
            >
              {label}
            </Button>
            <Button
              size="small"
              type="text"
              icon={<CloseOutlined />}
              aria-label={t('drafts.discard', { label })}
              onClick={() => void drafts.discard(draft.id)}
            />
          </span>
        );
      })}
      <Button size="small" icon={<PlusOutlined />} onClick={drafts.begin}>
        {t('drafts.park')} <kbd aria-hidden="true">Ctrl B</kbd>
      </Button>
      <span role="status" className={styles['saved']}>
        {drafts.drafts.length > 0 && t(`drafts.${drafts.saved}`)}
      </span>
    </nav>
  );
}
