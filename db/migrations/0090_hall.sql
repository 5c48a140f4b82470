-- hall: the counter, the phone and the queue.

-- What a clerk began and has not sent: parked drafts follow the person to any desk. The content holds personal data; the
-- row goes when the demand is accepted or the draft is thrown away.
create table intake_drafts (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  content jsonb not null,
  -- Counts the saves: two desks of one person do not overwrite each other unseen.
  seq integer not null,
  created_at timestamptz not null,
  saved_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, person_id) references people (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id)
);
create index intake_drafts_person on intake_drafts (company_id, person_id, created_at);

-- Things that speak to us without a person: a screen on the wall, a ticket machine, the telephone exchange. Only the
-- SHA-256 of the token is stored; the token itself is shown once.
create table devices (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  kind text not null check (kind in ('hall-screen', 'ticket-machine', 'exchange')),
  name text not null,
  unit_id uuid not null,
  token_hash text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  seen_at timestamptz,
  revoked_at timestamptz,
  primary key (company_id, id),
  unique (company_id, token_hash),
  foreign key (company_id, unit_id) references units (company_id, id),
  foreign key (company_id, made_by) references people (company_id, id)
);

create table calls (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  -- Blanked after the time of keeping; everything else of the row stays countable (design rule 8).
  phone text,
  household_id uuid,
  division_code text,
  case_id uuid,
  unit_id uuid not null,
  -- Whose screen rang, or who opened the page by hand.
  person_id uuid,
  device_id uuid,
  state text not null check (state in ('ringing', 'talking', 'done', 'dropped', 'missed')),
  rang_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  mood text not null check (mood in ('calm', 'upset', 'furious')),
  escalation_risk boolean not null,
  -- The number under which the exchange keeps the recording.
  recording_no text,
  -- A dropped or missed call owes a call-back until then.
  owed_until timestamptz,
  owed_done_at timestamptz,
  owed_done_by uuid,
  blanked_at timestamptz,
  -- The moment of the last change, for live hints.
  moved_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, household_id) references households (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id),
  foreign key (company_id, person_id) references people (company_id, id),
  foreign key (company_id, device_id) references devices (company_id, id)
);
create index calls_phone on calls (company_id, phone, rang_at) where phone is not null;
create index calls_household on calls (company_id, household_id, rang_at) where household_id is not null;
create index calls_person on calls (company_id, person_id, rang_at);
create index calls_owed on calls (company_id, owed_until) where owed_until is not null and owed_done_at is null;
-- Hints are asked for across companies, once a second.
create index calls_moved on calls (moved_at);
-- The exchange's own number of a call: told twice, it is one call.
create unique index calls_recording on calls (company_id, recording_no) where recording_no is not null;

-- 一次性告知: what was said to be missing, when; ticked off as it comes. `again`: asked for after the first telling, which
-- is a violation and an event of the case.
create table case_papers (
  company_id uuid not null,
  case_id uuid not null,
  paper text not null,
  -- A paper that the handbook does not know has its words in a row that can be blanked.
  text_id uuid,
  until_step text not null,
  again boolean not null,
  told_at timestamptz not null,
  told_by uuid not null,
  received_at timestamptz,
  received_by uuid,
  primary key (company_id, case_id, paper),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, text_id) references case_texts (company_id, id),
  foreign key (company_id, told_by) references people (company_id, id),
  foreign key (company_id, received_by) references people (company_id, id)
);

create table queue_tickets (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  hall_id uuid not null,
  day date not null,
  class text not null check (class in ('pay', 'business', 'booked', 'care')),
  n integer not null check (n > 0),
  state text not null check (state in ('waiting', 'called', 'serving', 'served', 'no-show')),
  issued_at timestamptz not null,
  called_at timestamptz,
  calls integer not null default 0,
  serving_at timestamptz,
  ended_at timestamptz,
  window_no integer,
  clerk_id uuid,
  primary key (company_id, id),
  unique (company_id, hall_id, day, class, n),
  foreign key (company_id, hall_id) references units (company_id, id),
  foreign key (company_id, clerk_id) references people (company_id, id)
);
create index queue_tickets_waiting on queue_tickets (company_id, hall_id, day, issued_at) where state = 'waiting';
create index queue_tickets_clerk on queue_tickets (company_id, clerk_id, day);

-- How many people a hall can see by appointment in each part of a working day.
create table hall_slots (
  company_id uuid not null references companies (company_id),
  hall_id uuid not null,
  -- Minutes after midnight, half-open.
  from_minute integer not null check (from_minute >= 0),
  to_minute integer not null check (to_minute <= 1440),
  capacity integer not null check (capacity >= 0),
  primary key (company_id, hall_id, from_minute),
  foreign key (company_id, hall_id) references units (company_id, id),
  check (from_minute < to_minute)
);

create table appointments (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  hall_id uuid not null,
  day date not null,
  from_minute integer not null,
  household_id uuid,
  process text,
  -- Blanked after the day; who came is known by the ticket.
  name text,
  phone text,
  state text not null check (state in ('booked', 'arrived', 'missed', 'cancelled')),
  call_id uuid,
  ticket_id uuid,
  booked_at timestamptz not null,
  booked_by uuid not null,
  primary key (company_id, id),
  foreign key (company_id, hall_id) references units (company_id, id),
  foreign key (company_id, household_id) references households (company_id, id),
  foreign key (company_id, call_id) references calls (company_id, id),
  foreign key (company_id, ticket_id) references queue_tickets (company_id, id),
  foreign key (company_id, booked_by) references people (company_id, id)
);
create index appointments_day on appointments (company_id, hall_id, day, from_minute);

-- The counter asks whether this phone has said the same before; cases of passers-by have nothing else.
create index case_texts_phone on case_texts (company_id, body) where kind = 'contact-phone' and body is not null;
