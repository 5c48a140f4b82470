import { Select } from 'antd';
import type { CaseView } from '#modules/case/case-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { useNames } from '../case-queries.ts';
import { messages } from '../messages.ts';
import styles from './CasePage.module.css';

type Order = NonNullable<CaseView['order']>;

/** Why one of the five ones is not kept, where a way back breaks one; nothing where it breaks none. */
export function OnesReason(props: {
  reasons: Order['onesReasons'];
  broken: readonly Order['onesReasons'][number]['ones'][number][];
  value: string | undefined;
  onChange: (reason: string) => void;
}) {
  const t = useT(messages);
  const name = useNames();
  const { broken, value } = props;
  if (broken.length === 0) return null;
  const choices = props.reasons.filter((one) => one.ones.some((kind) => broken.includes(kind)));
  const why = choices.find((one) => one.id === value);
  return (
    <>
      <Select
        aria-label={t('ones.why')}
        placeholder={t('ones.why')}
        value={why?.id ?? null}
        options={choices.map((one) => ({ value: one.id, label: name(one.name) }))}
        onChange={(id: string | null) => id !== null && props.onChange(id)}
      />
      <p className={styles['small']}>{t(why?.excuse ? 'ones.told' : 'ones.breaks')}</p>
    </>
  );
}
