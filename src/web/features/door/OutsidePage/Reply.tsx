import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import type { OutsideDetail, ReplyField } from '#modules/door/door-api.ts';
import { ApiError } from '../../../lib/api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useHanded, useReply } from '../door-queries.ts';
import { gateText } from '../fault-text.ts';
import { messages } from '../messages.ts';
import { copyText, saveCsv } from '../save-csv.ts';
import styles from './OutsidePage.module.css';

const MINUTE = 60_000;

/** The reply in their fields: written here, fetched by their system or handed over by file or copy. */
export function Reply({ one }: { one: OutsideDetail }) {
  const t = useT(messages);
  const last = one.replies[0];
  const mayWrite = last === undefined || last.handedAt === null || last.returnedAt !== null;
  return (
    <section>
      <h2>{t('answer.title')}</h2>
      {one.replies.map((reply) => (
        <Round key={reply.round} one={one} reply={reply} />
      ))}
      {mayWrite && last !== undefined && last.handedAt === null && (
        <details>
          <summary>{t('answer.again')}</summary>
          <ReplyForm one={one} />
        </details>
      )}
      {mayWrite && (last === undefined || last.handedAt !== null) && <ReplyForm one={one} />}
    </section>
  );
}

function Round({ one, reply }: { one: OutsideDetail; reply: OutsideDetail['replies'][number] }) {
  const t = useT(messages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const handed = useHanded(one.id);
  const [copied, setCopied] = useState(false);
  const time = (at: number) => formatDateTime(at, now, language);
  const lines = reply.fields.filter((field) => field.text !== '');
  const text = lines.map((field) => `${field.name.zh}：${field.text}`).join('\n');
  return (
    <div className={styles['round']}>
      <p className={styles['small']}>
        {t('answer.round', { round: reply.round, person: reply.madeBy, time: time(reply.madeAt) })}
      </p>
      <dl className={styles['fields']}>
        {lines.map((field) => (
          <div key={field.name.en}>
            <dt>{name(field.name)}</dt>
            <dd>{field.text}</dd>
          </div>
        ))}
      </dl>
      {handed.error && <ErrorPanel error={handed.error} kept />}
      {reply.handedAt !== null && reply.handedWay !== null ? (
        <p>{t(`answer.handed.${reply.handedWay}`, { time: time(reply.handedAt) })}</p>
      ) : (
        <>
          <p>{t('answer.ready')}</p>
          <div className={styles['row']}>
            <Button
              onClick={() => {
                copyText(text);
                setCopied(true);
                handed.mutate({ way: 'copy' });
              }}
            >
              {t('answer.copy')}
            </Button>
            <Button
              onClick={() => {
                saveCsv(`${one.door}-${one.number}.csv`, [
                  [t('field.number'), ...reply.fields.map((field) => field.name.zh)],
                  [one.number, ...reply.fields.map((field) => field.text)],
                ]);
                handed.mutate({ way: 'csv' });
              }}
            >
              {t('answer.csv')}
            </Button>
          </div>
        </>
      )}
      <span role="status">{copied ? t('answer.copied') : ''}</span>
      {reply.returnedAt !== null && (
        <p>{t('answer.returned', { time: time(reply.returnedAt), reason: reply.returnReason ?? '' })}</p>
      )}
    </div>
  );
}

function ReplyForm({ one }: { one: OutsideDetail }) {
  const t = useT(messages);
  const send = useReply(one.id);
  const [fields, setFields] = useState(() =>
    Object.fromEntries(one.replyFields.map((field) => [field.id, field.value])),
  );
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate({ fields });
      }}
    >
      <p>{t('answer.lead')}</p>
      {one.replyFields.map((field) => (
        <FieldInput
          key={field.id}
          field={field}
          value={fields[field.id] ?? ''}
          onChange={(value) => setFields({ ...fields, [field.id]: value })}
        />
      ))}
      <GateFaults error={send.error} fields={one.replyFields} />
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t('answer.send')}
      </Button>
    </form>
  );
}

/** What the gate misses, by the names of their fields; any other refusal as everywhere. */
function GateFaults({ error, fields }: { error: Error | null; fields: readonly ReplyField[] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const name = useNames();
  if (error === null) return null;
  if (!(error instanceof ApiError) || error.body.code !== 'door.reply-gate')
    return <ErrorPanel error={error} kept />;
  const faults = String(error.body.detail?.['faults'] ?? '').split(' ');
  return (
    <p role="alert">
      {t('answer.gate')}
      {faults
        .map((fault) => {
          const field = fields.find((one) => one.id === fault);
          return field === undefined
            ? gateText(language, fault)
            : t('sheet.fault.field', { field: name(field.name) });
        })
        .join(t('sheet.then'))}
    </p>
  );
}

function FieldInput(props: { field: ReplyField; value: string; onChange: (value: string) => void }) {
  const t = useT(messages);
  const name = useNames();
  const { field, value, onChange } = props;
  const label = field.required ? t('answer.required', { name: name(field.name) }) : name(field.name);
  if (field.form === 'yes-no')
    return (
      <div className={styles['question']}>
        <span aria-hidden="true">{label}</span>
        <Segmented
          aria-label={label}
          value={value}
          options={[
            { value: 'yes', label: t('answer.yes') },
            { value: 'no', label: t('answer.no') },
          ]}
          onChange={onChange}
        />
      </div>
    );
  return (
    <label>
      <span>{label}</span>
      {field.form === 'instant' ? (
        <Input
          placeholder={t('answer.timeHint')}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <Input.TextArea
          rows={2}
          maxLength={2000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </label>
  );
}
