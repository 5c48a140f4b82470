import { Button, Input } from 'antd';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import styles from './ComplaintPage.module.css';

/** Fewer characters are no grounds. */
const FEWEST = 2;

/** The end of a verdict and of an appeal's decision: the grounds, as the liable unit will read them, and the button. */
export function Grounds(props: {
  readonly grounds: string;
  readonly onChange: (grounds: string) => void;
  /** What stands above is complete. */
  readonly ready: boolean;
  readonly deciding: { readonly error: Error | null; readonly isPending: boolean };
  readonly action: string;
  readonly onDecide: () => void;
}) {
  const t = useT(messages);
  const { grounds, deciding } = props;
  return (
    <>
      <label>
        <span>{t('grounds.field')} *</span>
        <Input.TextArea
          aria-label={t('grounds.field')}
          rows={4}
          maxLength={2000}
          value={grounds}
          onChange={(event) => props.onChange(event.target.value)}
        />
        <span className={styles['small']}>{t('grounds.hint')}</span>
      </label>
      {deciding.error && <ErrorPanel error={deciding.error} kept />}
      <div>
        <Button
          type="primary"
          disabled={!props.ready || grounds.trim().length < FEWEST}
          loading={deciding.isPending}
          onClick={props.onDecide}
        >
          {props.action}
        </Button>
      </div>
    </>
  );
}
