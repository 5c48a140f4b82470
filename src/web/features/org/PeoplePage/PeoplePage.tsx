import { useQuery } from '@tanstack/react-query';
import { createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { PersonRow } from '#modules/org/admin-api.ts';
import { formatList } from '../../../lib/format.ts';
import { type Language, useLanguage, useT } from '../../../lib/i18n.ts';
import { useMay } from '../../../lib/session.ts';
import { DataList, type ListColumn } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { messages } from '../messages.ts';
import { choicesQuery, fetchPeople, type PeopleSearch } from '../org-queries.ts';
import { NewPersonForm } from './NewPersonForm.tsx';
import styles from './PeoplePage.module.css';

export const route = createLazyRoute('/people')({ component: PeoplePage });

type T = ReturnType<typeof useT<keyof (typeof messages)['zh']>>;

/** Everybody of the company, for those who keep accounts and those who give roles. */
function PeoplePage() {
  const t = useT(messages);
  const { language } = useLanguage();
  const go = useNavigate();
  const mayAdd = useMay('org.admin');
  const search: PeopleSearch = useSearch({ strict: false });
  const [q, setQ] = useState('');
  const [adding, setAdding] = useState(false);
  // Typing asks once it pauses, not with every letter.
  const asked = useDeferredValue(q);
  return (
    <div className={styles['page']}>
      <PageHead
        title={t('people.title')}
        actions={
          mayAdd && (
            <Button type="primary" onClick={() => setAdding(!adding)} aria-expanded={adding}>
              {t('people.add')}
            </Button>
          )
        }
      />
      {adding && <NewPersonForm onMade={(id) => void go({ to: '/people/$id', params: { id } })} />}
      <DataList<PersonRow>
        key={JSON.stringify(search)}
        label={t('people.title')}
        queryKey={['org', 'people', search, asked]}
        fetchPage={(after, signal) => fetchPeople({ ...search, q: asked }, after, signal)}
        columns={columnsOf(t, language)}
        rowKey={(row) => row.id}
        onOpen={(row) => void go({ to: '/people/$id', params: { id: row.id } })}
        filter={{ value: q, onChange: setQ, hint: t('people.filter') }}
        toolbar={<Filters search={search} />}
        empty={<EmptyState title={t('people.none')} body={t('people.noneBody')} />}
      />
    </div>
  );
}

function columnsOf(t: T, language: Language): readonly ListColumn<PersonRow>[] {
  return [
    { key: 'no', title: t('people.staffNo'), width: '88px', cell: (row) => row.staffNo },
    { key: 'name', title: t('people.name'), width: '96px', cell: (row) => row.name },
    {
      key: 'post',
      title: t('people.post'),
      width: 'minmax(0, 2fr)',
      cell: (row) => row.post?.[language] ?? '',
    },
    {
      key: 'unit',
      title: t('people.unit'),
      width: 'minmax(0, 2fr)',
      secondary: true,
      cell: (row) => row.unit?.[language] ?? '',
    },
    {
      key: 'login',
      title: t('people.login'),
      width: '148px',
      secondary: true,
      cell: (row) => row.login ?? '',
    },
    {
      key: 'roles',
      title: t('people.roles'),
      width: 'minmax(0, 2fr)',
      secondary: true,
      cell: (row) =>
        formatList(
          row.roles.map((role) => role[language]),
          language,
        ),
    },
    {
      key: 'state',
      title: t('people.state'),
      width: '104px',
      cell: (row) => t(`state.${row.account}`),
    },
  ];
}

function Filters({ search }: { search: PeopleSearch }) {
  const t = useT(messages);
  const { language } = useLanguage();
  const go = useNavigate();
  const choices = useQuery(choicesQuery).data;
  return (
    <>
      <Select
        className={styles['wide'] ?? ''}
        aria-label={t('people.unit')}
        placeholder={t('people.unit')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={search.unit ?? null}
        options={(choices?.units ?? []).map(({ id, name }) => ({ value: id, label: name[language] }))}
        onChange={(unit: string | null | undefined) =>
          void go({ to: '/people', search: { ...withoutUnit(search), ...(unit ? { unit } : {}) } })
        }
      />
      <Select
        className={styles['wide'] ?? ''}
        aria-label={t('people.roleFilter')}
        placeholder={t('people.anyRole')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={search.role ?? null}
        options={(choices?.roles ?? []).map(({ id, name }) => ({ value: id, label: name[language] }))}
        onChange={(role: string | null | undefined) =>
          void go({ to: '/people', search: { ...withoutRole(search), ...(role ? { role } : {}) } })
        }
      />
    </>
  );
}

function withoutUnit({ unit: _unit, ...rest }: PeopleSearch): PeopleSearch {
  return rest;
}

function withoutRole({ role: _role, ...rest }: PeopleSearch): PeopleSearch {
  return rest;
}
