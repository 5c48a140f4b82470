import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { LiabilityKind, VerdictKind } from '#modules/voice/voice-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import { unitsQuery, useVerdict } from '../voice-queries.ts';
import styles from './ComplaintPage.module.css';
import { Grounds } from './Grounds.tsx';
import { LiabilityChoice, VerdictChoice } from './JudgementChoices.tsx';

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
  const ready = verdict !== null && (!founded || liability !== null) && (!named || unitId !== null);
  return (
    <div className={styles['form']}>
      <VerdictChoice value={verdict} onChange={setVerdict} />
      {founded && <LiabilityChoice value={liability} onChange={setLiability} />}
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
      <Grounds
        grounds={grounds}
        onChange={setGrounds}
        ready={ready}
        deciding={judging}
        action={t('verdict.do')}
        onDecide={() =>
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
      />
    </div>
  );
}
