import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { SKILLS } from '#modules/repair/domain/index.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../crew-messages.ts';
import { useSkill } from '../crew-queries.ts';
import type { CrewOfPoint } from './crew-of-point.ts';
import styles from './PointPage.module.css';

type Skill = (typeof SKILLS)[number];

export function SkillForm({ crew }: { crew: CrewOfPoint }) {
  const t = useT(messages);
  const granting = useSkill();
  const [personId, setPersonId] = useState<string | null>(null);
  const [skill, setSkill] = useState<Skill>('low-voltage');
  const [untilOn, setUntilOn] = useState('');
  return (
    <div className={styles['form']}>
      <label>
        <span>{t('skill.person')} *</span>
        <Select
          aria-label={t('skill.person')}
          value={personId}
          options={crew.people.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setPersonId}
        />
      </label>
      <label>
        <span>{t('skill.which')} *</span>
        <Select<Skill>
          aria-label={t('skill.which')}
          value={skill}
          options={SKILLS.map((value) => ({ value, label: t(`skill.${value}`) }))}
          onChange={setSkill}
        />
      </label>
      <label>
        <span>{t('skill.until')} *</span>
        <Input
          type="date"
          aria-label={t('skill.until')}
          value={untilOn}
          onChange={(event) => setUntilOn(event.target.value)}
        />
      </label>
      <Button
        type="primary"
        disabled={personId === null || untilOn === ''}
        loading={granting.isPending}
        onClick={() => personId !== null && granting.mutate({ personId, skill, untilOn })}
      >
        {t('form.save')}
      </Button>
      {granting.error && <ErrorPanel error={granting.error} kept />}
    </div>
  );
}
