-- Files of cases, and what customers answer by their links.

-- Contents by hash, once each in a company. Never compressed: pictures are already.
create table file_contents (
  company_id uuid not null references companies (company_id),
  hash text not null,
  bytes bytea not null,
  primary key (company_id, hash)
);
alter table file_contents alter column bytes set storage external;

create table case_files (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  -- Null when it was blanked: then nothing points to the content any more, and it is deleted.
  hash text,
  kind text not null check (kind in ('jpeg', 'png', 'webp', 'pdf')),
  name text,
  bytes integer not null,
  width integer,
  height integer,
  source text not null check (source in ('staff', 'customer')),
  by_person_id uuid,
  at timestamptz not null,
  blanked_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, hash) references file_contents (company_id, hash),
  foreign key (company_id, by_person_id) references people (company_id, id),
  check ((source = 'staff') = (by_person_id is not null))
);
-- The same picture sent twice is one.
create unique index case_files_once on case_files (company_id, case_id, hash);
create index case_files_hash on case_files (company_id, hash);

-- The customer's word, once for each time that the case was closed; the first answer wins, whichever way it came.
create table case_evaluations (
  company_id uuid not null,
  case_id uuid not null,
  -- How often the case had been reopened before.
  round integer not null,
  source text not null check (source in ('page', 'sms', 'counter')),
  solved boolean not null,
  satisfied boolean not null,
  text_id uuid,
  -- The member of the staff at whose counter it was given.
  by_person_id uuid,
  at timestamptz not null,
  primary key (company_id, case_id, round),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, text_id) references case_texts (company_id, id),
  foreign key (company_id, by_person_id) references people (company_id, id),
  check (solved or not satisfied),
  check ((source = 'counter') = (by_person_id is not null))
);
create index case_evaluations_at on case_evaluations (company_id, at);
