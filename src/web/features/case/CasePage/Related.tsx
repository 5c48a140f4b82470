import { Button } from 'antd';
import { DAY } from '#kernel/instant.ts';
import type { CaseWork } from '#modules/case/case-work-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { CaseLink } from '../../../ui/CaseLink.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { useNames } from '../case-queries.ts';
import { workMessages } from '../work-messages.ts';
import { useLink } from '../work-queries.ts';
import styles from './CasePage.module.css';

/** Cases of the same order, household or transformer area, and the orders that this one could join. */
export function Related({ caseId, related }: { caseId: string; related: CaseWork['related'] }) {
  const t = useT(workMessages);
  const name = useNames();
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const linking = useLink(caseId);
  return (
    <section>
      <h2>{t('related.title')}</h2>
      {related.length === 0 && <p className={styles['small']}>{t('related.none')}</p>}
      <table className={styles['clocks']}>
        <tbody>
          {related.map((one) => (
            <tr key={one.id}>
              <td>
                <CaseLink caseId={one.id} number={one.no} /> {name(one.caseType)}
                <div className={styles['small']}>
                  {t(`related.why.${one.why}`)} · {t(`related.${one.state}`)} ·{' '}
                  {formatDateTime(one.acceptedAt, now, language)}
                </div>
              </td>
              <td>
                {one.mayJoin && one.orderId !== null && (
                  <Button
                    loading={linking.isPending}
                    onClick={() => linking.mutate({ orderId: one.orderId ?? '' })}
                  >
                    {t('do.join')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {linking.error && <ErrorPanel error={linking.error} kept />}
    </section>
  );
}
