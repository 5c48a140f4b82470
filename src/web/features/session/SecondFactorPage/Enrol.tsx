import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useT } from '../../../lib/i18n.ts';
import { sessionQuery } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { factorQuery, useBeginFactor, useConfirmFactor } from '../session-queries.ts';
import styles from './SecondFactorPage.module.css';

/** The password, then the secret for the app, then a code of it; at the end the recovery codes, shown once. */
export function Enrol() {
  const t = useT(messages);
  const queryClient = useQueryClient();
  const begin = useBeginFactor();
  const confirm = useConfirmFactor();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const required = [{ required: true, message: t('code.need') }];
  const done = () => {
    void queryClient.invalidateQueries({ queryKey: factorQuery.queryKey });
    void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  if (codes !== null)
    return (
      <section role="status">
        <Alert type="info" showIcon title={t('factor.codes')} />
        <ul className={styles['codes']}>
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <Button type="primary" onClick={done}>
          {t('factor.written')}
        </Button>
      </section>
    );
  if (begin.data === undefined)
    return (
      <Form<{ password: string }>
        layout="vertical"
        requiredMark={false}
        disabled={begin.isPending}
        onFinish={(fields) => begin.mutate(fields)}
      >
        <p>{t('factor.what')}</p>
        <Form.Item name="password" label={t('password.old')} rules={required}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        {begin.error && <ErrorPanel error={begin.error} />}
        <Button type="primary" htmlType="submit" loading={begin.isPending}>
          {t('factor.begin')}
        </Button>
      </Form>
    );
  const { secret, otpauth } = begin.data;
  return (
    <Form<{ code: string }>
      layout="vertical"
      requiredMark={false}
      disabled={confirm.isPending}
      onFinish={(fields) =>
        confirm.mutate(fields, { onSuccess: ({ recoveryCodes }) => setCodes(recoveryCodes) })
      }
    >
      <p>{t('factor.type')}</p>
      <p className={styles['secret']}>{secret.match(/.{4}/g)?.join(' ')}</p>
      <p>
        <a href={otpauth}>{t('factor.open')}</a>
      </p>
      <Form.Item name="code" label={t('factor.code')} rules={required}>
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus />
      </Form.Item>
      {confirm.error && <ErrorPanel error={confirm.error} />}
      <Button type="primary" htmlType="submit" loading={confirm.isPending}>
        {t('factor.confirm')}
      </Button>
    </Form>
  );
}
