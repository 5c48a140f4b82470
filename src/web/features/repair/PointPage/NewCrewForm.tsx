import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { PointView } from '#modules/repair/crew-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../crew-messages.ts';
import { useNewCrew } from '../crew-queries.ts';
import styles from './PointPage.module.css';

export function NewCrewForm({ view }: { view: PointView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const adding = useNewCrew(view.point.id);
  const [name, setName] = useState('');
  const [people, setPeople] = useState<readonly string[]>([]);
  return (
    <details className={styles['fold']} open={view.crews.length === 0}>
      <summary>{t('crew.add')}</summary>
      <div className={styles['form']}>
        <label>
          <span>{t('crew.name')} *</span>
          <Input
            aria-label={t('crew.name')}
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className={styles['wide']}>
          <span>{t('crew.members')} *</span>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('crew.members')}
            value={[...people]}
            options={view.free.map((one) => ({
              value: one.id,
              label: [one.name, one.post?.[language]].join(' '),
            }))}
            onChange={(value: string[]) => setPeople(value)}
          />
        </label>
        <Button
          type="primary"
          disabled={name.trim() === '' || people.length < 2}
          loading={adding.isPending}
          onClick={() =>
            adding.mutate(
              { name: name.trim(), people },
              {
                onSuccess: () => {
                  setName('');
                  setPeople([]);
                },
              },
            )
          }
        >
          {t('crew.add')}
        </Button>
        {adding.error && <ErrorPanel error={adding.error} kept />}
      </div>
    </details>
  );
}
