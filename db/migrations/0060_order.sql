-- order: the work that answers one case or many, carried along one process.

create table orders (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  process text not null,
  business text not null,
  handbook_version_id uuid not null,
  station_id uuid,
  lead_unit_id uuid not null,
  state text not null check (state in ('open', 'finished', 'stopped')),
  -- The fold of the order's events: the engine's plain JSON. A test rebuilds it from the events and compares.
  process_state jsonb not null,
  seq integer not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, handbook_version_id) references handbook_versions (company_id, id),
  foreign key (company_id, station_id) references units (company_id, id),
  foreign key (company_id, lead_unit_id) references units (company_id, id)
);
create index orders_open on orders (company_id, business, started_at) where state = 'open';

create table case_orders (
  company_id uuid not null,
  case_id uuid not null,
  order_id uuid not null,
  linked_at timestamptz not null,
  unlinked_at timestamptz,
  primary key (company_id, case_id, order_id, linked_at),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, order_id) references orders (company_id, id)
);
create index case_orders_order on case_orders (company_id, order_id) where unlinked_at is null;

create table order_events (
  company_id uuid not null,
  stream_id uuid not null,
  seq integer not null,
  type text not null,
  v smallint not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  actor_id uuid,
  data jsonb not null,
  primary key (company_id, stream_id, seq),
  foreign key (company_id, stream_id) references orders (company_id, id)
);

-- One row for each round of a step that somebody has to do.
create table tasks (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  case_id uuid,
  step text not null,
  round integer not null,
  unit_id uuid not null,
  post text not null,
  holder_id uuid,
  -- Sent back or opened again: shown as rework in 我的待办.
  rework boolean not null,
  state text not null check (state in ('open', 'done', 'withdrawn')),
  ready_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (company_id, id),
  foreign key (company_id, order_id) references orders (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id),
  foreign key (company_id, holder_id) references people (company_id, id)
);
create unique index tasks_round on tasks (company_id, order_id, step, (coalesce(case_id, order_id)), round);
create index tasks_unit on tasks (company_id, unit_id, post) where state = 'open';
create index tasks_holder on tasks (company_id, holder_id) where state = 'open';

-- Every promise is a clock of its own. `subject_id` is the case or the order; the order is named in both cases.
create table clocks (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  case_id uuid,
  clock text not null,
  limit_id text not null,
  -- As the clock engine reads it: 45min, 24h, 5wd.
  limit_text text not null,
  role text not null check (role in ('company', 'promise', 'law', 'reference')),
  state text not null check (state in ('running', 'met', 'cancelled')),
  started_at timestamptz not null,
  due_at timestamptz not null,
  stopped_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, order_id) references orders (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id)
);
create index clocks_order on clocks (company_id, order_id);
create index clocks_due on clocks (company_id, due_at) where state = 'running';
