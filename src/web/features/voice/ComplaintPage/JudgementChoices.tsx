import { Radio } from 'antd';
import type { LiabilityKind, VerdictKind } from '#modules/voice/voice-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';

const VERDICTS = ['founded', 'partly', 'unfounded'] as const;
const LIABILITIES = ['none', 'unit', 'person', 'outside'] as const;

/** 属实: what of the complaint is true. */
export function VerdictChoice(props: {
  readonly value: VerdictKind | null;
  readonly onChange: (value: VerdictKind) => void;
}) {
  const t = useT(messages);
  return (
    <Radio.Group
      aria-label={t('verdict.field')}
      value={props.value}
      options={VERDICTS.map((value) => ({ value, label: t(`verdict.${value}`) }))}
      onChange={(event) => props.onChange(event.target.value as VerdictKind)}
    />
  );
}

/** 责任: who answers for it. */
export function LiabilityChoice(props: {
  readonly value: LiabilityKind | null;
  readonly onChange: (value: LiabilityKind) => void;
}) {
  const t = useT(messages);
  return (
    <Radio.Group
      aria-label={t('liability.field')}
      value={props.value}
      options={LIABILITIES.map((value) => ({ value, label: t(`liability.${value}`) }))}
      onChange={(event) => props.onChange(event.target.value as LiabilityKind)}
    />
  );
}
