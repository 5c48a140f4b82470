import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { gradeComplaint } from '#modules/process/domain/index.ts';
import type { ComplaintClass, ComplaintView, GradeBody } from '#modules/voice/voice-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { messages } from '../messages.ts';
import { useGrade } from '../voice-queries.ts';
import styles from './ComplaintPage.module.css';
import { dutyName, listWords, reasonName } from './code-names.ts';

type Known = Omit<GradeBody, 'seq' | 'round' | 'complaintClass'>;

const CLASSES = ['service', 'business', 'outage', 'quality', 'building'] as const;
const LEVELS = ['none', 'city', 'provincial', 'national', 'state'] as const;
const MEDIA = ['none', 'city', 'provincial', 'national'] as const;
const CHECKS = [
  ['mayCauseMassIncident', 'grade.massIncident'],
  ['seriousOpinionRisk', 'grade.opinionRisk'],
  ['injury', 'grade.injury'],
  ['threatensGovernmentOrMedia', 'grade.threat'],
  ['repeatedComplaint', 'grade.repeated'],
] as const;

/** What is known is ticked; the grade, its reasons and its duties follow at once by the rule that the server applies. */
export function GradeForm({ view, seq, round }: { view: ComplaintView; seq: number; round: number }) {
  const t = useT(messages);
  const grading = useGrade(view.id);
  const repeated = view.complaints.count > 1;
  const [complaintClass, setClass] = useState<ComplaintClass | null>(null);
  const [known, setKnown] = useState<Known>({
    passedOnBy: 'none',
    media: 'none',
    mayCauseMassIncident: false,
    seriousOpinionRisk: false,
    injury: false,
    threatensGovernmentOrMedia: view.mayEscalate,
    repeatedComplaint: repeated,
  });
  const { grade, reasons, duties } = gradeComplaint(known);
  const put = (next: Partial<Known>) => setKnown({ ...known, ...next });
  return (
    <div className={styles['form']}>
      <div className={styles['fields']}>
        <label>
          <span>{t('grade.class')} *</span>
          <Select
            aria-label={t('grade.class')}
            value={complaintClass}
            options={CLASSES.map((value) => ({ value, label: t(`class.${value}`) }))}
            onChange={setClass}
          />
        </label>
        <label>
          <span>{t('grade.passedOnBy')}</span>
          <Select
            aria-label={t('grade.passedOnBy')}
            value={known.passedOnBy}
            options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
            onChange={(passedOnBy) => put({ passedOnBy })}
          />
        </label>
        <label>
          <span>{t('grade.media')}</span>
          <Select
            aria-label={t('grade.media')}
            value={known.media}
            options={MEDIA.map((value) => ({
              value,
              label: t(value === 'national' ? 'media.national' : `level.${value}`),
            }))}
            onChange={(media) => put({ media })}
          />
        </label>
      </div>
      <div className={styles['checks']}>
        {CHECKS.map(([field, label]) => (
          <Checkbox
            key={field}
            checked={known[field]}
            disabled={field === 'repeatedComplaint' && repeated}
            onChange={(event) => put({ [field]: event.target.checked })}
          >
            {t(label)}
          </Checkbox>
        ))}
      </div>
      <p role="status">
        <b>{t('grade.becomes', { grade: t(`grade.${grade}`) })}</b>
        {' · '}
        {reasons.length === 0
          ? t('grade.whyNone')
          : t('grade.why', { list: listWords(reasons.map((code) => reasonName(t, code))) })}
        {duties.length > 0 && (
          <>
            {' · '}
            {t('grade.owes', { list: listWords(duties.map((duty) => dutyName(t, duty.id))) })}
          </>
        )}
      </p>
      {grading.error && <ErrorPanel error={grading.error} kept />}
      <div>
        <Button
          type="primary"
          disabled={complaintClass === null}
          loading={grading.isPending}
          onClick={() => complaintClass && grading.mutate({ ...known, complaintClass, seq, round })}
        >
          {t('grade.do', { grade: t(`grade.${grade}`) })}
        </Button>
      </div>
    </div>
  );
}
