import { Button } from 'antd';
import type { ComplaintView, JudgementView } from '#modules/voice/voice-api.ts';
import { useNames, useT } from '../../../lib/i18n.ts';
import { useSentence } from '../../../lib/refusals.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { useTakeStep } from '../voice-queries.ts';
import { AppealForm } from './AppealForm.tsx';
import styles from './ComplaintPage.module.css';
import { GradeForm } from './GradeForm.tsx';
import { VerdictForm } from './VerdictForm.tsx';

/** The steps that are judged here and open now; who may not judge reads why. */
export function Judgements({ view }: { view: ComplaintView }) {
  return view.judgements.map((one) => (
    <Judgement key={`${one.judgement}#${one.ref.round}`} view={view} judgement={one} />
  ));
}

function Judgement({ view, judgement }: { view: ComplaintView; judgement: JudgementView }) {
  const t = useT(messages);
  const name = useNames();
  const sentence = useSentence();
  const taking = useTakeStep(view.order?.id ?? '');
  if (view.order === null) return null;
  const { seq } = view.order;
  const { round } = judgement.ref;
  const step = name(judgement.step);
  return (
    <section>
      <h2>{step}</h2>
      <p className={styles['small']}>{judgement.how}</p>
      {judgement.mayTake && (
        <Button
          type="primary"
          loading={taking.isPending}
          onClick={() => taking.mutate({ seq, ref: judgement.ref })}
        >
          {t('judge.take', { step })}
        </Button>
      )}
      {taking.error && <ErrorPanel error={taking.error} kept />}
      {judgement.mayJudge && judgement.judgement === 'grade' && (
        <GradeForm view={view} seq={seq} round={round} />
      )}
      {judgement.mayJudge && judgement.judgement === 'verdict' && (
        <VerdictForm caseId={view.id} seq={seq} round={round} />
      )}
      {judgement.mayJudge && judgement.judgement === 'appeal' && (
        <AppealForm caseId={view.id} seq={seq} round={round} />
      )}
      {!judgement.mayTake && !judgement.mayJudge && (
        <p>
          {t('judge.wait', { unit: judgement.unit ?? '', holder: judgement.holder ?? t('one.unheld') })}
          {judgement.reason !== null && ` · ${sentence(judgement.reason)}`}
        </p>
      )}
    </section>
  );
}
