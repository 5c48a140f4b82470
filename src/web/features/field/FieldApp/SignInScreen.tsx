import { type FormEvent, useState } from 'react';
import { ApiError } from '../../../lib/api.ts';
import { useT } from '../../../lib/i18n.ts';
import type { Device } from '../device.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';

/** Signing in on the phone: at first to load the jobs, later so that what waits can be sent. */
export function SignInScreen({
  device,
  again,
  notCrew,
}: {
  device: Device;
  again: boolean;
  notCrew: boolean;
}) {
  const t = useT(messages);
  const [fault, setFault] = useState<string | null>(null);
  const [asksCode, setAsksCode] = useState(false);
  const [busy, setBusy] = useState(false);

  async function enter(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    const code = text('code');
    setBusy(true);
    try {
      await device.signIn({
        login: text('login'),
        password: text('password'),
        ...(code === '' ? {} : { code }),
      });
      setFault(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.body.code === 'session.second-factor') setAsksCode(true);
      setFault(error.status === 0 ? t('signIn.offline') : t('signIn.fail', { why: error.body.message }));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form className={styles['card']} onSubmit={(event) => void enter(event)}>
      <h2>{t(again ? 'signIn.again' : 'signIn.title')}</h2>
      {notCrew && <p role="status">{t('signIn.notCrew')}</p>}
      <label className={styles['field']}>
        <span>{t('signIn.login')}</span>
        <input name="login" autoComplete="username" required />
      </label>
      <label className={styles['field']}>
        <span>{t('signIn.password')}</span>
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      {asksCode && (
        <label className={styles['field']}>
          <span>{t('signIn.code')}</span>
          <input name="code" autoComplete="one-time-code" maxLength={20} />
        </label>
      )}
      {fault !== null && <p role="alert">{fault}</p>}
      <button type="submit" className={styles['big']} disabled={busy}>
        {t('signIn.enter')}
      </button>
    </form>
  );
}
