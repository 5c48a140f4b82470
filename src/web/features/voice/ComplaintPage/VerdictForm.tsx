import { useState } from 'react';
import type { LiabilityKind, VerdictKind } from '#modules/voice/voice-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import { useVerdict } from '../voice-queries.ts';
import styles from './ComplaintPage.module.css';
import { Grounds } from './Grounds.tsx';
import { LiabilityChoice, VerdictChoice } from './JudgementChoices.tsx';
import { UnitField } from './UnitField.tsx';

/** 属实与责任认定: what is true, who is liable, and the grounds as the liable unit will read them. */
export function VerdictForm({ caseId, seq, round }: { caseId: string; seq: number; round: number }) {
  const t = useT(messages);
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
      {named && <UnitField value={unitId} onChange={setUnitId} required />}
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
