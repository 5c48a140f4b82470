import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Button, Checkbox, Input, InputNumber, Segmented } from 'antd';
import { useState } from 'react';
import type { KeyView, NewKey } from '#modules/door/door-key-api.ts';
import { formatDate, formatDateTime } from '../../../lib/format.ts';
import { useLanguage, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { RowsSkeleton } from '../../../ui/Skeletons.tsx';
import { keysQuery, useMakeKey, useRevokeKey } from '../door-queries.ts';
import { messages } from '../messages.ts';
import styles from './KeysPage.module.css';

export const route = createLazyRoute('/door-keys')({ component: KeysPage });

const MINUTE = 60_000;
const DOORS = ['95598', '12398', '12345', 'meters'] as const;
const EMPTY: NewKey = { door: '95598', name: '', scopes: ['orders', 'replies', 'notices'], days: 365 };

/** Keys of other systems: made here, shown once, taken back here. */
function KeysPage() {
  const t = useT(messages);
  const keys = useQuery(keysQuery);
  return (
    <>
      <PageHead title={t('keys.title')} owner={t('keys.lead')} />
      <NewKeyForm />
      {keys.error && <ErrorPanel error={keys.error} onRetry={() => void keys.refetch()} />}
      {!keys.data && !keys.error && <RowsSkeleton />}
      {keys.data?.length === 0 && <EmptyState title={t('keys.none')} body={t('keys.noneBody')} />}
      {keys.data && keys.data.length > 0 && <KeyTable keys={keys.data} />}
    </>
  );
}

function NewKeyForm() {
  const t = useT(messages);
  const make = useMakeKey();
  const [key, setKey] = useState(EMPTY);
  return (
    <>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate({ ...key, name: key.name.trim() }, { onSuccess: () => setKey(EMPTY) });
        }}
      >
        <Segmented
          aria-label={t('inbox.door')}
          value={key.door}
          options={DOORS.map((value) => ({ value, label: doorText(t, value) }))}
          onChange={(door) => setKey({ ...key, door, scopes: [...scopesOf(door)] })}
        />
        <Input
          aria-label={t('keys.name')}
          placeholder={t('keys.nameHint')}
          style={{ width: 260 }}
          maxLength={60}
          value={key.name}
          onChange={(event) => setKey({ ...key, name: event.target.value })}
        />
        <Checkbox.Group
          aria-label={t('keys.scopes')}
          value={[...key.scopes]}
          options={scopesOf(key.door).map((value) => ({ value, label: t(`keys.scope.${value}`) }))}
          onChange={(scopes) => setKey({ ...key, scopes: scopes as NewKey['scopes'] })}
        />
        <label>
          {t('keys.days')}{' '}
          <InputNumber
            min={1}
            max={730}
            value={key.days}
            onChange={(days) => setKey({ ...key, days: days ?? EMPTY.days })}
          />
        </label>
        <Button
          type="primary"
          htmlType="submit"
          disabled={key.name.trim() === '' || key.scopes.length === 0}
          loading={make.isPending}
        >
          {t('keys.make')}
        </Button>
      </form>
      {make.error && <ErrorPanel error={make.error} kept />}
      {make.data && (
        <p className={styles['made']} role="status">
          {t('keys.made')} <code>{make.data.key}</code>
        </p>
      )}
    </>
  );
}

/** Meters and telemetry send events; the other doors send orders and fetch replies. */
function scopesOf(door: NewKey['door']): NewKey['scopes'] {
  return door === 'meters' ? ['events'] : ['orders', 'replies', 'notices'];
}

type T = ReturnType<typeof useT<keyof (typeof messages)['zh']>>;

function doorText(t: T, door: NewKey['door']): string {
  return door === 'meters' ? t('keys.meters') : door;
}

function KeyTable({ keys }: { keys: readonly KeyView[] }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(MINUTE);
  const revoke = useRevokeKey();
  return (
    <>
      {revoke.error && <ErrorPanel error={revoke.error} kept />}
      <PlainTable
        rows={keys}
        columns={[
          { title: t('inbox.door'), cell: (key) => doorText(t, key.door) },
          { title: t('keys.name'), cell: (key) => key.name },
          {
            title: t('keys.scopes'),
            cell: (key) => key.scopes.map((scope) => t(`keys.scope.${scope}`)).join(' · '),
          },
          {
            title: t('keys.until'),
            cell: (key) => (key.expired ? t('keys.expired') : formatDate(key.expiresAt, now, language)),
          },
          {
            title: t('keys.used'),
            cell: (key) =>
              key.usedAt === null ? t('keys.never') : formatDateTime(key.usedAt, now, language),
            minor: true,
          },
          { title: t('keys.by'), cell: (key) => key.madeBy, minor: true },
        ]}
        action={{
          label: t('keys.revoke'),
          named: (key) => t('keys.revokeNamed', { name: key.name }),
          run: (key) => revoke.mutate({ id: key.id }),
          busy: (key) => revoke.isPending && revoke.variables?.id === key.id,
        }}
      />
    </>
  );
}
