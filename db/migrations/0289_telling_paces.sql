-- Messages a minute to those who did not report, where somebody said another number than the handbook's (R145-pace): for now, by whom.
create table telling_paces (
  company_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  pace integer not null check (pace > 0),
  primary key (company_id, id),
  foreign key (company_id, by_id) references people (company_id, id)
);
create index telling_paces_at on telling_paces (company_id, at desc);
