import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { PlanDrillBody } from '#modules/repair/drill-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { drillMessages } from '../drill-messages.ts';
import { drillUnitsQuery, usePlanDrill } from '../drill-queries.ts';
import styles from './DrillsPage.module.css';

const KINDS = ['message', 'repair-low', 'repair-medium'] as const;
const AREAS = ['city', 'rural', 'remote'] as const;

type Inject = {
  readonly key: number;
  readonly afterMinutes: number;
  readonly words: string;
  readonly kind: (typeof KINDS)[number];
  readonly place: string;
  readonly area: (typeof AREAS)[number];
};

const blank = (key: number): Inject => ({
  key,
  afterMinutes: key * 5,
  words: '',
  kind: 'message',
  place: '',
  area: 'rural',
});

/** Scene, date, who takes part, and the script. */
export function PlanForm() {
  const t = useT(drillMessages);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const units = useQuery(drillUnitsQuery);
  const planning = usePlanDrill();
  const [title, setTitle] = useState('');
  const [scene, setScene] = useState('');
  const [when, setWhen] = useState('');
  const [unitIds, setUnitIds] = useState<string[]>([]);
  const [bodies, setBodies] = useState<string[]>([]);
  const [injects, setInjects] = useState<readonly Inject[]>([blank(0)]);
  const change = (key: number, next: Partial<Inject>) =>
    setInjects(injects.map((one) => (one.key === key ? { ...one, ...next } : one)));
  const ready =
    title.trim().length >= 2 &&
    scene.trim().length >= 2 &&
    when !== '' &&
    unitIds.length > 0 &&
    injects.every(
      (one) => one.words.trim().length >= 2 && (one.kind === 'message' || one.place.trim().length >= 2),
    );
  const send = () =>
    planning.mutate(
      { title, scene, plannedAt: Date.parse(`${when}+08:00`), unitIds, bodies, injects: injects.map(bodyOf) },
      { onSuccess: ({ id }) => void navigate({ to: '/drills/$id', params: { id } }) },
    );
  return (
    <div className={styles['form']}>
      <label>
        <span>{t('plan.title')}</span>
        <Input maxLength={100} value={title} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <label>
        <span>{t('plan.scene')}</span>
        <Input.TextArea
          rows={2}
          maxLength={1000}
          value={scene}
          onChange={(event) => setScene(event.target.value)}
        />
      </label>
      <label>
        <span>{t('plan.when')}</span>
        <Input type="datetime-local" value={when} onChange={(event) => setWhen(event.target.value)} />
      </label>
      <Select
        mode="multiple"
        aria-label={t('plan.units')}
        placeholder={t('plan.units')}
        value={unitIds}
        showSearch={{ optionFilterProp: 'label' }}
        options={(units.data ?? []).map((unit) => ({
          value: unit.id,
          label: language === 'zh' ? unit.name : unit.nameEn,
        }))}
        onChange={setUnitIds}
      />
      <Select
        mode="tags"
        open={false}
        aria-label={t('plan.bodies')}
        placeholder={t('plan.bodies')}
        value={bodies}
        onChange={setBodies}
      />
      {injects.map((one, i) => (
        <fieldset key={one.key} className={styles['inject']}>
          <legend>{t('plan.inject', { n: i + 1 })}</legend>
          <label>
            <span>{t('plan.after')}</span>
            <InputNumber
              min={0}
              max={1440}
              precision={0}
              value={one.afterMinutes}
              onChange={(value) => change(one.key, { afterMinutes: value ?? 0 })}
            />
          </label>
          <label>
            <span>{t('plan.words')}</span>
            <Input
              maxLength={1000}
              value={one.words}
              onChange={(event) => change(one.key, { words: event.target.value })}
            />
          </label>
          <Select
            aria-label={`${t('plan.kind')} ${i + 1}`}
            value={one.kind}
            options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
            onChange={(kind) => change(one.key, { kind })}
          />
          {one.kind !== 'message' && (
            <>
              <label>
                <span>{t('plan.place')}</span>
                <Input
                  maxLength={200}
                  value={one.place}
                  onChange={(event) => change(one.key, { place: event.target.value })}
                />
              </label>
              <Select
                aria-label={`${t('plan.area')} ${i + 1}`}
                value={one.area}
                options={AREAS.map((value) => ({ value, label: t(`area.${value}`) }))}
                onChange={(area) => change(one.key, { area })}
              />
            </>
          )}
          {injects.length > 1 && (
            <Button onClick={() => setInjects(injects.filter((other) => other !== one))}>
              {t('plan.drop')}
            </Button>
          )}
        </fieldset>
      ))}
      <div>
        <Button
          onClick={() => setInjects([...injects, blank(Math.max(...injects.map((one) => one.key)) + 1)])}
        >
          {t('plan.add')}
        </Button>{' '}
        <Button type="primary" disabled={!ready} loading={planning.isPending} onClick={send}>
          {t('plan.do')}
        </Button>
      </div>
      {planning.error && <ErrorPanel error={planning.error} kept />}
    </div>
  );
}

function bodyOf({ afterMinutes, words, kind, place, area }: Inject): PlanDrillBody['injects'][number] {
  return { afterMinutes, words, ...(kind === 'message' ? {} : { report: { process: kind, place, area } }) };
}
