import { Button, Select } from 'antd';
import { useState } from 'react';
import type { PointView } from '#modules/repair/crew-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../crew-messages.ts';
import { useCloseCrew, useMembers } from '../crew-queries.ts';
import type { CrewOfPoint } from './crew-of-point.ts';
import styles from './PointPage.module.css';

/** Who belongs to the crew from now on: two at least, and nobody of another crew. */
export function MembersForm({ view, crew }: { view: PointView; crew: CrewOfPoint }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const members = useMembers(crew.id);
  const closing = useCloseCrew(crew.id);
  const [people, setPeople] = useState<readonly string[]>(crew.people.map(({ id }) => id));
  return (
    <div className={styles['form']}>
      <label className={styles['wide']}>
        <span>{t('crew.members')} *</span>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('crew.members')}
          value={[...people]}
          options={[...crew.people, ...view.free].map(({ id, name, post }) => ({
            value: id,
            label: [name, post?.[language]].join(' '),
          }))}
          onChange={(value: string[]) => setPeople(value)}
        />
      </label>
      <Button
        type="primary"
        disabled={people.length < 2}
        loading={members.isPending}
        onClick={() => members.mutate({ people })}
      >
        {t('form.save')}
      </Button>
      {crew.shifts.length === 0 && (
        <Button loading={closing.isPending} onClick={() => closing.mutate()}>
          {t('crew.close')}
        </Button>
      )}
      {members.error && <ErrorPanel error={members.error} kept />}
      {closing.error && <ErrorPanel error={closing.error} kept />}
    </div>
  );
}
