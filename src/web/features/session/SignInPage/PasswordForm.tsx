import { Link } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.ts';
import type { Credentials } from '../../../lib/session.ts';
import { messages } from '../messages.ts';
import styles from './SignInPage.module.css';

export function PasswordForm(props: {
  title: string;
  busy: boolean;
  autoFocus: boolean;
  /** The account has a second factor. */
  asksForCode: boolean;
  onEnter: (credentials: Credentials) => void;
  children: ReactNode;
}) {
  const t = useT(messages);
  const required = [{ required: true, message: t('signIn.need') }];
  return (
    <section aria-labelledby="form-title" className={styles['form']}>
      <h2 id="form-title">{props.title}</h2>
      <Form<Credentials>
        layout="vertical"
        requiredMark={false}
        onFinish={props.onEnter}
        disabled={props.busy}
      >
        <Form.Item name="login" label={t('signIn.login')} rules={required}>
          <Input size="large" autoComplete="username" autoFocus={props.autoFocus} spellCheck={false} />
        </Form.Item>
        <Form.Item name="password" label={t('signIn.password')} rules={required}>
          <Input.Password size="large" autoComplete="current-password" />
        </Form.Item>
        {props.asksForCode && (
          <Form.Item name="code" label={t('signIn.code')} rules={required}>
            <Input size="large" autoComplete="one-time-code" maxLength={20} autoFocus />
          </Form.Item>
        )}
        {props.children}
        <Button type="primary" size="large" htmlType="submit" block loading={props.busy}>
          {t('signIn.enter')}
        </Button>
      </Form>
      <p className={styles['hint']}>
        {t('signIn.forgot')} <Link to="/code">{t('code.have')}</Link>
      </p>
    </section>
  );
}
