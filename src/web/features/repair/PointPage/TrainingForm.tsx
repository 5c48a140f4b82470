import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { PointView } from '#modules/repair/crew-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../crew-messages.ts';
import { useTraining } from '../crew-queries.ts';
import { useToday } from '../use-today.ts';
import type { CrewOfPoint } from './crew-of-point.ts';
import styles from './PointPage.module.css';

/** Who was trained on which card on which day; how long it holds the handbook says. */
export function TrainingForm({ view, crew }: { view: PointView; crew: CrewOfPoint }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const today = useToday();
  const training = useTraining();
  const [card, setCard] = useState<string | null>(null);
  const [people, setPeople] = useState<readonly string[]>([]);
  const [on, setOn] = useState(today);
  return (
    <div className={styles['form']}>
      <label className={styles['wide']}>
        <span>{t('training.card')} *</span>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('training.card')}
          value={card}
          options={view.cards.map(({ id, name }) => ({ value: id, label: name[language] }))}
          onChange={setCard}
        />
      </label>
      <label className={styles['wide']}>
        <span>{t('training.people')} *</span>
        <Select
          mode="multiple"
          aria-label={t('training.people')}
          value={[...people]}
          options={crew.people.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value: string[]) => setPeople(value)}
        />
      </label>
      <label>
        <span>{t('training.on')} *</span>
        <Input
          type="date"
          max={today}
          aria-label={t('training.on')}
          value={on}
          onChange={(event) => setOn(event.target.value)}
        />
      </label>
      <Button
        type="primary"
        disabled={card === null || people.length === 0 || on === ''}
        loading={training.isPending}
        onClick={() => card !== null && training.mutate({ card, people: [...people], trainedOn: on })}
      >
        {t('form.save')}
      </Button>
      {training.error && <ErrorPanel error={training.error} kept />}
    </div>
  );
}
