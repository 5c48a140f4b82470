import { Button, Input } from 'antd';
import { useState } from 'react';
import type { IssuedCode, PersonView } from '#modules/org/admin-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { useAccountAct, useOpenAccount, useResetAccount } from '../org-queries.ts';
import styles from './PersonPage.module.css';

const MINUTE = 60_000;

export function AccountPart(props: { person: PersonView; mayChange: boolean; own: boolean }) {
  const t = useT(messages);
  const { person, mayChange, own } = props;
  const { account } = person;
  // Both live here and not below: the code must stay on the page when the account has come to be.
  const open = useOpenAccount(person.id);
  const reset = useResetAccount(person.id);
  const issued = reset.data ?? open.data;
  return (
    <section className={styles['part']} aria-labelledby="account">
      <h2 id="account">{t('person.account')}</h2>
      {account === null && <p className={styles['small']}>{t('person.noAccount')}</p>}
      {account === null && mayChange && (
        <OpenAccount busy={open.isPending} onOpen={(login) => open.mutate({ login })} />
      )}
      {account !== null && <AccountState account={account} />}
      {account !== null && mayChange && !own && (
        <AccountActs
          id={person.id}
          account={account}
          resetting={reset.isPending}
          onReset={() => reset.mutate({})}
        />
      )}
      {issued && (issued.code === null ? <CodeSent issued={issued} /> : <CodeOnce issued={issued} />)}
      {(open.error ?? reset.error) && <ErrorPanel error={open.error ?? reset.error} kept />}
    </section>
  );
}

type Account = NonNullable<PersonView['account']>;

function AccountState({ account }: { account: Account }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return (
    <ul className={styles['list']}>
      <li>
        <b>{account.login}</b>
        <span>{t(`state.${account.state}`)}</span>
        <span className={styles['small']}>
          {t('person.passwordAt', { time: formatDateTime(account.passwordChangedAt, now, language) })}
        </span>
      </li>
      {account.codeUntil !== null && (
        <li className={styles['small']}>
          {t('person.codeUntil', { time: formatDateTime(account.codeUntil, now, language) })}
        </li>
      )}
    </ul>
  );
}

function AccountActs(props: { id: string; account: Account; resetting: boolean; onReset: () => void }) {
  const t = useT(messages);
  const { account } = props;
  const act = useAccountAct(props.id);
  const disabled = account.state === 'disabled';
  return (
    <>
      <div className={styles['row']}>
        {!disabled && (
          <Button loading={props.resetting} onClick={props.onReset}>
            {t('person.reset')}
          </Button>
        )}
        {account.state === 'locked' && (
          <Button loading={act.isPending} onClick={() => act.mutate({ act: 'unlock' })}>
            {t('person.unlock')}
          </Button>
        )}
        <Button loading={act.isPending} onClick={() => act.mutate({ act: disabled ? 'enable' : 'disable' })}>
          {t(disabled ? 'person.enable' : 'person.disable')}
        </Button>
      </div>
      {act.error && <ErrorPanel error={act.error} kept />}
    </>
  );
}

function OpenAccount(props: { busy: boolean; onOpen: (login: string) => void }) {
  const t = useT(messages);
  const [login, setLogin] = useState('');
  return (
    <form
      className={styles['row']}
      onSubmit={(event) => {
        event.preventDefault();
        props.onOpen(login.trim());
      }}
    >
      <Input
        style={{ width: 240 }}
        aria-label={t('people.login')}
        placeholder={t('person.loginHint')}
        maxLength={40}
        spellCheck={false}
        value={login}
        onChange={(event) => setLogin(event.target.value)}
      />
      <Button
        htmlType="submit"
        disabled={!/^[a-z0-9][a-z0-9._-]{2,39}$/.test(login.trim())}
        loading={props.busy}
      >
        {t('person.openAccount')}
      </Button>
    </form>
  );
}

function CodeSent({ issued }: { issued: IssuedCode }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return (
    <div className={styles['code']} role="status">
      <p>{t('person.codeSent', { phone: issued.sentTo ?? '' })}</p>
      <p className={styles['small']}>
        {t('person.codeUse', {
          address: `${window.location.origin}/code`,
          time: formatDateTime(issued.until, now, language),
        })}
      </p>
    </div>
  );
}

function CodeOnce({ issued }: { issued: IssuedCode }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  return (
    <div className={styles['code']} role="status">
      <p>{t('person.code')}</p>
      <p>
        <strong>{issued.code}</strong>
      </p>
      <p className={styles['small']}>
        {t('person.codeUse', {
          address: `${window.location.origin}/code`,
          time: formatDateTime(issued.until, now, language),
        })}
      </p>
    </div>
  );
}
