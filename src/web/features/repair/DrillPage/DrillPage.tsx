import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useParams } from '@tanstack/react-router';
import { Button, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { DAY, MINUTE } from '#kernel/instant.ts';
import type { DrillView } from '#modules/repair/drill-api.ts';
import { formatDateTime, formatDuration } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { useMay } from '../../../lib/session.ts';
import { useList } from '../../../lib/use-list.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { drillMessages } from '../drill-messages.ts';
import { drillQuery, useBeginDrill, useCancelDrill, useEndDrill } from '../drill-queries.ts';
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
  const now = useNow(MINUTE / 4);
  const mayRun = useMay('drill.run');
  const drill = useQuery(drillQuery(id));
  useLive(['work'], drillQuery(id).queryKey);
  if (drill.error) return <ErrorPanel error={drill.error} onRetry={() => void drill.refetch()} />;
  if (!drill.data) return <PageSkeleton />;
  const { data } = drill;
  const whenOf = ({ state, plannedAt, beganAt }: DrillView) => {
    const at = formatDateTime(beganAt ?? plannedAt, now, language);
    if (beganAt === null) return t('plannedFor', { time: at });
    if (state !== 'running') return at;
    return `${at} · ${t('runningFor', { span: formatDuration(Math.max(0, now - beganAt), language) })}`;
  };
  return (
    <div className={styles['page']}>
      <PageHead
        title={data.title}
        owner={`${t(`state.${data.state}`)} · ${whenOf(data)}`}
        actions={
          <div className={styles['row']}>
            {mayRun && data.state === 'planned' && <Begin drill={data} />}
            <Button onClick={() => window.print()}>{t('print')}</Button>
          </div>
        }
      />
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

/** Begun or called off; both are asked for once more, because who takes part is told. */
function Begin({ drill }: { drill: DrillView }) {
  const t = useT(drillMessages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  const beginning = useBeginDrill(drill.id);
  const cancelling = useCancelDrill(drill.id);
  const error = beginning.error ?? cancelling.error;
  const words = { okText: t('yes'), cancelText: t('back') };
  return (
    <>
      <Popconfirm
        {...words}
        title={t('beginSure', { time: formatDateTime(drill.plannedAt, now, language) })}
        onConfirm={() => beginning.mutate({})}
      >
        <Button type="primary" loading={beginning.isPending}>
          {t('begin')}
        </Button>
      </Popconfirm>
      <Popconfirm {...words} title={t('cancelSure')} onConfirm={() => cancelling.mutate({})}>
        <Button loading={cancelling.isPending}>{t('cancel')}</Button>
      </Popconfirm>
      {error && <ErrorPanel error={error} kept />}
    </>
  );
}

function End({ drill }: { drill: DrillView }) {
  const t = useT(drillMessages);
  const { language } = useLanguage();
  const ending = useEndDrill(drill.id);
  const left = {
    injects: drill.injects.filter((one) => one.givenAt === null).length,
    cases: drill.injects.filter((one) => one.caseId !== null && one.restoration === null).length,
  };
  const [came, setCame] = useState<string[]>(drill.parties.map((one) => one.id));
  return (
    <section>
      <h2>{t('end')}</h2>
      {left.injects + left.cases > 0 && <p>{t('end.left', left)}</p>}
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
        <Popconfirm
          title={t('end.sure')}
          okText={t('yes')}
          cancelText={t('back')}
          onConfirm={() => ending.mutate({ came })}
        >
          <Button loading={ending.isPending}>{t('end.do')}</Button>
        </Popconfirm>
      </div>
      {ending.error && <ErrorPanel error={ending.error} kept />}
    </section>
  );
}
