import { Button } from 'antd';
import type { IntakeCatalogue } from '#modules/case/case-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useAccept, useNames } from '../case-queries.ts';
import { emptyIntake } from '../empty-intake.ts';
import { messages } from '../messages.ts';
import styles from './IntakePage.module.css';

/** 即办件: one click closes it at birth. */
export function QuickItems(props: { catalogue: IntakeCatalogue; householdId: string | null }) {
  const t = useT(messages);
  const name = useNames();
  const accept = useAccept();
  const done = props.catalogue.quickItems.find((item) => item.id === accept.variables?.quickItem);
  return (
    <section className={styles['strip']} aria-label={t('intake.quick')}>
      <h2>{t('intake.quick')}</h2>
      <p>{t('intake.quickHint')}</p>
      <div className={styles['row']}>
        {props.catalogue.quickItems.map((item) => (
          <Button
            key={item.id}
            size="small"
            loading={accept.isPending && accept.variables?.quickItem === item.id}
            onClick={() =>
              accept.mutate({ ...emptyIntake(), quickItem: item.id, householdId: props.householdId })
            }
          >
            {name(item.name)}
          </Button>
        ))}
      </div>
      {accept.error && <ErrorPanel error={accept.error} kept />}
      {accept.data && done && (
        <p role="status">{t('intake.quickDone', { item: name(done.name), no: accept.data.no })}</p>
      )}
    </section>
  );
}
