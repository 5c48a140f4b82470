import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useParams } from '@tanstack/react-router';
import type { PointView } from '#modules/repair/crew-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../crew-messages.ts';
import { pointQuery } from '../crew-queries.ts';
import { CrewPart } from './CrewPart.tsx';
import { NewCrewForm } from './NewCrewForm.tsx';
import styles from './PointPage.module.css';
import { StockPart } from './StockPart.tsx';
import { VehiclesPart } from './VehiclesPart.tsx';

export const route = createLazyRoute('/crews/$id')({ component: PointPage });

/** A grid point: its crews with shifts and people, its vehicles, its materials. */
function PointPage() {
  const { id } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(pointQuery(id ?? ''));
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageSkeleton />;
  return <Point view={data} />;
}

function Point({ view }: { view: PointView }) {
  const t = useT(messages);
  const { point, crews, mayManage } = view;
  return (
    <div className={styles['page']}>
      <p>
        <Link to="/crews">{t('point.back')}</Link>
      </p>
      <PageHead
        title={point.name}
        owner={t('point.owner', {
          station: point.station.name,
          code: point.code,
          minutes: point.coverageMinutes,
        })}
      />
      {crews.length === 0 && <EmptyState title={t('point.noCrew')} body={t('point.noCrewBody')} />}
      {crews.map((crew) => (
        <CrewPart key={crew.id} view={view} crew={crew} />
      ))}
      {mayManage && <NewCrewForm view={view} />}
      <StockPart view={view} />
      <VehiclesPart view={view} />
    </div>
  );
}
