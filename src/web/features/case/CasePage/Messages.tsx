import { useQuery } from '@tanstack/react-query';
import type { CaseTalk } from '#modules/link/link-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { talkMessages } from '../talk-messages.ts';
import { talkQuery } from '../talk-queries.ts';
import styles from './CasePage.module.css';
import { RatingKey } from './RatingKey.tsx';

const MINUTE = 60_000;

/** What was said to the customer and what he said, with his word at the end. */
export function Messages({ caseId }: { caseId: string }) {
  const t = useT(talkMessages);
  const mayRate = useMay('case.work');
  const talk = useQuery(talkQuery(caseId));
  if (!talk.data) return talk.error ? <ErrorPanel error={talk.error} /> : null;
  const { messages, evaluations, mayEvaluate } = talk.data;
  return (
    <section>
      <h2>{t('talk.title')}</h2>
      {evaluations.map((one) => (
        <Evaluation key={one.round} evaluation={one} />
      ))}
      {mayEvaluate && mayRate && <RatingKey caseId={caseId} />}
      {messages.length + evaluations.length === 0 && <p className={styles['small']}>{t('talk.none')}</p>}
      <ul className={styles['plain']}>
        {messages.map((one) => (
          <Message key={one.id} message={one} />
        ))}
      </ul>
    </section>
  );
}

function Message({ message }: { message: CaseTalk['messages'][number] }) {
  const t = useT(talkMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { at, direction, state, text, way } = message;
  const head = t(`talk.${direction}`, {
    way: t(`talk.way.${way}`),
    time: formatDateTime(at, now, language),
  });
  return (
    <li>
      <div className={styles['small']}>
        {[head, state === null ? null : t(`talk.state.${state}`)].filter(Boolean).join(' · ')}
      </div>
      <p className={styles['words']}>{text === null ? t('talk.hidden') : text[language]}</p>
    </li>
  );
}

function Evaluation({ evaluation }: { evaluation: CaseTalk['evaluations'][number] }) {
  const t = useT(talkMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { solved, satisfied, source, at } = evaluation;
  const what = t(solved ? (satisfied ? 'rate.both' : 'rate.solved') : 'rate.not');
  const way = t(`talk.way.${source}`);
  return <p>{t('rate.said', { what, way, time: formatDateTime(at, now, language) })}</p>;
}
