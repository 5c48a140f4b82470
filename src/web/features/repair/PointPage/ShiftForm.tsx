import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../crew-messages.ts';
import { useSetShift } from '../crew-queries.ts';
import type { CrewOfPoint } from './crew-of-point.ts';
import styles from './PointPage.module.css';

const EMPTY = {
  kind: 'duty' as 'duty' | 'on-call',
  from: '',
  until: '',
  leadId: null as string | null,
  watcherId: null as string | null,
  others: [] as readonly string[],
};

/** Who is in charge and who watches, from when until when; wall time in Shanghai. */
export function ShiftForm({ crew }: { crew: CrewOfPoint }) {
  const t = useT(messages);
  const set = useSetShift(crew.id);
  const [shift, setShift] = useState(EMPTY);
  const change = (given: Partial<typeof EMPTY>) => setShift({ ...shift, ...given });
  const { kind, from, until, leadId, watcherId, others } = shift;
  const options = crew.people.map(({ id, name }) => ({ value: id, label: name }));
  const ready = from !== '' && until !== '' && leadId !== null && watcherId !== null;
  return (
    <div className={styles['form']}>
      <label>
        <span>{t('shift.kind')}</span>
        <Select
          aria-label={t('shift.kind')}
          value={kind}
          options={(['duty', 'on-call'] as const).map((value) => ({ value, label: t(`shift.${value}`) }))}
          onChange={(value) => change({ kind: value })}
        />
      </label>
      <label>
        <span>{t('shift.from')} *</span>
        <Input
          type="datetime-local"
          aria-label={t('shift.from')}
          value={from}
          onChange={(event) => change({ from: event.target.value })}
        />
      </label>
      <label>
        <span>{t('shift.until')} *</span>
        <Input
          type="datetime-local"
          aria-label={t('shift.until')}
          value={until}
          onChange={(event) => change({ until: event.target.value })}
        />
      </label>
      <label>
        <span>{t('col.lead')} *</span>
        <Select
          aria-label={t('col.lead')}
          value={leadId}
          options={options}
          onChange={(value: string) => change({ leadId: value })}
        />
      </label>
      <label>
        <span>{t('col.watcher')} *</span>
        <Select
          aria-label={t('col.watcher')}
          value={watcherId}
          options={options.filter((one) => one.value !== leadId)}
          onChange={(value: string) => change({ watcherId: value })}
        />
      </label>
      <label>
        <span>{t('col.others')}</span>
        <Select
          mode="multiple"
          aria-label={t('col.others')}
          value={[...others]}
          options={options.filter((one) => one.value !== leadId && one.value !== watcherId)}
          onChange={(value: string[]) => change({ others: value })}
        />
      </label>
      <Button
        type="primary"
        disabled={!ready}
        loading={set.isPending}
        onClick={() =>
          leadId !== null &&
          watcherId !== null &&
          set.mutate({
            kind,
            from: Date.parse(`${from}+08:00`),
            until: Date.parse(`${until}+08:00`),
            leadId,
            watcherId,
            others: others.filter((one) => one !== leadId && one !== watcherId),
          })
        }
      >
        {t('shift.set')}
      </Button>
      {set.error && <ErrorPanel error={set.error} kept />}
    </div>
  );
}
