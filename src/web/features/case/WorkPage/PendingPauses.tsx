import { Button, Tooltip } from 'antd';
import type { PendingPause } from '#modules/case/clock-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { lookUp, useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { clockMessages, clockRefusals } from '../clock-messages.ts';
import { useDecidePause } from '../clock-queries.ts';
import { messages } from '../messages.ts';
import styles from './WorkPage.module.css';

/** Pauses that wait for a second person's word, the oldest first, decided where they stand. */
export function PendingPauses({ pauses }: { pauses: readonly PendingPause[] }) {
  const t = useT(clockMessages);
  const tc = useT(messages);
  if (pauses.length === 0) return <EmptyState title={t('pause.noPending')} body={t('pause.noPendingBody')} />;
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">{tc('work.case')}</th>
          <th scope="col">{t('pause.what')}</th>
          <th scope="col">{t('pause.note')}</th>
          <th scope="col">{tc('work.what')}</th>
        </tr>
      </thead>
      <tbody>
        {pauses.map((one) => (
          <OnePending key={one.id} one={one} />
        ))}
      </tbody>
    </table>
  );
}

function OnePending({ one }: { one: PendingPause }) {
  const t = useT(clockMessages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(60_000);
  const decide = useDecidePause(one.orderId);
  const time = (at: number) => formatDateTime(at, now, language);
  const span =
    one.from === null
      ? one.to === null
        ? null
        : t('pause.wished', { to: time(one.to) })
      : one.to === null
        ? t('pause.spanOpen', { from: time(one.from) })
        : t('pause.span', { from: time(one.from), to: time(one.to) });
  return (
    <tr>
      <td>
        <CaseLink caseId={one.caseId} number={one.no} />
        <div>{name(one.process)}</div>
      </td>
      <td>
        {name(one.reason)} · {t(`evidence.${one.evidence}`)}
        <div>{[t(`pause.state.${one.state}`), span].filter(Boolean).join(' · ')}</div>
      </td>
      <td>
        {one.note}
        <div>
          {t('pause.by', { person: one.askedBy })} · {time(one.askedAt)}
        </div>
      </td>
      <td>
        <div className={styles['decide']}>
          {([true, false] as const).map((approve) => (
            <Tooltip
              key={String(approve)}
              title={one.refusal === null ? undefined : lookUp(clockRefusals, language, one.refusal)}
            >
              <Button
                aria-disabled={!one.allowed}
                loading={decide.isPending}
                onClick={() => one.allowed && decide.mutate({ seq: one.seq, pauseId: one.id, approve })}
              >
                {t(approve ? 'pause.approve' : 'pause.reject')}
              </Button>
            </Tooltip>
          ))}
        </div>
        {decide.error && <ErrorPanel error={decide.error} kept />}
      </td>
    </tr>
  );
}
