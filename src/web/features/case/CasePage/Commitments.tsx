import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Commitment } from '#modules/case/case-work-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { TimeLeft } from '../../../ui/TimeLeft.tsx';
import { workMessages } from '../work-messages.ts';
import { useEndCommitment, useMoveCommitment } from '../work-queries.ts';
import styles from './CasePage.module.css';
import { endOfDay } from '../../../lib/end-of-day.ts';
import { WordsForm } from './WordsForm.tsx';

/** What was promised, by when and by whom; whoever keeps it moves or ends it here. */
export function Commitments({ list, linked }: { list: readonly Commitment[]; linked?: boolean }) {
  const t = useT(workMessages);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <table className={styles['clocks']}>
      <tbody>
        {list.map((one) => (
          <tr key={one.id}>
            <td>
              {linked === true && <CaseLink caseId={one.caseId} number={one.caseNo} />} {one.words}
              <div className={styles['small']}>
                {one.unit} · {one.madeBy}
                {one.moved > 0 && ` · ${t('commit.moved', { count: one.moved })}`}
              </div>
              {open === one.id && <CommitmentForms id={one.id} onDone={() => setOpen(null)} />}
            </td>
            <td>
              {one.state === 'open' ? (
                <TimeLeft deadline={{ dueAt: one.dueAt, startedAt: one.madeAt }} />
              ) : (
                t(`commit.${one.state}`)
              )}
            </td>
            <td>
              {one.mine && one.state === 'open' && (
                <Button
                  aria-expanded={open === one.id}
                  onClick={() => setOpen(open === one.id ? null : one.id)}
                >
                  {t('commit.change')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CommitmentForms({ id, onDone }: { id: string; onDone: () => void }) {
  const t = useT(workMessages);
  const ending = useEndCommitment(id);
  const moving = useMoveCommitment(id);
  const [day, setDay] = useState('');
  const after = { onSuccess: onDone };
  return (
    <div className={styles['form']}>
      <WordsForm
        label={t('field.howKept')}
        action={t('do.kept')}
        busy={ending.isPending}
        error={ending.error}
        onSend={(words) => ending.mutate({ outcome: 'kept', words }, after)}
      />
      <Input
        type="date"
        aria-label={t('field.day')}
        value={day}
        onChange={(event) => setDay(event.target.value)}
      />
      <WordsForm
        label={t('field.reason')}
        action={t('do.move')}
        busy={moving.isPending}
        error={moving.error}
        onSend={(reason) => day !== '' && moving.mutate({ dueAt: endOfDay(day), reason }, after)}
      />
    </div>
  );
}
