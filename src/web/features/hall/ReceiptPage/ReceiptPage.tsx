import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useParams } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { PaperLine, Receipt } from '#modules/hall/hall-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { receiptQuery, useAskPaper, useReceivePaper } from '../hall-queries.ts';
import { receiptMessages } from '../receipt-messages.ts';
import styles from './ReceiptPage.module.css';
import { ReceiptText } from './ReceiptText.tsx';

export const route = createLazyRoute('/receipts/$id')({ component: ReceiptPage });

const MINUTE = 60_000;

/** The receipt of a case, and the papers that follow: ticked off as they come. */
function ReceiptPage() {
  const t = useT(receiptMessages);
  const name = useNames();
  const { id = '' } = useParams({ strict: false });
  const receipt = useQuery(receiptQuery(id));
  if (receipt.error) return <ErrorPanel error={receipt.error} onRetry={() => void receipt.refetch()} />;
  if (!receipt.data) return <PageSkeleton />;
  return (
    <>
      <PageHead
        title={t('receipt.title')}
        owner={
          <>
            <CaseLink caseId={id} number={receipt.data.no} /> {name(receipt.data.title)}
          </>
        }
        actions={
          <Button href={`/receipts/${id}/print`} target="_blank">
            {t('receipt.print')}
          </Button>
        }
      />
      <div className={styles['columns']}>
        <section className={styles['card']}>
          <h2>{t('receipt.said')}</h2>
          {receipt.data.closed && <p>{t('receipt.closed')}</p>}
          <ReceiptText receipt={receipt.data} />
        </section>
        <section className={styles['card']}>
          <h2>{t('receipt.papers')}</h2>
          {receipt.data.papers.length === 0 && <p>{t('receipt.allHere')}</p>}
          <ul className={styles['papers']}>
            {receipt.data.papers.map((paper) => (
              <Paper key={paper.id} caseId={id} paper={paper} />
            ))}
          </ul>
          {receipt.data.untilSteps.length > 0 && <AskMore receipt={receipt.data} />}
        </section>
      </div>
    </>
  );
}

function Paper({ caseId, paper }: { caseId: string; paper: PaperLine }) {
  const t = useT(receiptMessages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const receive = useReceivePaper(caseId);
  return (
    <li>
      <span>
        {name(paper.name)}{' '}
        <small>
          {t(paper.again ? 'receipt.askedAgain' : 'receipt.toldOnce', {
            time: formatDateTime(paper.toldAt, now, language),
          })}
          {paper.until !== null && t('receipt.before', { step: name(paper.until) })}
        </small>
      </span>
      {paper.receivedAt === null ? (
        <Button
          size="small"
          loading={receive.isPending}
          onClick={() => receive.mutate({ paper: paper.id })}
          aria-label={t('receipt.receiveNamed', { paper: name(paper.name) })}
        >
          {t('receipt.receive')}
        </Button>
      ) : (
        <small>{t('receipt.received', { time: formatDateTime(paper.receivedAt, now, language) })}</small>
      )}
      {receive.error && <ErrorPanel error={receive.error} kept />}
    </li>
  );
}

/** The other value stands for words of one's own. */
const IN_WORDS = '';

function AskMore({ receipt }: { receipt: Receipt }) {
  const t = useT(receiptMessages);
  const name = useNames();
  const ask = useAskPaper(receipt.caseId);
  const [paper, setPaper] = useState(receipt.askable[0]?.id ?? IN_WORDS);
  const [words, setWords] = useState('');
  const [until, setUntil] = useState(receipt.untilSteps[0]?.id ?? null);
  const inWords = paper === IN_WORDS;
  return (
    <details>
      <summary>{t('receipt.askMore')}</summary>
      <p>{t('receipt.askWarning')}</p>
      <div className={styles['ask']}>
        <Select
          aria-label={t('receipt.which')}
          value={paper}
          options={[
            ...receipt.askable.map((one) => ({ value: one.id, label: name(one.name) })),
            { value: IN_WORDS, label: t('receipt.inWords') },
          ]}
          onChange={setPaper}
        />
        {inWords && (
          <Input
            aria-label={t('receipt.words')}
            placeholder={t('receipt.words')}
            maxLength={200}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
        <Select
          aria-label={t('receipt.untilStep')}
          value={until}
          options={receipt.untilSteps.map((one) => ({
            value: one.id,
            label: t('receipt.untilOption', { step: name(one.name) }),
          }))}
          onChange={setUntil}
        />
        <Button
          loading={ask.isPending}
          disabled={inWords && words.trim().length < 2}
          onClick={() =>
            ask.mutate(
              { paper: inWords ? null : paper, words: inWords ? words.trim() : null, until },
              { onSuccess: () => setWords('') },
            )
          }
        >
          {t('receipt.ask')}
        </Button>
      </div>
      {ask.error && <ErrorPanel error={ask.error} kept />}
    </details>
  );
}
