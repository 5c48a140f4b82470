import { Radio } from 'antd';
import { useState } from 'react';
import type { LiabilityKind, VerdictKind } from '#modules/voice/voice-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import { useDecideAppeal } from '../voice-queries.ts';
import styles from './ComplaintPage.module.css';
import { Grounds } from './Grounds.tsx';
import { LiabilityChoice, VerdictChoice } from './JudgementChoices.tsx';
import { UnitField } from './UnitField.tsx';

const RESULTS = ['upheld', 'changed'] as const;

/** The appeal's decision, by somebody else; a change says what the verdict becomes, of which unit. */
export function AppealForm({ caseId, seq, round }: { caseId: string; seq: number; round: number }) {
  const t = useT(messages);
  const deciding = useDecideAppeal(caseId);
  const [result, setResult] = useState<'upheld' | 'changed' | null>(null);
  const [verdict, setVerdict] = useState<VerdictKind | null>(null);
  const [liability, setLiability] = useState<LiabilityKind | null>(null);
  const [grounds, setGrounds] = useState('');
  const [unitId, setUnitId] = useState<string | null>(null);
  const changed = result === 'changed';
  const named = changed && (liability === 'unit' || liability === 'person');
  const ready = result !== null && (!changed || (verdict !== null && liability !== null));
  return (
    <div className={styles['form']}>
      <Radio.Group
        aria-label={t('appeal.result')}
        value={result}
        options={RESULTS.map((value) => ({ value, label: t(`appeal.${value}`) }))}
        onChange={(event) => setResult(event.target.value as 'upheld' | 'changed')}
      />
      {changed && (
        <>
          <VerdictChoice value={verdict} onChange={setVerdict} />
          <LiabilityChoice value={liability} onChange={setLiability} />
          {named && <UnitField value={unitId} onChange={setUnitId} hint={t('appeal.unitHint')} />}
        </>
      )}
      <Grounds
        grounds={grounds}
        onChange={setGrounds}
        ready={ready}
        deciding={deciding}
        action={t('appeal.do')}
        onDecide={() =>
          result !== null &&
          deciding.mutate({
            seq,
            round,
            result,
            verdict: changed ? verdict : null,
            liability: changed ? liability : null,
            liableUnitId: named ? unitId : null,
            grounds,
          })
        }
      />
    </div>
  );
}
