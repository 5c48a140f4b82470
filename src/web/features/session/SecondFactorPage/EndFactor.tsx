import { Button, Form, Input } from 'antd';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { useEndFactor } from '../session-queries.ts';

/** Without it again: the password and a code. */
export function EndFactor() {
  const t = useT(messages);
  const end = useEndFactor();
  const required = [{ required: true, message: t('code.need') }];
  return (
    <Form<{ password: string; code: string }>
      layout="vertical"
      requiredMark={false}
      disabled={end.isPending}
      onFinish={(fields) => end.mutate(fields)}
    >
      <Form.Item name="password" label={t('password.old')} rules={required}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="code" label={t('factor.codeOrRecovery')} rules={required}>
        <Input autoComplete="one-time-code" maxLength={20} />
      </Form.Item>
      {end.error && <ErrorPanel error={end.error} />}
      <Button htmlType="submit" loading={end.isPending}>
        {t('factor.end')}
      </Button>
    </Form>
  );
}
