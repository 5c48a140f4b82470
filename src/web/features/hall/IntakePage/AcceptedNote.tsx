import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { IntakeCatalogue } from '#modules/case/case-api.ts';
import type { TakenIn } from '#modules/hall/hall-api.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { useKeys } from '../../../lib/keys.ts';
import { ActionBar, type PageAction } from '../../../ui/ActionBar.tsx';
import { ReceiptText } from '../ReceiptPage/ReceiptText.tsx';
import { receiptQuery } from '../hall-queries.ts';
import { messages } from '../messages.ts';
import { receiptMessages } from '../receipt-messages.ts';
import styles from './IntakePage.module.css';

/** What was just done. */
export type Outcome =
  | {
      readonly kind: 'accepted';
      readonly taken: TakenIn;
      readonly process: IntakeCatalogue['processes'][number] | undefined;
    }
  | { readonly kind: 'joined'; readonly caseId: string; readonly no: string; readonly times: number };

/** After acceptance: the number, what happens next and by when, and everything that is missing, said once (一次性告知). */
export function AcceptedNote({ outcome, onNext }: { outcome: Outcome; onNext: () => void }) {
  const t = useT(messages);
  const name = useNames();
  const { caseId, no } = outcome.kind === 'accepted' ? outcome.taken : outcome;
  const closedList = outcome.kind === 'accepted' && outcome.taken.closedList;
  const note = useRef<HTMLElement>(null);
  useEffect(() => note.current?.focus(), []);
  const title =
    outcome.kind === 'accepted' ? t('intake.done', { no }) : t('repeat.done', { no, count: outcome.times });
  const next = { id: 'next', label: t('intake.next'), allowed: true, run: onNext };
  return (
    <section ref={note} className={styles['note']} role="status" tabIndex={-1} aria-label={title}>
      <h2>{title}</h2>
      {outcome.kind === 'accepted' && outcome.process && <p>{name(outcome.process.name)}</p>}
      {closedList ? (
        <>
          <p>{t('intake.closedList')}</p>
          <ActionBar primary={next} />
        </>
      ) : (
        <Receipt caseId={caseId} next={next} />
      )}
    </section>
  );
}

/** Not of a case with a closed list: whoever took it in reads it no more. */
function Receipt({ caseId, next }: { caseId: string; next: PageAction }) {
  const t = useT(messages);
  const tReceipt = useT(receiptMessages);
  const navigate = useNavigate();
  const receipt = useQuery(receiptQuery(caseId));
  const print = () => window.open(`/receipts/${caseId}/print`, '_blank', 'noopener');
  useKeys(tReceipt('receipt.title'), [{ key: 'p', label: tReceipt('receipt.print'), run: print }]);
  return (
    <>
      {receipt.data && <ReceiptText receipt={receipt.data} />}
      {receipt.data && (
        <p>
          {receipt.data.told === null
            ? tReceipt('receipt.toldNobody')
            : tReceipt(`receipt.told.${receipt.data.told.channel}`, { to: receipt.data.told.to })}
        </p>
      )}
      <ActionBar
        primary={next}
        others={[
          { id: 'print', label: tReceipt('receipt.print'), allowed: true, run: print },
          {
            id: 'open',
            label: t('intake.open'),
            allowed: true,
            run: () => void navigate({ to: `/cases/${caseId}` }),
          },
          {
            id: 'papers',
            label: tReceipt('receipt.papers'),
            allowed: true,
            run: () => void navigate({ to: `/receipts/${caseId}` }),
          },
        ]}
      />
    </>
  );
}
