import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useParams } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { DAY } from '#kernel/instant.ts';
import type { DrillView } from '#modules/repair/drill-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { useList } from '../../../lib/use-list.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { drillMessages } from '../drill-messages.ts';
import { drillQuery, useBeginDrill, useEndDrill } from '../drill-queries.ts';
import styles from './DrillPage.module.css';
import { Findings } from './Findings.tsx';
import { Script } from './Script.tsx';

export const route = createLazyRoute('/drills/$id')({ component: DrillPage });

/** One exercise: scene, who takes part, the script with its measured times, what was found. It prints as its report. */
function DrillPage() {
  const t = useT(drillMessages);
  const list = useList();
  const { id = '' } = useParams({ strict: false });
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const mayRun = useMay('drill.run');
  const drill = useQuery(drillQuery(id));
  useLive(['work'], drillQuery(id).queryKey);
  const beginning = useBeginDrill(id);
  if (drill.error) return <ErrorPanel error={drill.error} onRetry={() => void drill.refetch()} />;
  if (!drill.data) return <PageSkeleton />;
  const { data } = drill;
  return (
    <div className={styles['page']}>
      <PageHead
        title={data.title}
        owner={`${t(`state.${data.state}`)} · ${formatDateTime(data.beganAt ?? data.plannedAt, now, language)}`}
        actions={
          <div className={styles['row']}>
            {mayRun && data.state === 'planned' && (
              <Button type="primary" loading={beginning.isPending} onClick={() => beginning.mutate({})}>
                {t('begin')}
              </Button>
            )}
            <Button onClick={() => window.print()}>{t('print')}</Button>
          </div>
        }
      />
      {beginning.error && <ErrorPanel error={beginning.error} kept />}
      <h2>{t('scene')}</h2>
      <p>{data.scene}</p>
      <h2>{t('parties')}</h2>
      <p>
        {list(
          data.parties.map(
            (one) =>
              (language === 'zh' ? one.name : one.nameEn) +
              (one.outside ? t('outside') : '') +
              (one.came === false ? t('away') : ''),
          ),
        )}
      </p>
      <Script drill={data} mayRun={mayRun} />
      {mayRun && data.state === 'running' && <End drill={data} />}
      <Findings drill={data} mayRun={mayRun} />
    </div>
  );
}

function End({ drill }: { drill: DrillView }) {
  const t = useT(drillMessages);
  const { language } = useLanguage();
  const ending = useEndDrill(drill.id);
  const [came, setCame] = useState<string[]>(drill.parties.map((one) => one.id));
  return (
    <section>
      <h2>{t('end')}</h2>
      <div className={styles['row']}>
        <Select
          mode="multiple"
          className={styles['wide'] ?? ''}
          aria-label={t('end.came')}
          placeholder={t('end.came')}
          value={came}
          options={drill.parties.map((one) => ({
            value: one.id,
            label: language === 'zh' ? one.name : one.nameEn,
          }))}
          onChange={setCame}
        />
        <Button loading={ending.isPending} onClick={() => ending.mutate({ came })}>
          {t('end.do')}
        </Button>
      </div>
      {ending.error && <ErrorPanel error={ending.error} kept />}
    </section>
  );
}
