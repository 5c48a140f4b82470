import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { MINUTE } from '#kernel/instant.ts';
import type { TellingView } from '#modules/repair/telling-api.ts';
import { formatSoon, formatTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useEstimate } from '../command-queries.ts';
import { messages } from '../messages.ts';
import styles from './OrderPanel.module.css';

/** When supply is expected back, by whose word, and what was said before. */
export function Estimates({ view }: { view: TellingView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const [current, ...before] = view.estimates;
  const restored = view.groups.some((group) => group.why === 'restored' || group.lastNews === 'back');
  return (
    <section>
      <h3>{t('estimate.title')}</h3>
      <p>
        {current === undefined
          ? t('estimate.none')
          : `${formatSoon(current.at, now, language)} · ${t(`source.${current.source}`)} · ${t(
              'estimate.said',
              {
                who: current.by,
                time: formatTime(current.setAt),
              },
            )}`}
      </p>
      {current !== undefined && current.at <= now && !restored && <p>{t('estimate.passed')}</p>}
      {view.mayTell && !restored && <SetEstimate view={view} />}
      {before.length > 0 && (
        <details>
          <summary>{t('estimate.history', { count: before.length })}</summary>
          <ul className={styles['lines']}>
            {before.map((one) => (
              <li key={one.id}>
                <span>
                  {formatSoon(one.at, now, language)} · {t(`source.${one.source}`)}
                </span>
                <span className={styles['minor']}>
                  {t('estimate.said', { who: one.by, time: formatTime(one.setAt) })}
                  {one.movedLate && ` · ${t('estimate.movedLate')}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function SetEstimate({ view }: { view: TellingView }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const estimating = useEstimate(view.orderId);
  const [source, setSource] = useState<'crew' | 'dispatcher'>('crew');
  const [said, setSaid] = useState('');
  const silent = now < view.silentUntil;
  return (
    <>
      {silent && (
        <p className={styles['minor']}>{t('estimate.silent', { time: formatTime(view.silentUntil) })}</p>
      )}
      <div className={styles['do']}>
        {view.possible
          .filter((one) => one.at > now)
          .map((one) => (
            <Button
              key={one.source}
              disabled={silent}
              loading={estimating.isPending}
              onClick={() => estimating.mutate({ source: one.source })}
            >
              {one.source === 'card'
                ? t('estimate.byCard', {
                    time: formatTime(one.at),
                    card: one.card?.[language] ?? '',
                    minutes: one.minutes,
                  })
                : t('estimate.byMean', {
                    time: formatTime(one.at),
                    repairs: one.repairs ?? 0,
                    minutes: one.minutes,
                  })}
            </Button>
          ))}
      </div>
      <div className={styles['do']}>
        <Select<'crew' | 'dispatcher'>
          aria-label={t('estimate.whose')}
          value={source}
          onChange={setSource}
          options={[
            { value: 'crew', label: t('source.crew') },
            { value: 'dispatcher', label: t('source.dispatcher'), disabled: silent },
          ]}
        />
        <Input
          type="time"
          className={styles['time'] ?? ''}
          aria-label={t('estimate.when')}
          value={said}
          onChange={(event) => setSaid(event.target.value)}
        />
        <Button
          disabled={said === ''}
          loading={estimating.isPending}
          onClick={() =>
            estimating.mutate({ source, at: nextTime(said, now) }, { onSuccess: () => setSaid('') })
          }
        >
          {t('estimate.set')}
        </Button>
      </div>
      {estimating.error && <ErrorPanel error={estimating.error} kept />}
    </>
  );
}

const DAY = 86_400_000;
/** Business zone: Asia/Shanghai, UTC+8. */
const ZONE = DAY / 3;

/** `HH:MM` as the next such time after now. */
function nextTime(said: string, now: number): number {
  const [hours = 0, minutes = 0] = said.split(':').map(Number);
  const midnight = Math.floor((now + ZONE) / DAY) * DAY - ZONE;
  const at = midnight + (hours * 60 + minutes) * MINUTE;
  return at > now ? at : at + DAY;
}
