import type { PointView, ShiftRow } from '#modules/repair/crew-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { messages } from '../crew-messages.ts';
import { useWithdrawShift } from '../crew-queries.ts';
import type { CrewOfPoint } from './crew-of-point.ts';
import { MembersForm } from './MembersForm.tsx';
import { PersonLines } from './PersonLines.tsx';
import styles from './PointPage.module.css';
import { ShiftForm } from './ShiftForm.tsx';
import { SkillForm } from './SkillForm.tsx';
import { TrainingForm } from './TrainingForm.tsx';

const MINUTE = 60_000;

/** One crew: who stands when, who may do what. */
export function CrewPart({ view, crew }: { view: PointView; crew: CrewOfPoint }) {
  const t = useT(messages);
  return (
    <section aria-labelledby={`crew-${crew.id}`}>
      <h2 id={`crew-${crew.id}`}>
        {crew.name} <span className={styles['small']}>{t(`crew.kind.${crew.kind}`)}</span>
      </h2>
      <h3>{t('crew.shifts')}</h3>
      <Shifts crew={crew} mayManage={view.mayManage} />
      {view.mayManage && (
        <details className={styles['fold']}>
          <summary>{t('shift.set')}</summary>
          <ShiftForm crew={crew} />
        </details>
      )}
      <h3>{t('crew.people')}</h3>
      <PersonLines crew={crew} view={view} />
      {view.mayManage && (
        <>
          <details className={styles['fold']}>
            <summary>{t('training.record')}</summary>
            <TrainingForm view={view} crew={crew} />
          </details>
          <details className={styles['fold']}>
            <summary>{t('skill.set')}</summary>
            <SkillForm crew={crew} />
          </details>
          <details className={styles['fold']}>
            <summary>{t('crew.setMembers')}</summary>
            <MembersForm view={view} crew={crew} />
          </details>
        </>
      )}
    </section>
  );
}

function Shifts({ crew, mayManage }: { crew: CrewOfPoint; mayManage: boolean }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const withdraw = useWithdrawShift();
  if (crew.shifts.length === 0) return <p>{t('crew.noShifts')}</p>;
  const time = (at: number) => formatDateTime(at, now, language);
  const action = mayManage && {
    label: t('shift.withdraw'),
    named: ({ from }: ShiftRow) => t('shift.withdrawNamed', { time: time(from) }),
    run: ({ id }: ShiftRow) => withdraw.mutate({ id }),
    busy: ({ id }: ShiftRow) => withdraw.isPending && withdraw.variables.id === id,
  };
  return (
    <>
      <PlainTable
        rows={crew.shifts}
        columns={[
          { title: t('col.from'), cell: (row) => time(row.from) },
          { title: t('col.until'), minor: true, cell: (row) => time(row.until) },
          { title: t('col.kind'), cell: (row) => t(`shift.${row.kind}`) },
          { title: t('col.lead'), cell: (row) => row.lead.name },
          { title: t('col.watcher'), cell: (row) => row.watcher.name },
          {
            title: t('col.others'),
            minor: true,
            cell: (row) => row.others.map((one) => one.name).join(' '),
          },
        ]}
        {...(action && { action })}
      />
      {withdraw.error && <ErrorPanel error={withdraw.error} kept />}
    </>
  );
}
