import { createLazyRoute } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useT } from '../../../lib/i18n.ts';
import { sessionQuery, useSession } from '../../../lib/session.ts';
import { useWrite } from '../../../lib/use-write.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { messages } from '../messages.ts';
import styles from './PasswordPage.module.css';

export const route = createLazyRoute('/password')({ component: PasswordPage });

type Fields = { password: string; newPassword: string; again: string };

function PasswordPage() {
  const t = useT(messages);
  const { mustChangePassword } = useSession();
  const [form] = Form.useForm<Fields>();
  const change = useWrite<Fields>({
    path: '/api/session/password',
    body: ({ password, newPassword }) => ({ password, newPassword }),
    stale: [sessionQuery.queryKey],
  });
  const required = [{ required: true, message: t('signIn.need') }];
  const same = {
    validator: async (_rule: unknown, value: string) => {
      if (value !== form.getFieldValue('newPassword')) throw new Error(t('password.differ'));
    },
  };

  return (
    <div className={styles['page']}>
      <PageHead title={t('password.title')} />
      {mustChangePassword && <Alert type="info" showIcon title={t('password.must')} />}
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        disabled={change.isPending}
        onFinish={(fields) => change.mutate(fields, { onSuccess: () => form.resetFields() })}
      >
        <Form.Item name="password" label={t('password.old')} rules={required}>
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <Form.Item name="newPassword" label={t('password.new')} extra={t('password.rule')} rules={required}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="again" label={t('password.again')} dependencies={['newPassword']} rules={[same]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        {change.error && <ErrorPanel error={change.error} kept />}
        {change.isSuccess && <Alert type="info" role="status" showIcon title={t('password.saved')} />}
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('password.save')}
        </Button>
      </Form>
    </div>
  );
}
