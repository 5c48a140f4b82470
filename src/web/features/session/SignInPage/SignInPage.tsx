import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { asksForCode, type Credentials, demoRolesQuery, setLock, signIn } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { uiMessages } from '../../../ui/messages.ts';
import { messages } from '../messages.ts';
import { DemoRoles } from './DemoRoles.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import styles from './SignInPage.module.css';

/** Every demo account has this password; the server refuses to listen beyond loopback while it does. */
const DEMO_PASSWORD = 'Wendeng-yanshi-2026';

export const route = createLazyRoute('/sign-in')({ component: SignInPage });

function SignInPage() {
  const t = useT(messages);
  const ui = useT(uiMessages);
  const { language, setLanguage } = useLanguage();
  const { data: roles } = useQuery(demoRolesQuery);
  const { enter, busy, error, needsCode } = useSignIn();
  const hasRoles = roles !== undefined && roles.length > 0;

  return (
    <main className={styles['page']}>
      <header className={styles['head']}>
        <img src="/icon.svg" alt="" width="40" height="40" />
        <div>
          <h1>{ui('app.name')}</h1>
          <p>{t('signIn.motto')}</p>
        </div>
        <Button type="text" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {ui('top.language')}
        </Button>
      </header>
      <div className={styles['body']} data-demo={hasRoles}>
        {hasRoles && (
          <DemoRoles
            roles={roles}
            busy={busy}
            onChoose={(login) => void enter({ login, password: DEMO_PASSWORD })}
          />
        )}
        <PasswordForm
          title={hasRoles ? t('signIn.or') : t('signIn.title')}
          busy={busy}
          autoFocus={!hasRoles}
          asksForCode={needsCode}
          onEnter={(credentials) => void enter(credentials)}
        >
          {error !== undefined && <ErrorPanel error={error} />}
        </PasswordForm>
      </div>
    </main>
  );
}

function useSignIn() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { to } = useSearch({ strict: false });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [needsCode, setNeedsCode] = useState(false);

  async function enter(credentials: Credentials): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await signIn(credentials);
      setLock('open');
      queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== 'demo-roles' });
      await navigate({ href: typeof to === 'string' ? to : '/' });
    } catch (caught) {
      setError(caught);
      if (asksForCode(caught)) setNeedsCode(true);
    } finally {
      setBusy(false);
    }
  }
  return { enter, busy, error, needsCode };
}
