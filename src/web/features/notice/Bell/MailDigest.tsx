import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { OwnMail } from '#modules/notice/notice-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { ownMailQuery, useSetOwnMail } from '../notice-queries.ts';
import styles from './Bell.module.css';

/** One mail on the morning of a working day, for whoever is not at a screen then. */
export function MailDigest() {
  const { data } = useQuery(ownMailQuery);
  return data ? <Form key={`${data.email} ${data.digest}`} own={data} /> : null;
}

function Form({ own }: { own: OwnMail }) {
  const t = useT(messages);
  const [email, setEmail] = useState(own.email ?? '');
  const [digest, setDigest] = useState(own.digest);
  const save = useSetOwnMail();
  return (
    <details className={styles['mail']}>
      <summary>{t(own.digest ? 'mail.on' : 'mail.off', { email: own.email ?? '' })}</summary>
      <div className={styles['mailForm']}>
        <Input
          aria-label={t('mail.email')}
          placeholder={t('mail.email')}
          inputMode="email"
          maxLength={120}
          value={email}
          onChange={(event) => setEmail(event.target.value.trim())}
        />
        <Checkbox checked={digest} onChange={(event) => setDigest(event.target.checked)}>
          {t('mail.digest')}
        </Checkbox>
        <Button
          size="small"
          loading={save.isPending}
          onClick={() => save.mutate({ email: email === '' ? null : email, digest })}
        >
          {t('mail.save')}
        </Button>
      </div>
      {save.error && <ErrorPanel error={save.error} kept />}
    </details>
  );
}
