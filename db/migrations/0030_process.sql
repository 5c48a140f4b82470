-- process: published versions of the handbook. A row is never changed; a new text is a new row.

create table handbook_versions (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  -- SHA-256 of `content`, in hexadecimal: the same handbook is one version, however often it is published.
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  -- JSON of the whole handbook as text, not jsonb: the hash is over these very bytes.
  content text not null,
  published_at timestamptz not null,
  published_by uuid,
  primary key (company_id, id),
  unique (company_id, hash)
);

alter table companies
  add constraint companies_handbook_version_fkey
  foreign key (company_id, handbook_version_id) references handbook_versions (company_id, id);
