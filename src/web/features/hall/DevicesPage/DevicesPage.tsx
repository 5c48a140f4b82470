import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import type { DeviceView, NewDevice } from '#modules/hall/device-api.ts';
import { formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { queueMessages } from '../queue-messages.ts';
import { devicesQuery, useMakeDevice, useRevokeDevice } from '../queue-queries.ts';
import styles from './DevicesPage.module.css';

export const route = createLazyRoute('/devices')({ component: DevicesPage });

const MINUTE = 60_000;
const KINDS = ['hall-screen', 'ticket-machine', 'exchange'] as const;

/** Screens, ticket machines and the exchange: each with a token that is shown once and can be taken back. */
function DevicesPage() {
  const t = useT(queueMessages);
  const devices = useQuery(devicesQuery);
  return (
    <>
      <PageHead title={t('device.title')} />
      <NewDeviceForm />
      {devices.error && <ErrorPanel error={devices.error} onRetry={() => void devices.refetch()} />}
      {!devices.data && !devices.error && <RowsSkeleton />}
      {devices.data?.length === 0 && <EmptyState title={t('device.none')} body={t('device.noneBody')} />}
      {devices.data && devices.data.length > 0 && <DeviceTable devices={devices.data} />}
    </>
  );
}

function NewDeviceForm() {
  const t = useT(queueMessages);
  const make = useMakeDevice();
  const [kind, setKind] = useState<NewDevice['kind']>('hall-screen');
  const [name, setName] = useState('');
  return (
    <>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({ kind, name: name.trim() }, { onSuccess: () => setName('') });
        }}
      >
        <Segmented
          aria-label={t('device.kind')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`device.kind.${value}`) }))}
          onChange={setKind}
        />
        <Input
          aria-label={t('device.name')}
          placeholder={t('device.nameHint')}
          style={{ width: 280 }}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={name.trim() === ''} loading={make.isPending}>
          {t('device.make')}
        </Button>
      </form>
      {make.error && <ErrorPanel error={make.error} kept />}
      {make.data && (
        <section className={styles['made']} role="status">
          <p>{t('device.made')}</p>
          {make.variables?.kind === 'hall-screen' ? (
            <p>
              {t('device.openScreen')}{' '}
              <code>{`${window.location.origin}/hall/screen#${make.data.token}`}</code>
            </p>
          ) : (
            <p>
              {t('device.key')} <code>{make.data.token}</code>
            </p>
          )}
        </section>
      )}
    </>
  );
}

function DeviceTable({ devices }: { devices: readonly DeviceView[] }) {
  const t = useT(queueMessages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const revoke = useRevokeDevice();
  return (
    <>
      {revoke.error && <ErrorPanel error={revoke.error} kept />}
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('device.name')}</th>
            <th scope="col">{t('device.kind')}</th>
            <th scope="col">{t('device.unit')}</th>
            <th scope="col">{t('device.by')}</th>
            <th scope="col">{t('device.seen')}</th>
            <th scope="col">
              <span className="dfw-hidden">{t('device.revoke')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {devices.map((device) => (
            <tr key={device.id}>
              <td>{device.name}</td>
              <td>{t(`device.kind.${device.kind}`)}</td>
              <td>{device.unit}</td>
              <td>{device.madeBy}</td>
              <td>
                {device.seenAt === null ? t('device.never') : formatDateTime(device.seenAt, now, language)}
              </td>
              <td>
                <Button
                  size="small"
                  aria-label={t('device.revokeNamed', { name: device.name })}
                  onClick={() => revoke.mutate({ id: device.id })}
                >
                  {t('device.revoke')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
