import { Button, Input } from 'antd';
import { useState } from 'react';
import type { SupportReview } from '#modules/score/board-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { workMessages } from '../work-messages.ts';
import { useReview } from '../work-queries.ts';
import styles from './WorkPage.module.css';

const VERDICTS = ['helped', 'partly', 'not'] as const;

/** 抽样评价: help of other departments that this front office is asked about; one click each. */
export function ReviewList({ reviews }: { reviews: readonly SupportReview[] }) {
  const t = useT(workMessages);
  return (
    <section>
      <h2>{t('review.title')}</h2>
      <table className={styles['table']}>
        <tbody>
          {reviews.map((one) => (
            <tr key={one.id}>
              <td>
                <CaseLink caseId={one.caseId} number={one.caseNo} />
              </td>
              <td>
                {one.unit} · {one.question} · {one.answer}
              </td>
              <td>
                <Verdict id={one.id} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Verdict({ id }: { id: string }) {
  const t = useT(workMessages);
  const reviewing = useReview(id);
  const [words, setWords] = useState('');
  const said = words.trim().length >= 2 ? words : null;
  return (
    <>
      <div className={styles['decide']}>
        {VERDICTS.map((verdict) => (
          <Button
            key={verdict}
            loading={reviewing.isPending}
            disabled={verdict === 'not' && said === null}
            onClick={() => reviewing.mutate({ verdict, words: said })}
          >
            {t(`review.${verdict}`)}
          </Button>
        ))}
      </div>
      <Input
        aria-label={t('review.words')}
        placeholder={t('review.words')}
        maxLength={1000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {reviewing.error && <ErrorPanel error={reviewing.error} kept />}
    </>
  );
}
