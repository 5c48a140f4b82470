import { Button, Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import type { CaseView, FinishBody, StepForm } from '#modules/case/case-api.ts';
import {
  askedFields,
  checkReply,
  isOutside,
  type ReplyDraft,
  type ReplyField,
  type ReplyKind,
  replyFromRecord,
  valuesOf,
} from '#modules/process/domain/index.ts';
import { useT } from '../../../lib/i18n.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { useList } from '../../../lib/use-list.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { gateMessages } from '../../../ui/gate-messages.ts';
import { useFinish, useNames } from '../case-queries.ts';
import { fieldMessages } from '../field-messages.ts';
import { messages } from '../messages.ts';
import styles from './CasePage.module.css';
import { CallTries } from './CallTries.tsx';
import { type FieldSaid, saidOf } from './field-said.ts';
import { OnesReason } from './OnesReason.tsx';
import { FieldTimes } from './FieldTimes.tsx';
import { ReplyFields } from './ReplyFields.tsx';
import { replyName } from './reply-name.ts';

type Order = NonNullable<CaseView['order']>;
type Value = string | number | boolean;

/** The fields, checks and reply of one step; the reply gate says what is missing while one types. */
export function StepReportForm(props: {
  caseId: string;
  order: Order;
  form: StepForm;
  target: FinishBody['ref'];
  /** 代录: somebody else holds the step, and it is entered for him. */
  forOther?: boolean;
}) {
  const { order, form, forOther = false } = props;
  const t = useT(messages);
  const tGate = useT(gateMessages);
  const name = useNames();
  const [values, setValues] = useState<Record<string, Value>>({});
  const [checked, setChecked] = useState<readonly string[]>([]);
  const [outcome, setOutcome] = useState<'pass' | 'fail' | undefined>(undefined);
  const [exception, setException] = useState<string | undefined>(undefined);
  const broken = outcome === 'fail' || values['solved'] === false ? form.breaks : [];
  const list = useList();
  const tField = useT(fieldMessages);
  const [reply, setReply] = useState<ReplyDraft>({
    ...form.draft?.reply,
    ...(form.record === null ? {} : replyFromRecord(form.record)),
  });
  const [said, setSaid] = useState<FieldSaid>({
    why: form.draft === null ? 'no-signal' : 'completed',
    personId: forOther ? (form.draft?.personId ?? undefined) : undefined,
  });
  const finish = useFinish(order.id);
  const kind = form.replyKind as ReplyKind | null;
  const gate = kind === null ? null : checkReply(kind, reply, { ...form.record, now: serverNow() });
  const put = (id: string, value: Value | null | undefined): void => {
    const { [id]: _, ...rest } = values;
    setValues(value === null || value === undefined || value === '' ? rest : { ...rest, [id]: value });
  };
  const asked = askedFields(form.fields, values);
  const step = order.steps.find((one) => one.id === form.step);
  return (
    <>
      {form.fields.length > 0 && (
        <div className={styles['fields']}>
          {asked.map((field) => (
            <label key={field.id}>
              <span>
                {name(field.name)}
                {field.unit !== null && ` (${field.unit})`}
                {field.required && ' *'}
              </span>
              <FieldInput field={field} value={values[field.id]} onChange={(value) => put(field.id, value)} />
              {field.band !== undefined && isOutside(field, values[field.id]) && (
                <span role="alert" className={styles['small']}>
                  {tField('entered.again', { name: name(field.name), ...field.band })}
                </span>
              )}
            </label>
          ))}
        </div>
      )}
      {form.calls !== null && <CallTries calls={form.calls} />}
      {form.checklist.length > 0 && (
        <Checkbox.Group
          options={form.checklist.map((item) => ({ value: item.id, label: item.text }))}
          value={[...checked]}
          onChange={(next) => setChecked(next as string[])}
        />
      )}
      {form.draft !== null && (
        <p className={styles['small']} role="status">
          {gate === null || gate.missing.length === 0
            ? tField('draft.ready')
            : tField('draft.kept', { list: list(gate.missing.map((field) => replyName(t, field))) })}
        </p>
      )}
      {kind !== null && <ReplyFields kind={kind} draft={reply} onChange={setReply} />}
      {gate !== null && !gate.ok && (
        <p className={styles['small']} role="status">
          {gate.missing.length > 0 &&
            t('gate.missing', {
              list: list(gate.missing.map((field: ReplyField) => replyName(t, field))),
            })}{' '}
          {gate.contradictions.length > 0 &&
            t('gate.contradiction', {
              list: list(gate.contradictions.map((code) => tGate(code))),
            })}
        </p>
      )}
      {form.acceptance && (
        <Radio.Group
          value={outcome}
          options={[
            { value: 'pass', label: t('case.pass') },
            { value: 'fail', label: t('case.fail') },
          ]}
          onChange={(event) => setOutcome(event.target.value as 'pass' | 'fail')}
        />
      )}
      <OnesReason reasons={order.onesReasons} broken={broken} value={exception} onChange={setException} />
      {form.fieldPeople !== null && (
        <FieldTimes
          caseId={props.caseId}
          people={form.fieldPeople}
          said={said}
          open={forOther}
          onChange={setSaid}
        />
      )}
      {finish.error && <ErrorPanel error={finish.error} kept />}
      <div>
        <Button
          type="primary"
          loading={finish.isPending}
          disabled={
            (gate !== null && !gate.ok) ||
            (form.acceptance && outcome === undefined) ||
            (broken.length > 0 && exception === undefined) ||
            (forOther && said.personId === undefined)
          }
          onClick={() =>
            finish.mutate({
              seq: order.seq,
              ref: props.target,
              values: valuesOf(asked, values),
              checked: [...checked],
              ...saidOf(said),
              ...(outcome === undefined ? {} : { outcome }),
              ...(broken.length > 0 && exception !== undefined ? { exception } : {}),
              ...(kind === null ? {} : { reply: reply as Record<string, Value> }),
            })
          }
        >
          {t('case.do', { step: step === undefined ? form.step : name(step.name) })}
        </Button>
      </div>
    </>
  );
}

function FieldInput(props: {
  field: StepForm['fields'][number];
  value: Value | undefined;
  onChange: (value: Value | null | undefined) => void;
}) {
  const t = useT(messages);
  const name = useNames();
  const { field, value, onChange } = props;
  const label = name(field.name);
  switch (field.type) {
    case 'enum':
      return (
        <Select
          aria-label={label}
          allowClear
          value={value as string | undefined}
          options={field.options.map((option) => ({ value: option.id, label: name(option.name) }))}
          onChange={(next: string | undefined) => onChange(next)}
        />
      );
    case 'number':
      return (
        <InputNumber aria-label={label} value={(value as number | undefined) ?? null} onChange={onChange} />
      );
    case 'boolean':
      return (
        <Radio.Group
          value={value}
          options={[
            { value: true, label: t('case.yes') },
            { value: false, label: t('case.no') },
          ]}
          onChange={(event) => onChange(event.target.value as boolean)}
        />
      );
    case 'instant':
      return (
        <Input
          aria-label={label}
          type="datetime-local"
          onChange={(event) =>
            onChange(event.target.value === '' ? null : Date.parse(`${event.target.value}+08:00`))
          }
        />
      );
    case 'text':
      return (
        <Input
          aria-label={label}
          maxLength={4000}
          value={(value as string | undefined) ?? ''}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}
