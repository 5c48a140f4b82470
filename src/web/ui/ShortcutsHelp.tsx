import { Modal } from 'antd';
import { Fragment } from 'react';
import { useT } from '../lib/i18n.ts';
import { keyCaps, useKeyScopes } from '../lib/keys.ts';
import { uiMessages } from './messages.ts';
import styles from './ShortcutsHelp.module.css';

/** `?`: the keys that hold on this page now, the page's own first. */
export function ShortcutsHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT(uiMessages);
  const scopes = useKeyScopes();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('keys.title')} width={520} destroyOnHidden>
      {scopes.toReversed().map((scope) => (
        <Fragment key={scope.title}>
          <h3 className={styles['scope']}>{scope.title}</h3>
          <dl className={styles['keys']}>
            {scope.bindings.map((binding) => (
              <Fragment key={binding.key}>
                <dt>
                  {keyCaps(binding.key).map((cap) => (
                    <kbd key={cap}>{cap}</kbd>
                  ))}
                </dt>
                <dd>{binding.label}</dd>
              </Fragment>
            ))}
          </dl>
        </Fragment>
      ))}
    </Modal>
  );
}
