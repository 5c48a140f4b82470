import { LockOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useT } from '../lib/i18n.ts';
import { asksForCode, isWrongCode, signIn, unlock } from '../lib/session.ts';
import { ErrorPanel } from './ErrorPanel.tsx';
import styles from './LockScreen.module.css';
import { uiMessages } from './messages.ts';

/** Covers the page without unmounting it. Someone else at this desk starts anew, without the drafts. */
export function LockScreen(props: {
  over: boolean;
  login: string;
  name: string;
  onOpen: () => Promise<void>;
}) {
  const t = useT(uiMessages);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<InputRef>(null);
  const codeInput = useRef<InputRef>(null);

  useEffect(() => {
    // A modal dialog of the browser: nothing below it can be reached, by mouse, keyboard or screen reader.
    dialog.current?.showModal();
    input.current?.focus();
  }, []);

  async function open(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    try {
      if (props.over) await signIn({ login: props.login, password, ...(code === null ? {} : { code }) });
      else await unlock(password);
      await props.onOpen();
    } catch (error) {
      setProblem(error);
      if (asksForCode(error) || isWrongCode(error)) {
        // The password was right: it stays, and the next code is typed.
        setCode('');
        codeInput.current?.focus();
        return;
      }
      setPassword('');
      input.current?.focus();
    } finally {
      setBusy(false);
    }
  }

  return (
    <dialog
      ref={dialog}
      className={styles['lock']}
      aria-labelledby="lock-title"
      onCancel={(event) => event.preventDefault()}
    >
      <form className={styles['card']} onSubmit={(event) => void open(event)}>
        <LockOutlined className={styles['icon']} />
        <h2 id="lock-title">{t(props.over ? 'lock.overTitle' : 'lock.title')}</h2>
        <p>{t(props.over ? 'lock.overBody' : 'lock.body')}</p>
        <label htmlFor="lock-password">
          {props.name} · {t('lock.password')}
        </label>
        <Input.Password
          id="lock-password"
          ref={input}
          size="large"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        {code !== null && (
          <>
            <label htmlFor="lock-code">{t('lock.code')}</label>
            <Input
              id="lock-code"
              ref={codeInput}
              autoFocus
              size="large"
              autoComplete="one-time-code"
              maxLength={20}
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
          </>
        )}
        {problem !== undefined && <ErrorPanel error={problem} />}
        <Button type="primary" size="large" htmlType="submit" block loading={busy} disabled={password === ''}>
          {t('lock.unlock')}
        </Button>
        <Button type="link" onClick={leave}>
          {t('lock.other')}
        </Button>
      </form>
    </dialog>
  );
}

/** Somebody else begins afresh; what this person had typed waits for him on the server. */
function leave(): void {
  window.location.assign('/sign-in');
}
