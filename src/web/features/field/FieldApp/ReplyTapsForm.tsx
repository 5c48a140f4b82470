import type { FaultCard } from '#modules/process/domain/index.ts';
import { useT } from '../../../lib/i18n.ts';
import { serverNow } from '../../../lib/server-clock.ts';
import { composeReply, type ReplyTaps } from '../compose-reply.ts';
import type { Draft } from '../device.ts';
import type { JobView } from '../job-view.ts';
import { messages } from '../messages.ts';
import styles from './FieldApp.module.css';

const RESULTS = ['restored', 'temporary'] as const;
const OPINIONS = ['agrees', 'absent', 'objects'] as const;

/** What was tapped so far; the card of the fault says what is usual. */
export function tapsOf({ taps }: Draft, card: FaultCard | undefined): ReplyTaps {
  const { cause, measures, result, opinion, words } = taps;
  return {
    cause: typeof cause === 'string' ? cause : (card?.name.zh ?? ''),
    measures: Array.isArray(measures) ? measures : [],
    result: result === 'temporary' ? 'temporary' : 'restored',
    opinion: OPINIONS.find((one) => one === opinion) ?? 'agrees',
    words: typeof words === 'string' ? words : '',
  };
}

/** Four taps and a few words make the reply; below them stands what it will say. */
export function ReplyTapsForm(props: {
  draft: Draft;
  card: FaultCard | undefined;
  view: JobView;
  onChange: (taps: Draft['taps']) => void;
}) {
  const t = useT(messages);
  const { draft, card, view } = props;
  const taps = tapsOf(draft, card);
  const put = (change: Partial<ReplyTaps>) => props.onChange({ ...draft.taps, ...change });
  const { cause, measures, result } = composeReply(view, taps, serverNow());
  return (
    <>
      <label className={styles['field']}>
        <span>{t('reply.cause')}</span>
        <input maxLength={400} value={taps.cause} onChange={(event) => put({ cause: event.target.value })} />
      </label>
      {card !== undefined && (
        <fieldset className={styles['row']}>
          <legend>{t('reply.measures')}</legend>
          {card.parts.steps.map((line) => {
            const has = taps.measures.includes(line);
            const next = has ? taps.measures.filter((one) => one !== line) : [...taps.measures, line];
            return (
              <button
                key={line}
                type="button"
                className={styles['button']}
                aria-pressed={has}
                onClick={() => put({ measures: next })}
              >
                {line}
              </button>
            );
          })}
        </fieldset>
      )}
      <fieldset className={styles['row']}>
        <legend>{t('reply.result')}</legend>
        {RESULTS.map((one) => (
          <button
            key={one}
            type="button"
            className={styles['button']}
            aria-pressed={taps.result === one}
            onClick={() => put({ result: one })}
          >
            {t(`reply.result.${one}`)}
          </button>
        ))}
      </fieldset>
      <fieldset className={styles['row']}>
        <legend>{t('reply.opinion')}</legend>
        {OPINIONS.map((one) => (
          <button
            key={one}
            type="button"
            className={styles['button']}
            aria-pressed={taps.opinion === one}
            onClick={() => put({ opinion: one })}
          >
            {t(`reply.opinion.${one}`)}
          </button>
        ))}
      </fieldset>
      <label className={styles['field']}>
        <span>{t('reply.words')}</span>
        <textarea
          rows={2}
          maxLength={1000}
          value={taps.words}
          onChange={(event) => put({ words: event.target.value })}
        />
      </label>
      <p className={styles['words']}>
        {t('reply.text')}: {[cause, measures, result].filter((one) => one !== undefined).join(' · ')}
      </p>
      <p className={styles['small']}>{t('reply.gate')}</p>
    </>
  );
}
