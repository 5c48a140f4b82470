import { Select } from 'antd';
import { useState } from 'react';
import type { ActionView } from '#modules/case/case-api.ts';
import type { RejectBody } from '#modules/case/case-work-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { fieldMessages } from '../field-messages.ts';
import { useReject } from '../work-queries.ts';
import styles from './CasePage.module.css';
import { WordsForm } from './WordsForm.tsx';

const REASONS = ['wrong-unit', 'key-data-missing', 'not-utility-business'] as const;

/** 退单: for three reasons only, once a unit; the second rejection goes to the control centre. */
export function RejectForm(props: {
  caseId: string;
  order: { readonly id: string; readonly seq: number };
  target: ActionView['ref'];
}) {
  const t = useT(fieldMessages);
  const rejecting = useReject(props.caseId);
  const [reason, setReason] = useState<RejectBody['reason']>('wrong-unit');
  const { order, target: ref } = props;
  return (
    <details>
      <summary>{t('reject.title')}</summary>
      <p className={styles['small']}>{t('reject.rule')}</p>
      <Select
        aria-label={t('reject.reason')}
        value={reason}
        options={REASONS.map((value) => ({ value, label: t(`reject.${value}`) }))}
        onChange={setReason}
      />
      <WordsForm
        label={t('reject.words')}
        action={t('reject.do')}
        busy={rejecting.isPending}
        error={rejecting.error}
        onSend={(words) => rejecting.mutate({ orderId: order.id, seq: order.seq, ref, reason, words })}
      />
    </details>
  );
}
