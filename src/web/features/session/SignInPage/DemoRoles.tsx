import { useLanguage, useT } from '../../../lib/i18n.ts';
import type { DemoRole } from '../../../lib/session.ts';
import { messages } from '../messages.ts';
import styles from './SignInPage.module.css';

/** One card a role; the post says what one will see, so it is written largest. */
export function DemoRoles(props: {
  roles: readonly DemoRole[];
  busy: boolean;
  onChoose: (login: string) => void;
}) {
  const t = useT(messages);
  const { language } = useLanguage();
  return (
    <section aria-labelledby="demo-title" className={styles['demo']}>
      <h2 id="demo-title">{t('signIn.demoTitle')}</h2>
      <p className={styles['hint']}>{t('signIn.demoHint')}</p>
      <ul className={styles['cards']}>
        {props.roles.map((role) => (
          <li key={role.login}>
            <button
              type="button"
              className={styles['card']}
              disabled={props.busy}
              onClick={() => props.onChoose(role.login)}
            >
              <b>{role.postName[language]}</b>
              <span>{role.name}</span>
              <small>{role.unit[language]}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
