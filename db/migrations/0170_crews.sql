-- repair: who stands ready at the 65 grid points, with what, and who was sent where.

create table crews (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  grid_point_id uuid not null,
  name text not null,
  kind text not null check (kind in ('point', 'medium-voltage', 'live-line', 'generator')),
  closed_at timestamptz,
  primary key (company_id, id),
  unique (company_id, grid_point_id, name),
  foreign key (company_id, grid_point_id) references grid_points (company_id, id)
);

create table crew_members (
  company_id uuid not null,
  crew_id uuid not null,
  person_id uuid not null,
  since timestamptz not null,
  until timestamptz,
  primary key (company_id, crew_id, person_id, since),
  foreign key (company_id, crew_id) references crews (company_id, id),
  foreign key (company_id, person_id) references people (company_id, id),
  check (until is null or since < until)
);
-- A person belongs to one crew at a time.
create unique index crew_members_now on crew_members (company_id, person_id) where until is null;
create index crew_members_crew on crew_members (company_id, crew_id) where until is null;

-- Two named persons at least: one in charge, one watching (工作负责人、监护人). On call: at home, ready to come.
create table crew_shifts (
  company_id uuid not null,
  id uuid not null,
  crew_id uuid not null,
  kind text not null check (kind in ('duty', 'on-call')),
  from_at timestamptz not null,
  until_at timestamptz not null,
  lead_id uuid not null,
  watcher_id uuid not null,
  others uuid[] not null default '{}',
  set_by uuid not null,
  set_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, crew_id) references crews (company_id, id),
  foreign key (company_id, lead_id) references people (company_id, id),
  foreign key (company_id, watcher_id) references people (company_id, id),
  foreign key (company_id, set_by) references people (company_id, id),
  check (from_at < until_at),
  check (lead_id <> watcher_id),
  check (not others && array[lead_id, watcher_id])
);
create index crew_shifts_until on crew_shifts (company_id, until_at) where withdrawn_at is null;
create index crew_shifts_crew on crew_shifts (company_id, crew_id, from_at) where withdrawn_at is null;

-- What a person may do; the codes are those that fault cards and steps ask for.
create table person_skills (
  company_id uuid not null,
  person_id uuid not null,
  skill text not null check (skill in ('low-voltage', 'medium-voltage', 'cable', 'live-line', 'meter')),
  until_on date not null,
  by_id uuid not null,
  at timestamptz not null,
  primary key (company_id, person_id, skill),
  foreign key (company_id, person_id) references people (company_id, id),
  foreign key (company_id, by_id) references people (company_id, id)
);

-- Trained on the card of a typical fault, until when it holds. A later training is a row of its own.
create table fault_trainings (
  company_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  card text not null,
  trained_on date not null,
  until_on date not null,
  by_id uuid not null,
  at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, person_id, card, trained_on),
  foreign key (company_id, person_id) references people (company_id, id),
  foreign key (company_id, by_id) references people (company_id, id),
  check (trained_on < until_on)
);

create table crew_vehicles (
  company_id uuid not null,
  id uuid not null,
  grid_point_id uuid not null,
  plate text not null,
  kind text not null check (kind in ('van', 'pickup', 'bucket', 'crane', 'generator')),
  -- In repair: it drives nobody.
  out_since timestamptz,
  gone_at timestamptz,
  primary key (company_id, id),
  unique (company_id, plate),
  foreign key (company_id, grid_point_id) references grid_points (company_id, id)
);

-- What lies at a point; the names are those of the fault cards.
create table point_materials (
  company_id uuid not null,
  grid_point_id uuid not null,
  material text not null,
  amount integer not null check (amount >= 0),
  minimum integer not null check (minimum >= 0),
  primary key (company_id, grid_point_id, material),
  foreign key (company_id, grid_point_id) references grid_points (company_id, id)
);

create table material_bookings (
  company_id uuid not null,
  id uuid not null,
  grid_point_id uuid not null,
  material text not null,
  change integer not null check (change <> 0),
  why text not null check (why in ('use', 'refill', 'count')),
  order_id uuid,
  by_id uuid not null,
  at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, grid_point_id, material) references point_materials (company_id, grid_point_id, material),
  foreign key (company_id, order_id) references orders (company_id, id),
  foreign key (company_id, by_id) references people (company_id, id)
);
create index material_bookings_point on material_bookings (company_id, grid_point_id, at desc);

