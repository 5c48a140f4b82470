-- 停电计划: from the need to what came after it. Who is affected is counted from the grid and kept, so that it can be told and asked again.
create table planned_outages (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  no text not null,
  seq integer not null,
  kind text not null check (kind in ('planned', 'temporary')),
  stage text not null check (stage in
    ('need', 'consulting', 'deciding', 'approved', 'announced', 'underway', 'restored', 'closed', 'cancelled')),
  reason text not null check (reason in ('maintenance', 'construction', 'connection', 'defect', 'customer', 'municipal')),
  -- What is done there, in the words of the trade; nothing of persons.
  work text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  -- Written notice to traffic signals, where a local rule asks for it (R066).
  traffic boolean not null,
  drafted_by uuid not null,
  drafted_at timestamptz not null,
  computed_at timestamptz,
  households integer not null default 0,
  keeping integer not null default 0,
  -- The balance meeting it goes before; null: decided by approval alone.
  meets_on date,
  approved_by uuid,
  approved_at timestamptz,
  approved_way text check (approved_way in ('meeting', 'approval', 'deputy')),
  override_reason text,
  announced_at timestamptz,
  -- How often it was announced: a new time is a new round.
  round integer not null default 0,
  -- Until when customers were told first; what they were told last is until_at.
  first_until timestamptz,
  started_at timestamptz,
  restored_at timestamptz,
  closed_at timestamptz,
  cancelled_at timestamptz,
  primary key (company_id, id),
  unique (company_id, no),
  check (from_at < until_at),
  check ((approved_by is null) = (approved_at is null)),
  check (started_at <= restored_at)
);
create index planned_outages_week on planned_outages (company_id, from_at);
create index planned_outages_open on planned_outages (company_id, stage, from_at) where stage not in ('closed', 'cancelled');

create table planned_devices (
  company_id uuid not null,
  plan_id uuid not null,
  device_id uuid not null,
  opened_by uuid,
  closed_by uuid,
  primary key (company_id, plan_id, device_id),
  foreign key (company_id, plan_id) references planned_outages (company_id, id)
);

-- What goes dark: transformers as a whole, and devices of low voltage below others.
create table planned_places (
  company_id uuid not null,
  plan_id uuid not null,
  device_id uuid not null,
  feeder_id uuid,
  primary key (company_id, plan_id, device_id),
  foreign key (company_id, plan_id) references planned_outages (company_id, id)
);
create index planned_places_device on planned_places (company_id, device_id);

create table planned_households (
  company_id uuid not null,
  plan_id uuid not null,
  household_id uuid not null,
  kinds text[] not null,
  -- Another supply stays: told, but not dark.
  keeps_supply boolean not null,
  primary key (company_id, plan_id, household_id),
  foreign key (company_id, plan_id) references planned_outages (company_id, id)
);
create index planned_households_household on planned_households (company_id, household_id);

create table planned_consultations (
  company_id uuid not null,
  plan_id uuid not null,
  household_id uuid not null,
  important boolean not null,
  manager_id uuid,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  contacts integer not null default 0 check (contacts >= 0),
  contacted_at timestamptz,
  answer text check (answer in ('agrees', 'adjust', 'disagrees')),
  reason text check (reason in ('production', 'event', 'medical', 'cold-chain', 'construction', 'other')),
  window_from timestamptz,
  window_to timestamptz,
  answered_at timestamptz,
  answered_by uuid,
  primary key (company_id, plan_id, household_id),
  foreign key (company_id, plan_id) references planned_outages (company_id, id),
  check ((answer is null) = (answered_at is null)),
  check ((window_from is null) = (window_to is null)),
  check (window_from < window_to)
);
create index planned_consultations_manager on planned_consultations (company_id, manager_id) where answer is null;

-- Who is told what, by when at the latest, and what is known of it having arrived.
create table planned_tellings (
  company_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  round integer not null check (round >= 0),
  cause text not null check (cause in ('notice', 'change', 'reminder', 'cancelled', 'late')),
  target text not null check (target in ('public', 'village', 'household', 'important', 'traffic')),
  household_id uuid,
  division_code text,
  way text not null check (way in ('post', 'sms', 'print', 'letter', 'phone')),
  limit_id text,
  due_at timestamptz,
  told_at timestamptz,
  told_by uuid,
  receipt_at timestamptz,
  receipt_by uuid,
  primary key (company_id, id),
  foreign key (company_id, plan_id) references planned_outages (company_id, id),
  check (receipt_at is null or told_at is not null)
);
create index planned_tellings_plan on planned_tellings (company_id, plan_id, cause, target);
create index planned_tellings_household on planned_tellings (company_id, household_id) where household_id is not null;

create table planned_events (
  company_id uuid not null,
  plan_id uuid not null,
  seq integer not null,
  type text not null,
  at timestamptz not null,
  by_id uuid,
  data jsonb not null default '{}'::jsonb,
  primary key (company_id, plan_id, seq),
  foreign key (company_id, plan_id) references planned_outages (company_id, id)
);
create index planned_events_at on planned_events (at);
