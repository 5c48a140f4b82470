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
import { PlainTable } from '../../../ui/PlainTable.tsx';
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
      <PlainTable
        rows={devices}
        columns={[
          { title: t('device.name'), cell: (device) => device.name },
          { title: t('device.kind'), cell: (device) => t(`device.kind.${device.kind}`) },
          { title: t('device.unit'), cell: (device) => device.unit },
          { title: t('device.by'), cell: (device) => device.madeBy, minor: true },
          {
            title: t('device.seen'),
            cell: (device) =>
              device.seenAt === null ? t('device.never') : formatDateTime(device.seenAt, now, language),
          },
        ]}
        action={{
          label: t('device.revoke'),
          named: (device) => t('device.revokeNamed', { name: device.name }),
          run: (device) => revoke.mutate({ id: device.id }),
          busy: (device) => revoke.isPending && revoke.variables?.id === device.id,
        }}
      />
    </>
  );
}
