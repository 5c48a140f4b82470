import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { PersonView } from '#modules/org/admin-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useMay } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { choicesQuery, useRoleAct } from '../org-queries.ts';
import styles from './PersonPage.module.css';

export function RolesPart(props: { person: PersonView; gone: boolean; own: boolean }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const { person } = props;
  const mayChange = useMay('security.admin') && !props.gone && !props.own;
  const act = useRoleAct(person.id);
  return (
    <section className={styles['part']} aria-labelledby="roles">
      <h2 id="roles">{t('person.roles')}</h2>
      {person.roles.length === 0 && <p className={styles['small']}>{t('person.noRoles')}</p>}
      <ul className={styles['list']}>
        {person.roles.map(({ role, name }) => (
          <li key={role}>
            <b>{name[language]}</b>
            {mayChange && (
              <Button
                size="small"
                aria-label={t('person.revokeNamed', { role: name[language] })}
                onClick={() => act.mutate({ act: 'revoke', role })}
              >
                {t('person.revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && <Grant busy={act.isPending} onGrant={(role) => act.mutate({ act: 'grant', role })} />}
      {act.error && <ErrorPanel error={act.error} kept />}
      <p className={styles['small']}>{t('person.byWhom')}</p>
    </section>
  );
}

function Grant(props: { busy: boolean; onGrant: (role: string) => void }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const choices = useQuery(choicesQuery).data;
  const [role, setRole] = useState<string | null>(null);
  return (
    <div className={styles['row']}>
      <Select
        style={{ width: 200 }}
        aria-label={t('person.role')}
        placeholder={t('person.role')}
        showSearch={{ optionFilterProp: 'label' }}
        value={role}
        options={(choices?.roles ?? []).map(({ id, name }) => ({ value: id, label: name[language] }))}
        onChange={(value: string) => setRole(value)}
      />
      <Button
        disabled={role === null}
        loading={props.busy}
        onClick={() => role !== null && props.onGrant(role)}
      >
        {t('person.grant')}
      </Button>
    </div>
  );
}
