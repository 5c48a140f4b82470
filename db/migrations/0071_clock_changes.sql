-- The only two things that recalculate open clocks (design rule 7): a calendar that was imported, and a correction of a
-- limit that a second person approved.

create table clock_changes (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  kind text not null check (kind in ('calendar', 'correction')),
  state text not null check (state in ('asked', 'in-force', 'rejected')),
  -- The order in which changes came into force; a clock remembers the last it was counted with.
  seq integer,
  year smallint,
  limit_id text,
  value numeric,
  floor numeric,
  -- Why, in words about the rule; never about a customer.
  reason text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  -- How far the recalculation is: clocks looked at, deadlines that moved.
  looked integer not null default 0,
  moved integer not null default 0,
  finished_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, asked_by) references people (company_id, id),
  foreign key (company_id, decided_by) references people (company_id, id),
  check ((kind = 'calendar') = (year is not null)),
  check ((kind = 'correction') = (limit_id is not null)),
  check ((state = 'in-force') = (seq is not null)),
  -- Two persons for a correction.
  check (kind <> 'correction' or decided_by is null or decided_by <> asked_by)
);
create unique index clock_changes_seq on clock_changes (company_id, seq) where seq is not null;

-- A year of notices of the State Council as imported; the latest change in force counts, the older ones stay.
create table calendar_years (
  company_id uuid not null,
  year smallint not null,
  change_id uuid not null,
  papers text[] not null,
  -- [{"name", "date", "isOffDay"}], the form of holiday-cn.
  days jsonb not null,
  primary key (company_id, year, change_id),
  foreign key (company_id, change_id) references clock_changes (company_id, id)
);

-- The deadline that a clock had until a change moved it.
create table clock_deadlines (
  company_id uuid not null,
  clock_id uuid not null,
  -- The cycle that ended.
  cycle integer not null,
  due_at timestamptz not null,
  limit_text text not null,
  change_id uuid not null,
  moved_at timestamptz not null,
  primary key (company_id, clock_id, cycle),
  foreign key (company_id, clock_id) references clocks (company_id, id),
  foreign key (company_id, change_id) references clock_changes (company_id, id)
);

create index clocks_basis on clocks (company_id, basis_seq) where state in ('running', 'paused');
