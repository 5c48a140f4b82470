import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import type { DeviceName, DeviceView } from '#modules/network/network-api.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useLive } from '../../../lib/live.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { deviceQuery, NETWORK_KEY } from '../network-queries.ts';
import styles from './DevicePage.module.css';
import { Households } from './Households.tsx';
import { LowVoltage } from './LowVoltage.tsx';
import { SwitchForm } from './SwitchForm.tsx';

export const route = createLazyRoute('/network/devices/$id')({ component: DevicePage });

const MINUTE = 60_000;

/** One device: what feeds it, what it feeds, what was done to it; now or as it was. */
function DevicePage() {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const { id = '' } = useParams({ strict: false });
  const { at = null } = useSearch({ strict: false }) as { at?: number };
  const device = useQuery(deviceQuery(id, at));
  useLive(['network'], NETWORK_KEY);
  if (device.error) return <ErrorPanel error={device.error} onRetry={() => void device.refetch()} />;
  if (!device.data) return <PageSkeleton />;
  const view = device.data;
  return (
    <div className={styles['page']}>
      <PageHead
        title={view.name}
        owner={
          <>
            <Link to="/network">{t('network.title')}</Link>
            {view.feeder && (
              <>
                {' · '}
                <Link to="/network/feeders/$id" params={{ id: view.feeder.id }}>
                  {view.feeder.name} {t('device.feeder')}
                </Link>
              </>
            )}
            {view.transformer && (
              <>
                {' · '}
                <DeviceLink device={view.transformer} />
              </>
            )}
          </>
        }
        promise={<States view={view} />}
      />
      {at !== null && (
        <p role="status" className={styles['past']}>
          {t('device.shown', { at: formatDateTime(at, now, language) })}{' '}
          <Link to="/network/devices/$id" params={{ id }}>
            {t('device.backToNow')}
          </Link>
        </p>
      )}
      <div className={styles['columns']}>
        <div>
          <Below view={view} />
          <Up view={view} />
          {view.lowVoltage.length > 0 && <LowVoltage devices={view.lowVoltage} shown={id} />}
        </div>
        <div>
          <Facts view={view} />
          {view.maySwitch && view.preview !== null && (
            <SwitchForm key={`${id} ${view.open}`} id={id} preview={view.preview} />
          )}
          <LookBack id={id} />
        </div>
      </div>
      <History view={view} now={now} />
    </div>
  );
}

function States({ view }: { view: DeviceView }) {
  const t = useT(messages);
  const words = [
    ...(view.kind === 'section' || view.kind === 'substation'
      ? []
      : [t(view.open ? 'state.open' : 'state.closed')]),
    t(view.supplied ? 'state.supplied' : 'state.dark'),
    ...(view.placed ? [t('state.placed')] : []),
  ];
  return <strong>{words.join(' · ')}</strong>;
}

function Below({ view }: { view: DeviceView }) {
  const t = useT(messages);
  const { households, otherwiseSupplied, transformers, devices } = view.below;
  return (
    <section>
      <h2>{t('device.below')}</h2>
      <Households id={view.id} total={households} past={view.at !== null} />
      <p className={styles['quiet']}>
        {t('device.belowFigures', {
          transformers: formatNumber(transformers),
          devices: formatNumber(devices),
        })}
      </p>
      {otherwiseSupplied > 0 && <p>{t('device.otherwise', { n: formatNumber(otherwiseSupplied) })}</p>}
    </section>
  );
}

/** Sections are left out: nobody can do anything to them. */
function Up({ view }: { view: DeviceView }) {
  const t = useT(messages);
  const way = view.up.filter(({ kind }) => kind !== 'section');
  return (
    <section>
      <h2>{t(view.at === null ? 'device.up' : 'device.upPast')}</h2>
      {way.length === 0 ? (
        <p>{t('device.noSupply')}</p>
      ) : (
        <ol className={styles['way']}>
          {way.map((device) => (
            <li key={device.id}>
              <DeviceLink device={device} />{' '}
              <span className={styles['quiet']}>{t(`kind.${device.kind}`)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Facts({ view }: { view: DeviceView }) {
  const t = useT(messages);
  return (
    <section>
      <h2>{t('device.facts')}</h2>
      <dl className={styles['facts']}>
        <dt>{t('device.code')}</dt>
        <dd>{view.code}</dd>
        <dt>{t('device.kind')}</dt>
        <dd>{t(`kind.${view.kind}`)}</dd>
        {view.km > 0 && (
          <>
            <dt>{t('device.length')}</dt>
            <dd>{t('device.metres', { n: formatNumber(Math.round(view.km * 1000)) })}</dd>
          </>
        )}
        {view.kva !== null && (
          <>
            <dt>{t('device.rating')}</dt>
            <dd>{t('device.kva', { n: formatNumber(view.kva) })}</dd>
          </>
        )}
        {view.tie && (
          <>
            <dt>{t('device.tie')}</dt>
            <dd>
              <DeviceLink device={view.tie} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** Wall time in the business zone, whatever zone the browser is in. */
function LookBack({ id }: { id: string }) {
  const t = useT(messages);
  const go = useNavigate();
  return (
    <section>
      <h2>{t('device.past')}</h2>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget).get('at');
          const at = Date.parse(`${String(typed)}+08:00`);
          if (Number.isFinite(at)) void go({ to: '/network/devices/$id', params: { id }, search: { at } });
        }}
      >
        <label>
          <span>{t('device.pastAt')}</span>
          <Input type="datetime-local" name="at" required />
        </label>
        <div>
          <Button htmlType="submit">{t('device.past')}</Button>
        </div>
      </form>
    </section>
  );
}

function History({ view, now }: { view: DeviceView; now: number }) {
  const t = useT(messages);
  const { language } = useLanguage();
  return (
    <section>
      <h2>{t('device.history')}</h2>
      {view.switchings.length === 0 ? (
        <p>{t('device.noHistory')}</p>
      ) : (
        <PlainTable
          rows={view.switchings}
          columns={[
            { title: t('col.when'), cell: (row) => formatDateTime(row.at, now, language) },
            { title: t('col.state'), cell: (row) => t(`direction.${row.open}`) },
            {
              title: t('col.reason'),
              cell: (row) => `${t(`planned.${row.planned}`)} · ${t(`reason.${row.reason}`)}`,
            },
            { title: t('col.darkened'), cell: (row) => formatNumber(row.darkened) },
            { title: t('col.restored'), cell: (row) => formatNumber(row.restored) },
            { title: t('col.by'), minor: true, cell: (row) => row.by },
            { title: t('col.note'), minor: true, cell: (row) => row.note },
          ]}
        />
      )}
    </section>
  );
}

function DeviceLink({ device }: { device: DeviceName }) {
  return (
    <Link to="/network/devices/$id" params={{ id: device.id }}>
      {device.name}
    </Link>
  );
}
