import { Button, Select } from 'antd';
import { useState } from 'react';
import { DAY } from '#kernel/instant.ts';
import type { OwedCall } from '#modules/case/case-work-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { workMessages } from '../work-messages.ts';
import { useCall } from '../work-queries.ts';
import styles from './CasePage.module.css';

const OUTCOMES = ['reached', 'no-answer', 'wrong-number', 'declined'] as const;

/** A call that is owed, with the number to ring and what came of it. */
export function CallRow({ call, linked }: { call: OwedCall; linked?: boolean }) {
  const t = useT(workMessages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number]>('reached');
  const calling = useCall(call.id);
  return (
    <tr>
      <td>
        {linked === true && <CaseLink caseId={call.caseId} number={call.caseNo} />} {t('owes.call')} ·{' '}
        {t(`call.why.${call.reason}`)}
        <div className={styles['small']}>
          {[
            call.phone ?? t('call.noPhone'),
            call.attempts > 0 && t('call.attempts', { count: call.attempts }),
            call.notBefore !== null &&
              t('call.notBefore', { time: formatDateTime(call.notBefore, now, language) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </td>
      <td>
        <div className={styles['row']}>
          <Select
            aria-label={t('call.outcome')}
            value={outcome}
            options={OUTCOMES.map((value) => ({ value, label: t(`call.${value}`) }))}
            onChange={setOutcome}
          />
          <Button loading={calling.isPending} onClick={() => calling.mutate({ outcome, words: null })}>
            {t('call.record')}
          </Button>
        </div>
        {calling.error && <ErrorPanel error={calling.error} kept />}
      </td>
      <td>
        <TimeLeft deadline={{ dueAt: call.dueAt }} />
      </td>
    </tr>
  );
}
