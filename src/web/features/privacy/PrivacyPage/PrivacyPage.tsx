import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import type { KeptRows } from '#modules/privacy/privacy-api.ts';
import { DAY } from '#kernel/instant.ts';
import { formatDateTime, formatNumber } from '../../../lib/format.ts';
import { useLanguage, useNames, useT } from '../../../lib/i18n.ts';
import { useNow } from '../../../lib/server-clock.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PlainTable } from '../../../ui/PlainTable.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { privacyQuery } from '../privacy-queries.ts';
import { EraseForm } from './EraseForm.tsx';
import styles from './PrivacyPage.module.css';

export const route = createLazyRoute('/privacy')({ component: PrivacyPage });

/** What the company keeps of persons and for how long; and what a customer had erased. */
function PrivacyPage() {
  const t = useT(messages);
  const view = useQuery(privacyQuery);
  if (view.error) return <ErrorPanel error={view.error} onRetry={() => void view.refetch()} />;
  if (!view.data) return <PageSkeleton />;
  return (
    <div className={styles['page']}>
      <PageHead title={t('page.title')} />
      <EraseForm />
      <Erasures rows={view.data.erasures} />
      <Kept rows={view.data.kept} />
    </div>
  );
}

function Erasures({
  rows,
}: {
  rows: readonly { accountNo: string; askedAt: number; by: string; reason: string }[];
}) {
  const t = useT(messages);
  const { language } = useLanguage();
  const now = useNow(DAY / 24);
  return (
    <section>
      <h2>{t('erasures.title')}</h2>
      {rows.length === 0 ? (
        <EmptyState title={t('erasures.none')} body={t('erasures.noneBody')} />
      ) : (
        <PlainTable
          rows={rows.map((row) => ({ ...row, id: `${row.accountNo} ${row.askedAt}` }))}
          columns={[
            { title: t('erasures.account'), cell: (row) => row.accountNo },
            { title: t('erasures.when'), cell: (row) => formatDateTime(row.askedAt, now, language) },
            { title: t('erasures.by'), cell: (row) => row.by },
            { title: t('erasures.reason'), cell: (row) => row.reason },
          ]}
        />
      )}
    </section>
  );
}

function Kept({ rows }: { rows: readonly KeptRows[] }) {
  const t = useT(messages);
  const name = useNames();
  const howLong = ({ value, unit }: KeptRows) => {
    if (value === null || (unit !== 'month' && unit !== 'year')) return t('kept.now');
    return t(`kept.${unit}`, { value: formatNumber(value) });
  };
  return (
    <section>
      <h2>{t('kept.title')}</h2>
      <PlainTable
        rows={rows.map((row) => ({ ...row, id: row.limitId ?? 'at-once' }))}
        columns={[
          {
            title: t('kept.what'),
            cell: (row) => row.tables.map(({ table }) => tableName(t, table)).join(t('kept.and')),
          },
          { title: t('kept.long'), cell: howLong },
          {
            title: t('kept.source'),
            minor: true,
            cell: (row) =>
              [row.limit === null ? null : name(row.limit), row.limitId, row.source]
                .filter((one) => one !== null)
                .join(' · '),
          },
        ]}
      />
    </section>
  );
}

type Key = keyof (typeof messages)['zh'];

/** A table that a newer program keeps is called by its own name. */
function tableName(t: ReturnType<typeof useT<Key>>, table: string): string {
  const key = `table.${table}`;
  return isKey(key) ? t(key) : table;
}

function isKey(key: string): key is Key {
  return key in messages.zh;
}
