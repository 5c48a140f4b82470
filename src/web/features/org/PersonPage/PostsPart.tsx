import { Button } from 'antd';
import { useState } from 'react';
import type { PersonView } from '#modules/org/admin-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { type PostAct, usePostAct } from '../org-queries.ts';
import { type PickedPost, PostPicker } from '../PostPicker.tsx';
import styles from './PersonPage.module.css';

const MINUTE = 60_000;

export function PostsPart({ person, mayChange }: { person: PersonView; mayChange: boolean }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const act = usePostAct(person.id);
  return (
    <section className={styles['part']} aria-labelledby="posts">
      <h2 id="posts">{t('person.posts')}</h2>
      <ul className={styles['list']}>
        {person.posts.map((held) => (
          <li key={`${held.unitId} ${held.post}`}>
            <b>
              {held.unit[language]} · {held.postName[language]}
            </b>
            <span className={styles['small']}>
              {t(held.main ? 'person.main' : 'person.second')}{' '}
              {t('person.since', { time: formatDateTime(held.since, now, language) })}
            </span>
            {mayChange && !held.main && (
              <Button
                size="small"
                aria-label={t('person.endPostNamed', {
                  unit: held.unit[language],
                  post: held.postName[language],
                })}
                onClick={() => act.mutate({ act: 'end-post', at: { unitId: held.unitId, post: held.post } })}
              >
                {t('person.endPost')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && <NewPost busy={act.isPending} onAct={(kind, at) => act.mutate({ act: kind, at })} />}
      {act.error && <ErrorPanel error={act.error} kept />}
    </section>
  );
}

function NewPost(props: {
  busy: boolean;
  onAct: (kind: PostAct, at: { unitId: string; post: string }) => void;
}) {
  const t = useT(messages);
  const [at, setAt] = useState<PickedPost>({ unitId: null, post: null });
  const { unitId, post } = at;
  const ready = unitId !== null && post !== null;
  const act = (kind: PostAct) => {
    if (unitId !== null && post !== null) props.onAct(kind, { unitId, post });
  };
  return (
    <div className={styles['row']}>
      <PostPicker value={at} onChange={setAt} />
      <Button disabled={!ready} loading={props.busy} onClick={() => act('transfer')}>
        {t('person.transfer')}
      </Button>
      <Button disabled={!ready} loading={props.busy} onClick={() => act('add-post')}>
        {t('person.addPost')}
      </Button>
    </div>
  );
}
