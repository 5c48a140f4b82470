import { useQuery } from '@tanstack/react-query';
import type { IntakeCatalogue } from '#modules/case/case-api.ts';
import { formatBy } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { limitWords } from '../limit-words.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { promisesQuery } from '../hall-queries.ts';
import { messages } from '../messages.ts';
import styles from './IntakePage.module.css';

const MINUTE = 60_000;

/** What the clerk may promise for this business here, and until when if it begins now; nothing beyond it. */
export function MayPromise(props: {
  process: IntakeCatalogue['processes'][number] | undefined;
  area: string | null;
}) {
  const { process, area } = props;
  const t = useT(messages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { data } = useQuery(promisesQuery(process?.id ?? null, area));
  if (process === undefined || !data) return null;
  const none = process.needsArea && area === null ? 'promise.areaFirst' : 'promise.none';
  return (
    <section className={styles['strip']}>
      <h2>{t('promise.title')}</h2>
      {data.length === 0 && <p>{t(none)}</p>}
      <dl className={styles['promises']}>
        {data.map((line) => (
          <div key={line.limit}>
            <dt>{name(line.name)}</dt>
            <dd>
              {t('promise.line', {
                limit: limitWords(line.text, language),
                time: formatBy(line.dueAt, now, language),
              })}
              <small>{t('promise.source', { source: line.source, confidence: line.confidence })}</small>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