-- Where a crew on duty was: says where colleagues were, and goes after six months (R130-position).
create table crew_positions (
  company_id uuid not null,
  crew_id uuid not null,
  at timestamptz not null,
  -- "latitude,longitude" in degrees, as text, so that the table of personal columns covers it.
  place text not null,
  accuracy_m integer not null check (accuracy_m >= 0),
  by_id uuid not null,
  primary key (company_id, crew_id, at),
  foreign key (company_id, crew_id) references crews (company_id, id),
  foreign key (company_id, by_id) references people (company_id, id)
);

-- One crew an order; another one only with a reason, and that is an event which the five ones count.
create table crew_assignments (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  crew_id uuid not null,
  lead_id uuid not null,
  sent_by uuid not null,
  sent_at timestamptz not null,
  automatic boolean not null,
  expected_at timestamptz not null,
  -- From where to where, for the learning of ways: a point or a place of work, no one's whereabouts later on.
  from_lon double precision not null,
  from_lat double precision not null,
  to_lon double precision not null,
  to_lat double precision not null,
  zone text not null check (zone in ('city', 'rural', 'remote')),
  repair_minutes integer not null check (repair_minutes > 0),
  -- Steps of the order's process that say: sent, arrived, supplied again.
  dispatch_step text not null,
  arrive_step text not null,
  done_step text not null,
  ended_at timestamptz,
  ended_by uuid,
  end_reason text check (end_reason in ('crew-cannot-come', 'wrong-skill', 'nearer-crew', 'shift-over', 'important-first',
    'returned', 'other')),
  primary key (company_id, id),
  foreign key (company_id, order_id) references orders (company_id, id),
  foreign key (company_id, crew_id) references crews (company_id, id),
  foreign key (company_id, lead_id) references people (company_id, id),
  foreign key (company_id, sent_by) references people (company_id, id),
  foreign key (company_id, ended_by) references people (company_id, id),
  check ((ended_at is null) = (end_reason is null))
);
create unique index crew_assignments_one on crew_assignments (company_id, order_id) where ended_at is null;
create index crew_assignments_crew on crew_assignments (company_id, crew_id, sent_at desc);
create index crew_assignments_sent on crew_assignments (company_id, sent_at);
create index crew_assignments_order on crew_assignments (company_id, order_id);

-- Who turned what on and why; the newest row holds.
create table dispatch_settings (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  storm boolean not null,
  -- Sends by itself what needs no click, up to so many customers and minutes of way.
  automatic boolean not null,
  most_customers integer not null check (most_customers > 0),
  most_minutes integer not null check (most_minutes > 0),
  reason text not null check (reason in ('typhoon', 'rain', 'snow', 'wind', 'lightning', 'over', 'trial', 'other')),
  note text,
  primary key (company_id, id),
  foreign key (company_id, by_id) references people (company_id, id)
);
create index dispatch_settings_at on dispatch_settings (company_id, at desc);

-- The last plan, from which the next one begins: crew to orders.
create table dispatch_plans (
  company_id uuid not null references companies (company_id),
  at timestamptz not null,
  plan jsonb not null,
  primary key (company_id)
);

-- Minutes of ways, learnt from own arrivals, with the error of the fit; the newest row holds.
create table travel_fits (
  company_id uuid not null references companies (company_id),
  at timestamptz not null,
  model jsonb not null,
  zones jsonb not null,
  primary key (company_id, at)
);

-- To whom the field steps of an order go once a crew was sent: its lead, and the unit he belongs to.
alter table orders
  add column crew_unit_id uuid,
  add column crew_lead_id uuid,
  add constraint orders_crew_unit foreign key (company_id, crew_unit_id) references units (company_id, id),
  add constraint orders_crew_lead foreign key (company_id, crew_lead_id) references people (company_id, id),
  add constraint orders_crew_both check ((crew_unit_id is null) = (crew_lead_id is null));
