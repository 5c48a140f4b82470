import { Button } from 'antd';
import type { IntakeCatalogue } from '#modules/case/case-api.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { keyCaps, useKeys } from '../../../lib/keys.ts';
import { messages } from '../messages.ts';
import styles from './IntakePage.module.css';

export type QuickDone = { readonly item: string; readonly no: string };

/** Alt+1 … Alt+9, Alt+0: the first ten items have a key. */
const KEYS = ['alt+1', 'alt+2', 'alt+3', 'alt+4', 'alt+5', 'alt+6', 'alt+7', 'alt+8', 'alt+9', 'alt+0'];

/** 即办件: the household, Alt and a digit, Ctrl+Enter. Choosing again takes the choice back. */
export function QuickItems(props: {
  catalogue: IntakeCatalogue;
  chosen: string | null;
  onChoose: (item: string | null) => void;
  done: QuickDone | null;
}) {
  const t = useT(messages);
  const name = useNames();
  const { chosen, onChoose, done } = props;
  const items = props.catalogue.quickItems;
  const toggle = (item: string) => onChoose(chosen === item ? null : item);
  useKeys(
    t('intake.quick'),
    items.slice(0, KEYS.length).map((item, index) => ({
      key: KEYS[index] ?? '',
      label: name(item.name),
      run: () => toggle(item.id),
    })),
  );
  const doneItem = items.find((item) => item.id === done?.item);
  return (
    <section className={styles['strip']}>
      <h2>{t('intake.quick')}</h2>
      <p>{t('intake.quickHint')}</p>
      <ul className={styles['quick']}>
        {items.map((item, index) => (
          <li key={item.id}>
            <Button
              size="small"
              block
              type={chosen === item.id ? 'primary' : 'default'}
              aria-pressed={chosen === item.id}
              onClick={() => toggle(item.id)}
            >
              {name(item.name)}
              {index < KEYS.length && <kbd aria-hidden="true">{keyCaps(KEYS[index] ?? '').join(' ')}</kbd>}
            </Button>
          </li>
        ))}
      </ul>
      <p role="status">
        {done && doneItem && t('intake.quickDone', { item: name(doneItem.name), no: done.no })}
      </p>
    </section>
  );
}
