import { useQuery } from '@tanstack/react-query';
import { Button, Tooltip } from 'antd';
import type { ChangeView } from '#modules/clock/clock-change-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { lookUp, useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { changesQuery, useDecide } from '../clock-queries.ts';
import { messages, refusals } from '../messages.ts';
import styles from './ClockAdminPage.module.css';
import { limitValue } from './limit-value.ts';

/** Who changed what, and how far the open clocks are counted again. */
export function Changes() {
  const t = useT(messages);
  const changes = useQuery(changesQuery);
  if (changes.error) return <ErrorPanel error={changes.error} onRetry={() => void changes.refetch()} />;
  if (!changes.data) return <RowsSkeleton />;
  return (
    <section>
      <h2>{t('changes.title')}</h2>
      {changes.data.length === 0 && <p className={styles['small']}>{t('changes.none')}</p>}
      <table className={styles['table']}>
        <tbody>
          {changes.data.map((one) => (
            <tr key={one.id}>
              <td>
                <OneChange one={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function OneChange({ one }: { one: ChangeView }) {
  const t = useT(messages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(60_000);
  const decide = useDecide();
  const { looked, moved, mayDecide } = one;
  const title =
    one.limit === null
      ? t('changes.calendar', { year: one.year ?? '' })
      : t('changes.correction', {
          limit: `${one.limit.id} ${name(one.limit.name)}`,
          value: limitValue(t, one.value ?? 0, one.limit.unit),
        });
  const progress = t(one.finished ? 'changes.finished' : 'changes.progress', { looked, moved });
  const lines = [
    t(`changes.state.${one.state}`),
    ...(one.state === 'in-force' ? [progress] : []),
    t('changes.asked', { person: one.askedBy, time: formatDateTime(one.askedAt, now, language) }),
    ...(one.decidedBy === null ? [] : [t('changes.decided', { person: one.decidedBy })]),
  ];
  return (
    <>
      {title}
      <div>{one.reason}</div>
      <div className={styles['small']}>{lines.join(' · ')}</div>
      {mayDecide !== null && (
        <div className={styles['buttons']}>
          {([true, false] as const).map((approve) => (
            <Tooltip
              key={String(approve)}
              title={mayDecide.reason === null ? undefined : lookUp(refusals, language, mayDecide.reason)}
            >
              <Button
                aria-disabled={!mayDecide.allowed}
                {...(mayDecide.allowed ? {} : { className: styles['refused'] ?? '' })}
                loading={decide.isPending}
                onClick={() => mayDecide.allowed && decide.mutate({ id: one.id, approve })}
              >
                {t(approve ? 'changes.approve' : 'changes.reject')}
              </Button>
            </Tooltip>
          ))}
        </div>
      )}
      {decide.error && <ErrorPanel error={decide.error} kept />}
    </>
  );
}
