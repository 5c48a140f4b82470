-- 承诺: what was promised to a customer outlives the case. Answered is not solved.

create table commitments (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  -- What was promised, in a row that can be blanked.
  text_id uuid not null,
  -- Who keeps it.
  unit_id uuid not null,
  due_at timestamptz not null,
  made_by uuid not null,
  made_at timestamptz not null,
  -- How often it was moved, and whether the customer was told of its present date.
  moved integer not null default 0,
  told_at timestamptz,
  state text not null check (state in ('open', 'kept', 'broken', 'withdrawn')),
  ended_by uuid,
  ended_at timestamptz,
  -- The next reminder of whoever keeps it: a day before, and at its moment.
  remind_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, text_id) references case_texts (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id),
  foreign key (company_id, made_by) references people (company_id, id),
  foreign key (company_id, ended_by) references people (company_id, id),
  check ((state = 'open') = (ended_at is null))
);
create index commitments_case on commitments (company_id, case_id);
create index commitments_open on commitments (company_id, due_at) where state = 'open';
create index commitments_remind on commitments (remind_at) where remind_at is not null;

-- 督办 is a request of the control centre that the unit must answer, with a level; otherwise it goes as a joint request goes.
alter table joint_requests add column kind text not null default 'joint' check (kind in ('joint', 'supervision'));
