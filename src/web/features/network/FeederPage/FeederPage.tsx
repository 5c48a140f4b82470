import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { formatNumber } from '../../../lib/format.ts';
import { useT } from '../../../lib/i18n.ts';
import { useKeys } from '../../../lib/keys.ts';
import { useLive } from '../../../lib/live.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { feederQuery, NETWORK_KEY } from '../network-queries.ts';
import styles from './FeederPage.module.css';
import { SingleLine } from './SingleLine.tsx';

export const route = createLazyRoute('/network/feeders/$id')({ component: FeederPage });

const ZOOMS = [0.5, 0.7, 1, 1.4, 2] as const;
const NORMAL = 2;

/** The single-line drawing of a feeder as it is switched now. */
function FeederPage() {
  const t = useT(messages);
  const { id = '' } = useParams({ strict: false });
  const go = useNavigate();
  const feeder = useQuery(feederQuery(id));
  const [zoom, setZoom] = useState(NORMAL);
  useLive(['network'], NETWORK_KEY);
  const larger = () => setZoom((now) => Math.min(ZOOMS.length - 1, now + 1));
  const smaller = () => setZoom((now) => Math.max(0, now - 1));
  useKeys(t('feeder.keys'), [
    { key: '=', label: t('feeder.larger'), run: larger },
    { key: '-', label: t('feeder.smaller'), run: smaller },
    { key: '0', label: t('feeder.normal'), run: () => setZoom(NORMAL) },
  ]);
  if (feeder.error) return <ErrorPanel error={feeder.error} onRetry={() => void feeder.refetch()} />;
  if (!feeder.data) return <PageSkeleton />;
  const { name, substation, households, devices } = feeder.data;
  return (
    <div>
      <PageHead
        title={name}
        owner={
          substation && (
            <>
              <Link to="/network" className={styles['back'] ?? ''}>
                {t('network.title')}
              </Link>
              {' · '}
              {t('feeder.of', { substation: substation.name, n: formatNumber(households) })}
            </>
          )
        }
        actions={
          <>
            <Button onClick={smaller} disabled={zoom === 0}>
              {t('feeder.smaller')}
            </Button>{' '}
            <Button onClick={larger} disabled={zoom === ZOOMS.length - 1}>
              {t('feeder.larger')}
            </Button>
          </>
        }
      />
      <p className={styles['legend']}>{t('feeder.legend')}</p>
      <SingleLine
        title={t('feeder.drawing', { name })}
        devices={devices}
        zoom={ZOOMS[zoom] ?? 1}
        onOpen={(device) => void go({ to: '/network/devices/$id', params: { id: device } })}
      />
    </div>
  );
}
