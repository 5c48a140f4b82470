import { Button, Select } from 'antd';
import { useState } from 'react';
import type { CallOutcome as Outcome } from '#modules/case/case-words-api.ts';
import type { OwedCall } from '#modules/case/case-work-api.ts';
import { DAY } from '#kernel/instant.ts';
import { formatDateTime } from '../lib/format.ts';
import { useLanguage, useT } from '../lib/i18n.ts';
import { useNow } from '../lib/server-clock.ts';
import { ErrorPanel } from './ErrorPanel.tsx';
import { uiMessages } from './messages.ts';

const OUTCOMES: readonly Outcome[] = ['reached', 'no-answer', 'wrong-number', 'declined'];

/** What came of a try to ring a customer back. */
export function CallOutcome(props: {
  readonly busy: boolean;
  readonly error: unknown;
  readonly onRecord: (outcome: Outcome) => void;
}) {
  const t = useT(uiMessages);
  const [outcome, setOutcome] = useState<Outcome>('reached');
  return (
    <>
      <span style={{ display: 'inline-flex', gap: 8 }}>
        <Select
          aria-label={t('call.outcome')}
          value={outcome}
          style={{ minWidth: 112 }}
          options={OUTCOMES.map((value) => ({ value, label: t(`call.${value}`) }))}
          onChange={setOutcome}
        />
        <Button loading={props.busy} onClick={() => props.onRecord(outcome)}>
          {t('call.record')}
        </Button>
      </span>
      {props.error !== null && props.error !== undefined && <ErrorPanel error={props.error} kept />}
    </>
  );
}

/** The number to ring, the tries so far, and from when the next one is allowed (R109). */
export function CallLine({ call }: { call: OwedCall }) {
  const t = useT(uiMessages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  return [
    call.phone ?? t('call.noPhone'),
    call.attempts > 0 && t('call.attempts', { count: call.attempts }),
    call.notBefore !== null && t('call.notBefore', { time: formatDateTime(call.notBefore, now, language) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
