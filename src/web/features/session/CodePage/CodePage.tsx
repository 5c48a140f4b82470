import { createLazyRoute, Link } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useT } from '../../../lib/i18n.ts';
import { useWrite } from '../../../lib/use-write.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import styles from './CodePage.module.css';

export const route = createLazyRoute('/code')({ component: CodePage });

type Fields = { code: string; newPassword: string; again: string };

/** A one-time code from an administrator, or from the console of a new company, becomes a password of one's own. */
function CodePage() {
  const t = useT(messages);
  const [form] = Form.useForm<Fields>();
  const use = useWrite<Fields, { readonly login: string }>({
    path: '/api/session/code',
    body: ({ code, newPassword }) => ({ code: code.trim(), newPassword }),
  });
  const required = [{ required: true, message: t('code.need') }];
  const same = {
    validator: async (_rule: unknown, value: string) => {
      if (value !== form.getFieldValue('newPassword')) throw new Error(t('password.differ'));
    },
  };
  return (
    <main className={styles['page']}>
      <h1>{t('code.title')}</h1>
      {use.data ? (
        <>
          <Alert type="info" role="status" showIcon title={t('code.done', { login: use.data.login })} />
          <Link to="/sign-in" search={{ to: '/' }}>
            {t('code.signIn')}
          </Link>
        </>
      ) : (
        <Form<Fields>
          form={form}
          layout="vertical"
          requiredMark={false}
          disabled={use.isPending}
          onFinish={(fields) => use.mutate(fields)}
        >
          <Form.Item name="code" label={t('code.code')} extra={t('code.hint')} rules={required}>
            <Input autoFocus autoComplete="one-time-code" spellCheck={false} maxLength={40} />
          </Form.Item>
          <Form.Item name="newPassword" label={t('password.new')} extra={t('password.rule')} rules={required}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item name="again" label={t('password.again')} dependencies={['newPassword']} rules={[same]}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          {use.error && <ErrorPanel error={use.error} kept />}
          <Button type="primary" htmlType="submit" loading={use.isPending}>
            {t('code.set')}
          </Button>
        </Form>
      )}
    </main>
  );
}
