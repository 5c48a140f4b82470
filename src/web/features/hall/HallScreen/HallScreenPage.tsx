import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { HallScreen } from '#modules/hall/queue-api.ts';
import { WallFrame } from '../../../frames/WallFrame.tsx';
import { ApiError } from '../../../lib/api.ts';
import { useT } from '../../../lib/i18n.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { queueMessages } from '../queue-messages.ts';
import styles from './HallScreenPage.module.css';
import { screenQuery, screenToken } from './screen-queries.ts';
import { useChime } from './use-chime.ts';

/** Lines of a column that can be read from ten metres. */
const CALLS = 4;
const RESULTS = 8;
/** Long enough to find one's own number among eight. */
const TURN_MS = 8000;

/** The wall of a hall: whose turn it is, how long one waits, which results can be fetched. Numbers only. */
export function HallScreenPage() {
  const t = useT(queueMessages);
  const [token] = useState(screenToken);
  const { data, error } = useQuery(screenQuery(token));
  const refused = error instanceof ApiError && error.status === 401;
  if (refused || !data)
    return (
      <WallFrame title={t('screen.now')} dataAt={null}>
        {refused && <EmptyState title={t('screen.refused')} body={t('screen.refusedBody')} />}
      </WallFrame>
    );
  return (
    <WallFrame title={data.hall} dataAt={data.at} aside={<Sound calling={data.calling} />}>
      <div className={styles['wall']}>
        <Calling screen={data} />
        <div className={styles['right']}>
          <Waiting screen={data} />
          <Ready screen={data} />
        </div>
      </div>
    </WallFrame>
  );
}

/** Browsers are mute until somebody touches the page: whoever hangs the screen up clicks once, and sees that it is mute. */
function Sound({ calling }: { calling: HallScreen['calling'] }) {
  const t = useT(queueMessages);
  const { muted, unmute } = useChime(calling.map((one) => `${one.label} ${one.calls}`));
  if (!muted) return null;
  return (
    <button type="button" className={styles['sound']} onClick={unmute}>
      {t('screen.muted')}
    </button>
  );
}

/** The newest call stays on top; those before it turn. Under them, who is to get ready. */
function Calling({ screen }: { screen: HallScreen }) {
  const t = useT(queueMessages);
  const [newest, ...earlier] = screen.calling;
  const turning = useTurning(earlier, CALLS - 1);
  const { page, pages } = turning;
  const shown = newest === undefined ? [] : [newest, ...turning.shown];
  return (
    <section className={styles['calling']} aria-live="polite">
      <h2>{t('screen.now')}</h2>
      {shown.length === 0 && <p className={styles['quiet']}>{t('screen.nobody')}</p>}
      <ol>
        {shown.map((one) => (
          <li key={`${one.label} ${one.at}`}>
            <strong>{one.label}</strong>
            <span>{t('screen.to', { n: one.window })}</span>
          </li>
        ))}
      </ol>
      {pages > 1 && <p className={styles['page']}>{t('screen.page', { page, pages })}</p>}
      {screen.next.length > 0 && (
        <div className={styles['next']}>
          <h2>{t('screen.next')}</h2>
          <ul>
            {screen.next.map((label) => (
              <li key={label}>{label}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Waiting({ screen }: { screen: HallScreen }) {
  const t = useT(queueMessages);
  return (
    <section>
      <h2>{t('screen.waiting')}</h2>
      <table className={styles['waiting']}>
        <tbody>
          {screen.waiting
            .filter((one) => one.count > 0 || one.class === 'pay' || one.class === 'business')
            .map((one) => (
              <tr key={one.class}>
                <th scope="row">{t(`queue.class.${one.class}`)}</th>
                <td>{t('screen.people', { count: one.count })}</td>
                <td>{t('screen.minutes', { minutes: one.waitMinutes })}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

function Ready({ screen }: { screen: HallScreen }) {
  const t = useT(queueMessages);
  const { shown, page, pages } = useTurning(screen.ready, RESULTS);
  return (
    <section className={styles['ready']}>
      <h2>{t('screen.ready')}</h2>
      <p>{t(shown.length === 0 ? 'screen.readyNone' : 'screen.readyHint')}</p>
      <ul>
        {shown.map((one) => (
          <li key={one.digits}>
            <strong>{one.digits}</strong>
            <span>{one.window === null ? t('screen.anyWindow') : t('screen.to', { n: one.window })}</span>
          </li>
        ))}
      </ul>
      {pages > 1 && <p className={styles['page']}>{t('screen.page', { page, pages })}</p>}
    </section>
  );
}

/** Turns through a list that is longer than the wall, by itself. */
function useTurning<T>(items: readonly T[], size: number) {
  const [turn, setTurn] = useState(0);
  const pages = Math.max(1, Math.ceil(items.length / size));
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), TURN_MS);
    return () => clearInterval(timer);
  }, []);
  const page = turn % pages;
  return { shown: items.slice(page * size, (page + 1) * size), page: page + 1, pages };
}
