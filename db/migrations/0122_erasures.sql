-- Erasure that a customer asked for. What is closed goes at once, what is still at work when it ends.
create table erasures (
  company_id uuid not null references companies (company_id),
  household_id uuid not null,
  asked_at timestamptz not null,
  by_person_id uuid not null,
  reason text not null,
  primary key (company_id, household_id, asked_at),
  foreign key (company_id, household_id) references households (company_id, id),
  foreign key (company_id, by_person_id) references people (company_id, id)
);
-- The blanking of old cases begins with those that ended longest ago; an intake does not touch this.
create index cases_closed_at on cases (company_id, closed_at) where closed_at is not null;
