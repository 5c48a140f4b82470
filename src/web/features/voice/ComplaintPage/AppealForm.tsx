import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import type { LiabilityKind, VerdictKind } from '#modules/voice/voice-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { useDecideAppeal } from '../voice-queries.ts';
import styles from './ComplaintPage.module.css';
import { LIABILITIES, VERDICTS } from './verdict-options.ts';

const RESULTS = ['upheld', 'changed'] as const;

/** The appeal's decision, by somebody else; a change says what the verdict becomes. */
export function AppealForm({ caseId, seq, round }: { caseId: string; seq: number; round: number }) {
  const t = useT(messages);
  const deciding = useDecideAppeal(caseId);
  const [result, setResult] = useState<'upheld' | 'changed' | null>(null);
  const [verdict, setVerdict] = useState<VerdictKind | null>(null);
  const [liability, setLiability] = useState<LiabilityKind | null>(null);
  const [grounds, setGrounds] = useState('');
  const changed = result === 'changed';
  const ready =
    result !== null && (!changed || (verdict !== null && liability !== null)) && grounds.trim().length >= 2;
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
          <Radio.Group
            aria-label={t('verdict.field')}
            value={verdict}
            options={VERDICTS.map((value) => ({ value, label: t(`verdict.${value}`) }))}
            onChange={(event) => setVerdict(event.target.value as VerdictKind)}
          />
          <Radio.Group
            aria-label={t('liability.field')}
            value={liability}
            options={LIABILITIES.map((value) => ({ value, label: t(`liability.${value}`) }))}
            onChange={(event) => setLiability(event.target.value as LiabilityKind)}
          />
        </>
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
      {deciding.error && <ErrorPanel error={deciding.error} kept />}
      <div>
        <Button
          type="primary"
          disabled={!ready}
          loading={deciding.isPending}
          onClick={() =>
            result !== null &&
            deciding.mutate({
              seq,
              round,
              result,
              verdict: changed ? verdict : null,
              liability: changed ? liability : null,
              grounds,
            })
          }
        >
          {t('appeal.do')}
        </Button>
      </div>
    </div>
  );
}
