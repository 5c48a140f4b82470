import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useParams } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { PersonView } from '#modules/org/admin-api.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useMay, useSession } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { personQuery, useChangePerson, useLeave } from '../org-queries.ts';
import { AccountPart } from './AccountPart.tsx';
import styles from './PersonPage.module.css';
import { PostsPart } from './PostsPart.tsx';
import { RolesPart } from './RolesPart.tsx';

export const route = createLazyRoute('/people/$id')({ component: PersonPage });

/** One person: posts, account, roles. Each administrator sees all of it and may change his part. */
function PersonPage() {
  const t = useT(messages);
  const { language } = useLanguage();
  const { id = '' } = useParams({ strict: false });
  const person = useQuery(personQuery(id));
  const mayAdmin = useMay('org.admin');
  const own = useSession().person.id === id;
  if (person.error) return <ErrorPanel error={person.error} onRetry={() => void person.refetch()} />;
  if (!person.data) return <PageSkeleton />;
  const view = person.data;
  const main = view.posts.find((one) => one.main);
  const at = main === undefined ? t('person.left') : `${main.unit[language]} · ${main.postName[language]}`;
  const gone = view.leftAt !== null;
  return (
    <div className={styles['page']}>
      <PageHead title={view.name} owner={`${view.staffNo} · ${at}`} />
      {mayAdmin && !gone && <BasicsPart key={view.id} person={view} />}
      <PostsPart person={view} mayChange={mayAdmin && !gone} />
      <AccountPart person={view} mayChange={mayAdmin && !gone} own={own} />
      <RolesPart person={view} gone={gone} own={own} />
      {mayAdmin && !gone && !own && <LeavePart id={view.id} />}
    </div>
  );
}

function BasicsPart({ person }: { person: PersonView }) {
  const t = useT(messages);
  const change = useChangePerson(person.id);
  const [name, setName] = useState(person.name);
  const [phone, setPhone] = useState(person.phone ?? '');
  const [email, setEmail] = useState(person.email ?? '');
  return (
    <section className={styles['part']} aria-labelledby="basics">
      <h2 id="basics">{t('person.basics')}</h2>
      <form
        className={styles['row']}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ name: name.trim(), phone: textOrNull(phone), email: textOrNull(email) });
        }}
      >
        <Input
          style={{ width: 160 }}
          aria-label={t('people.name')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Input
          style={{ width: 180 }}
          aria-label={t('people.phone')}
          placeholder={t('people.phone')}
          maxLength={20}
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
        />
        <Input
          style={{ width: 220 }}
          type="email"
          aria-label={t('people.email')}
          placeholder={t('people.email')}
          maxLength={120}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Button htmlType="submit" disabled={name.trim() === ''} loading={change.isPending}>
          {t('person.save')}
        </Button>
        {change.isSuccess && <span role="status">{t('person.saved')}</span>}
      </form>
      {change.error && <ErrorPanel error={change.error} kept />}
    </section>
  );
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function LeavePart({ id }: { id: string }) {
  const t = useT(messages);
  const leave = useLeave(id);
  const [sure, setSure] = useState(false);
  return (
    <section className={styles['part']} aria-label={t('person.leave')}>
      {sure ? (
        <div className={styles['row']}>
          <Button loading={leave.isPending} onClick={() => leave.mutate({})}>
            {t('person.leaveSure')}
          </Button>
          <Button type="text" onClick={() => setSure(false)}>
            {t('person.keep')}
          </Button>
        </div>
      ) : (
        <Button onClick={() => setSure(true)}>{t('person.leave')}</Button>
      )}
      {leave.error && <ErrorPanel error={leave.error} kept />}
    </section>
  );
}
