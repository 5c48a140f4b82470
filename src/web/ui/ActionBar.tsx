import { Button, Dropdown, Tooltip } from 'antd';
import { useT } from '../lib/i18n.ts';
import { keyCaps, useKeys } from '../lib/keys.ts';
import styles from './ActionBar.module.css';
import { uiMessages } from './messages.ts';

/** An action as the server allows it now. A refused one stays in sight with the server's reason. */
export type PageAction = {
  readonly id: string;
  readonly label: string;
  readonly allowed: boolean;
  readonly reason?: string;
  readonly run: () => void;
  readonly busy?: boolean;
};

/** More than this many beside the primary one fold into a menu. */
const IN_SIGHT = 4;

/** The actions of a page, always at its foot: the primary one rightmost, also by Ctrl+Enter. */
export function ActionBar({
  primary,
  others = [],
}: {
  primary?: PageAction;
  others?: readonly PageAction[];
}) {
  const t = useT(uiMessages);
  const ready = primary !== undefined && primary.allowed && primary.busy !== true;
  useKeys(
    t('action.keys'),
    primary ? [{ key: 'mod+Enter', label: primary.label, run: primary.run, disabled: !ready }] : [],
  );
  const folded = others.slice(IN_SIGHT);

  return (
    <div className={styles['bar']} role="toolbar" aria-label={t('action.keys')}>
      {others.slice(0, IN_SIGHT).map((action) => (
        <ActionButton key={action.id} action={action} />
      ))}
      {folded.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: folded.map((action) => ({
              key: action.id,
              label: action.allowed ? action.label : `${action.label} · ${action.reason ?? ''}`,
              disabled: !action.allowed,
              onClick: action.run,
            })),
          }}
        >
          <Button>{t('action.more')}</Button>
        </Dropdown>
      )}
      <span className={styles['space']} />
      {primary && !primary.allowed && <span className={styles['reason']}>{primary.reason}</span>}
      {primary && <ActionButton action={primary} primary />}
    </div>
  );
}

/** Refused buttons keep the focus order and tell their reason: `aria-disabled`, not `disabled`. */
function ActionButton({ action, primary = false }: { action: PageAction; primary?: boolean }) {
  return (
    <Tooltip title={action.allowed ? undefined : action.reason}>
      <Button
        type={primary && action.allowed ? 'primary' : 'default'}
        size={primary ? 'large' : 'middle'}
        className={action.allowed ? '' : (styles['refused'] ?? '')}
        aria-disabled={!action.allowed}
        loading={action.busy ?? false}
        onClick={() => action.allowed && action.run()}
      >
        {action.label}
        {primary && <kbd aria-hidden="true">{keyCaps('mod+Enter').join(' ')}</kbd>}
      </Button>
    </Tooltip>
  );
}
