-- 会商: departments are called together about cases; what they decide becomes a task of a unit or a promise to the customer.
create table meetings (
  company_id uuid not null,
  id uuid not null,
  called_by uuid not null,
  called_at timestamptz not null,
  meets_at timestamptz not null,
  state text not null check (state in ('called', 'held', 'cancelled')),
  ended_by uuid,
  ended_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, called_by) references people (company_id, id),
  foreign key (company_id, ended_by) references people (company_id, id),
  check ((state = 'called') = (ended_at is null))
);
create index meetings_recent on meetings (company_id, meets_at desc);

create table meeting_cases (
  company_id uuid not null,
  meeting_id uuid not null,
  case_id uuid not null,
  -- What it is to be decided, in a row of the case that can be blanked.
  purpose_id uuid not null,
  primary key (company_id, meeting_id, case_id),
  foreign key (company_id, meeting_id) references meetings (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, purpose_id) references case_texts (company_id, id)
);
create index meeting_cases_case on meeting_cases (company_id, case_id);

create table meeting_units (
  company_id uuid not null,
  meeting_id uuid not null,
  unit_id uuid not null,
  -- Known when the meeting was held.
  came boolean,
  primary key (company_id, meeting_id, unit_id),
  foreign key (company_id, meeting_id) references meetings (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id)
);

-- 会商决定, as what it became: something a unit owes an answer to, or a commitment to the customer.
create table meeting_decisions (
  company_id uuid not null,
  meeting_id uuid not null,
  id uuid not null,
  request_id uuid,
  commitment_id uuid,
  primary key (company_id, id),
  foreign key (company_id, meeting_id) references meetings (company_id, id),
  foreign key (company_id, request_id) references joint_requests (company_id, id),
  foreign key (company_id, commitment_id) references commitments (company_id, id),
  check ((request_id is null) <> (commitment_id is null))
);
create index meeting_decisions_meeting on meeting_decisions (company_id, meeting_id);

alter table joint_requests drop constraint joint_requests_kind_check;
alter table joint_requests add constraint joint_requests_kind_check check (kind in ('joint', 'supervision', 'decision'));
