-- A second factor at sign-in (RFC 6238). The secret must be readable to check a code; until it is confirmed it counts for nothing.
create table second_factors (
  company_id uuid not null,
  person_id uuid not null,
  secret text not null,
  begun_at timestamptz not null,
  confirmed_at timestamptz,
  -- The step of the last code: each code counts once.
  last_step bigint not null default 0,
  primary key (company_id, person_id),
  foreign key (company_id, person_id) references people (company_id, id)
);
create table recovery_codes (
  company_id uuid not null,
  person_id uuid not null,
  code_hash text not null,
  used_at timestamptz,
  primary key (company_id, person_id, code_hash),
  foreign key (company_id, person_id) references people (company_id, id)
);
-- Whether the three administrators must have one.
alter table companies add column second_factor boolean not null default false;
