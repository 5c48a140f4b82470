import { Input, InputNumber, Radio } from 'antd';
import { HOUR } from '#kernel/instant.ts';
import {
  checkReply,
  type ReplyDraft,
  type ReplyField,
  type ReplyKind,
} from '#modules/process/domain/index.ts';
import { useT } from '../../../lib/i18n.ts';
import { messages } from '../messages.ts';
import styles from './CasePage.module.css';
import { replyName } from './reply-name.ts';

const TIMES = new Set<ReplyField>([
  'contactedAt',
  'finishedAt',
  'outageAt',
  'reportedAt',
  'repairedAt',
  'restoredAt',
  'noticeAt',
]);
const YES_NO = new Set<ReplyField>(['contacted', 'verifiedOnSite']);
const NUMBERS = new Set<ReplyField>(['measuredVolts', 'yearOutages']);

/** The fields that this kind of reply must have (domain-rules §3.6), asked from the gate itself. */
export function ReplyFields(props: {
  kind: ReplyKind;
  draft: ReplyDraft;
  onChange: (draft: ReplyDraft) => void;
}) {
  const t = useT(messages);
  const { draft } = props;
  const asked = checkReply(props.kind, {}, { now: 0 }).missing;
  const extra: ReplyField[] =
    draft.contacted === true ? ['contactedAt'] : draft.contacted === false ? ['notContactedReason'] : [];
  const put = (field: ReplyField, value: string | number | boolean | null): void => {
    const { [field]: _, ...rest } = draft;
    props.onChange(value === null || value === '' ? rest : { ...rest, [field]: value });
  };
  return (
    <div className={styles['fields']}>
      {[...asked, ...extra].map((field) => {
        const label = replyName(t, field);
        return (
          <label key={field}>
            <span>{label}</span>
            {YES_NO.has(field) && (
              <Radio.Group
                value={draft[field]}
                options={[
                  { value: true, label: t('case.yes') },
                  { value: false, label: t('case.no') },
                ]}
                onChange={(event) => put(field, event.target.value as boolean)}
              />
            )}
            {TIMES.has(field) && (
              <Input
                aria-label={label}
                type="datetime-local"
                value={toMinute(draft[field] as number | undefined)}
                onChange={(event) =>
                  put(field, event.target.value === '' ? null : Date.parse(`${event.target.value}+08:00`))
                }
              />
            )}
            {NUMBERS.has(field) && (
              <InputNumber aria-label={label} onChange={(value) => put(field, value as number | null)} />
            )}
            {!YES_NO.has(field) && !TIMES.has(field) && !NUMBERS.has(field) && (
              <Input
                aria-label={label}
                maxLength={4000}
                value={(draft[field] as string | undefined) ?? ''}
                onChange={(event) => put(field, event.target.value)}
              />
            )}
          </label>
        );
      })}
    </div>
  );
}

/** As the field of a form writes it, in the business zone. */
function toMinute(at: number | undefined): string {
  return at === undefined ? '' : new Date(at + 8 * HOUR).toISOString().slice(0, 16);
}
