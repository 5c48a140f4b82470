import { useQuery } from '@tanstack/react-query';
import { Button, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import type { LiabilityKind, VerdictKind } from '#modules/voice/voice-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { unitsQuery, useVerdict } from '../voice-queries.ts';
import styles from './ComplaintPage.module.css';
import { LIABILITIES, VERDICTS } from './verdict-options.ts';

/** 属实与责任认定: what is true, who is liable, and the grounds as the liable unit will read them. */
export function VerdictForm({ caseId, seq, round }: { caseId: string; seq: number; round: number }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const units = useQuery(unitsQuery);
  const judging = useVerdict(caseId);
  const [verdict, setVerdict] = useState<VerdictKind | null>(null);
  const [liability, setLiability] = useState<LiabilityKind | null>(null);
  const [unitId, setUnitId] = useState<string | null>(null);
  const [grounds, setGrounds] = useState('');
  const founded = verdict !== null && verdict !== 'unfounded';
  const named = founded && (liability === 'unit' || liability === 'person');
  const ready =
    verdict !== null &&
    (!founded || liability !== null) &&
    (!named || unitId !== null) &&
    grounds.trim().length >= 2;
  return (
    <div className={styles['form']}>
      <Radio.Group
        aria-label={t('verdict.field')}
        value={verdict}
        options={VERDICTS.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        onChange={(event) => setVerdict(event.target.value as VerdictKind)}
      />
      {founded && (
        <Radio.Group
          aria-label={t('liability.field')}
          value={liability}
          options={LIABILITIES.map((value) => ({ value, label: t(`liability.${value}`) }))}
          onChange={(event) => setLiability(event.target.value as LiabilityKind)}
        />
      )}
      {named && (
        <label>
          <span>{t('liability.unitField')} *</span>
          <Select
            aria-label={t('liability.unitField')}
            showSearch={{ optionFilterProp: 'label' }}
            value={unitId}
            options={(units.data ?? []).map((unit) => ({
              value: unit.id,
              label: language === 'zh' ? unit.name : unit.nameEn,
            }))}
            onChange={setUnitId}
          />
        </label>
      )}
      <label>
        <span>{t('grounds.field')} *</span>
        <Input.TextArea
          aria-label={t('grounds.field')}
          rows={4}
          maxLength={2000}
          value={grounds}
          onChange={(event) => setGrounds(event.target.value)}
        />
        <span className={styles['small']}>{t('grounds.hint')}</span>
      </label>
      {judging.error && <ErrorPanel error={judging.error} kept />}
      <div>
        <Button
          type="primary"
          disabled={!ready}
          loading={judging.isPending}
          onClick={() =>
            verdict !== null &&
            judging.mutate({
              seq,
              round,
              verdict,
              liability: founded ? liability : 'none',
              liableUnitId: named ? unitId : null,
              grounds,
            })
          }
        >
          {t('verdict.do')}
        </Button>
      </div>
    </div>
  );
}
