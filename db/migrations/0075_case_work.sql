-- What people do with a case beside its steps: hand it over, ask another department, urge, call back, end it.

alter table cases
  -- How often the customer's "not solved" opened it again.
  add column reopened integer not null default 0,
  add column urged integer not null default 0,
  -- 0 none, 1 raised by urging, 2 supervised. Urging never touches the grade of a complaint.
  add column supervision smallint not null default 0 check (supervision between 0 and 2),
  add column ended_as text check (ended_as in ('stopped', 'withdrawn'));

-- 转派: offered to another unit, post or person; who does not accept in time gets it taken back.
create table handovers (
  company_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  order_id uuid not null,
  from_unit_id uuid not null,
  from_post text not null,
  from_holder_id uuid,
  to_unit_id uuid not null,
  to_post text not null,
  to_person_id uuid,
  -- Why, in a row that can be blanked.
  text_id uuid not null,
  offered_by uuid not null,
  offered_at timestamptz not null,
  due_at timestamptz not null,
  state text not null check (state in ('offered', 'accepted', 'bounced')),
  ended_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, task_id) references tasks (company_id, id),
  foreign key (company_id, order_id) references orders (company_id, id),
  foreign key (company_id, from_unit_id) references units (company_id, id),
  foreign key (company_id, to_unit_id) references units (company_id, id),
  foreign key (company_id, text_id) references case_texts (company_id, id)
);
create unique index handovers_open on handovers (company_id, task_id) where state = 'offered';
create index handovers_due on handovers (due_at) where state = 'offered';

-- 协办: another department is asked something in parallel; the step goes on meanwhile.
create table joint_requests (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  unit_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  question_id uuid not null,
  answer_id uuid,
  answered_by uuid,
  answered_at timestamptz,
  state text not null check (state in ('open', 'answered', 'withdrawn')),
  primary key (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id),
  foreign key (company_id, asked_by) references people (company_id, id),
  foreign key (company_id, question_id) references case_texts (company_id, id),
  foreign key (company_id, answer_id) references case_texts (company_id, id)
);
create index joint_requests_unit on joint_requests (company_id, unit_id, due_at) where state = 'open';
create index joint_requests_case on joint_requests (company_id, case_id);

-- A call that is owed to a customer: he was not satisfied, or the company promised to ring. Attempts by R109.
create table owed_calls (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  unit_id uuid not null,
  reason text not null check (reason in ('dissatisfied', 'not-solved-again', 'promised')),
  due_at timestamptz not null,
  owed_at timestamptz not null,
  state text not null check (state in ('open', 'reached', 'given-up')),
  ended_at timestamptz,
  primary key (company_id, id),
  unique (company_id, case_id, reason, owed_at),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id)
);
create index owed_calls_unit on owed_calls (company_id, unit_id, due_at) where state = 'open';

create table call_attempts (
  company_id uuid not null,
  id uuid not null,
  owed_call_id uuid not null,
  by_person_id uuid not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('reached', 'no-answer', 'wrong-number', 'declined')),
  text_id uuid,
  primary key (company_id, id),
  foreign key (company_id, owed_call_id) references owed_calls (company_id, id),
  foreign key (company_id, by_person_id) references people (company_id, id),
  foreign key (company_id, text_id) references case_texts (company_id, id)
);
create index call_attempts_call on call_attempts (company_id, owed_call_id, at);

-- 服务终止 or the customer's own withdrawal: asked for by one, decided by another.
create table end_requests (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('stopped', 'withdrawn')),
  asked_by uuid not null,
  asked_at timestamptz not null,
  reason_id uuid not null,
  decided_by uuid,
  decided_at timestamptz,
  state text not null check (state in ('asked', 'approved', 'refused')),
  primary key (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, asked_by) references people (company_id, id),
  foreign key (company_id, decided_by) references people (company_id, id),
  foreign key (company_id, reason_id) references case_texts (company_id, id),
  check (decided_by is null or decided_by <> asked_by)
);
create unique index end_requests_open on end_requests (company_id, case_id) where state = 'asked';

-- An order that every case has left waits (合并): its tasks and clocks stand still, and go on when a case comes back (拆分).
alter table orders drop constraint orders_state_check;
alter table orders add constraint orders_state_check check (state in ('open', 'finished', 'stopped', 'parked')),
  add column parked_at timestamptz,
  add constraint orders_parked_check check ((state = 'parked') = (parked_at is not null));
alter table tasks drop constraint tasks_state_check;
alter table tasks add constraint tasks_state_check check (state in ('open', 'done', 'withdrawn', 'parked'));
