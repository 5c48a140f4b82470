import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { CompanyView } from '#modules/org/admin-api.ts';
import { useT } from '../../../lib/i18n.ts';
import { ErrorPanel } from '../../../ui/ErrorPanel.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { PageSkeleton } from '../../../ui/Skeletons.tsx';
import { messages } from '../messages.ts';
import { companyQuery, useRename } from '../org-queries.ts';
import styles from './CompanyPage.module.css';
import { NewUnitForm } from './NewUnitForm.tsx';
import { UnitTable } from './UnitTable.tsx';

export const route = createLazyRoute('/company')({ component: CompanyPage });

/** What the company is called, and the tree of its units. */
function CompanyPage() {
  const t = useT(messages);
  const company = useQuery(companyQuery);
  const [adding, setAdding] = useState(false);
  if (company.error) return <ErrorPanel error={company.error} onRetry={() => void company.refetch()} />;
  if (!company.data) return <PageSkeleton />;
  return (
    <div className={styles['page']}>
      <PageHead
        title={t('company.title')}
        owner={t('company.code', { code: company.data.code })}
        actions={
          <Button type="primary" onClick={() => setAdding(!adding)} aria-expanded={adding}>
            {t('unit.add')}
          </Button>
        }
      />
      <NameForm company={company.data} />
      {adding && <NewUnitForm units={company.data.units} />}
      <UnitTable units={company.data.units} />
    </div>
  );
}

function NameForm({ company }: { company: CompanyView }) {
  const t = useT(messages);
  const rename = useRename();
  const [name, setName] = useState(company.name);
  const [shortName, setShortName] = useState(company.shortName);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate({ name: name.trim(), shortName: shortName.trim() });
      }}
    >
      <div className={styles['row']}>
        <Input
          style={{ width: 320 }}
          aria-label={t('company.name')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Input
          style={{ width: 120 }}
          aria-label={t('company.short')}
          maxLength={20}
          value={shortName}
          onChange={(event) => setShortName(event.target.value)}
        />
        <Button
          htmlType="submit"
          disabled={name.trim() === '' || shortName.trim() === ''}
          loading={rename.isPending}
        >
          {t('company.save')}
        </Button>
        {rename.isSuccess && <span role="status">{t('company.saved')}</span>}
      </div>
      {rename.error && <ErrorPanel error={rename.error} kept />}
    </form>
  );
}
