import { useNavigate } from '@tanstack/react-router';
import type { IntakeCatalogue } from '#modules/case/case-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ActionBar } from '../../../ui/ActionBar.tsx';
import { type Accepted, useNames } from '../case-queries.ts';
import { messages } from '../messages.ts';
import styles from './IntakePage.module.css';

/** After acceptance: the number, and everything that is still missing, said once (一次性告知). */
export function AcceptedNote(props: {
  accepted: Accepted;
  process: IntakeCatalogue['processes'][number] | undefined;
  onNext: () => void;
}) {
  const t = useT(messages);
  const name = useNames();
  const navigate = useNavigate();
  const { accepted, process } = props;
  return (
    <section className={styles['form']} role="status">
      <h2>{t('intake.done', { no: accepted.no })}</h2>
      {process && <p>{process.summary}</p>}
      {accepted.missingPapers.length > 0 && (
        <>
          <h3>{t('intake.missing')}</h3>
          <ul>
            {accepted.missingPapers.map((missing) => {
              const paper = process?.papers.find((one) => one.id === missing.id);
              return (
                <li key={missing.id}>
                  {t('intake.until', { paper: paper ? name(paper.name) : missing.id, step: missing.until })}
                </li>
              );
            })}
          </ul>
        </>
      )}
      <ActionBar
        primary={{ id: 'next', label: t('intake.next'), allowed: true, run: props.onNext }}
        others={[
          {
            id: 'open',
            label: t('intake.open'),
            allowed: true,
            run: () => void navigate({ to: `/cases/${accepted.caseId}` }),
          },
        ]}
      />
    </section>
  );
}
