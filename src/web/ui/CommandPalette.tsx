import { SearchOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Input, Modal } from 'antd';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useFeatures } from '../frames/features-context.ts';
import type { PaletteItem } from '../lib/feature.ts';
import { useT } from '../lib/i18n.ts';
import styles from './CommandPalette.module.css';
import { uiMessages } from './messages.ts';
import { usePaletteSearch } from './use-palette-search.ts';

/** Ctrl+K: finds anything and does anything. What it finds comes from the features. */
export function CommandPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT(uiMessages);
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={640}
      destroyOnHidden
      title={<span className="dfw-hidden">{t('palette.title')}</span>}
      className={styles['palette'] ?? ''}
    >
      <Search providersOf={useFeatures()} onClose={onClose} />
    </Modal>
  );
}

function Search(props: { providersOf: ReturnType<typeof useFeatures>; onClose: () => void }) {
  const t = useT(uiMessages);
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const { groups, settled } = usePaletteSearch(props.providersOf, text);
  const items = groups.flatMap((group) => group.items);
  const chosen = items[at];

  useEffect(() => {
    document.getElementById(`palette-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  function run(item: PaletteItem): void {
    props.onClose();
    void item.run((path) => void navigate({ href: path }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, items.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && chosen) run(chosen);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined />}
        placeholder={t('top.find')}
        aria-label={t('palette.title')}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={chosen ? `palette-${at}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="palette-list" role="listbox" aria-label={t('palette.title')} className={styles['list']}>
        {groups.map((group) => (
          <div key={group.id} role="group" aria-label={group.title}>
            <div className={styles['group']} aria-hidden="true">
              {group.failed ? t('palette.failed', { group: group.title }) : group.title}
            </div>
            {group.items.map((item) => {
              const index = items.indexOf(item);
              return (
                <div
                  key={item.id}
                  id={`palette-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === at}
                  className={styles['item']}
                  onClick={() => run(item)}
                  onKeyDown={onKeyDown}
                  onMouseMove={() => setAt(index)}
                >
                  <span aria-hidden="true">{item.icon}</span>
                  <span className={styles['title']}>{item.title}</span>
                  <span className={styles['detail']}>{item.detail}</span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {settled && text !== '' && items.length === 0 && (
        <p className={styles['empty']}>{t('palette.empty', { text })}</p>
      )}
      <p className={styles['hint']}>{t('palette.hint')}</p>
    </>
  );
}
