-- outage: what was heard of missing supply, and the incidents that explain it. One row a report, whoever it came from; a report belongs
-- to one incident at most.

create table outage_incidents (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  -- The topmost device held open; null: one customer's own trouble, or a danger at a place.
  device_id uuid,
  -- Whose own trouble it is.
  household_id uuid,
  -- Make safe first.
  hazard text check (hazard in ('line-down', 'pole', 'shock', 'fire')),
  state text not null check (state in ('suspected', 'confirmed', 'restored', 'closed')),
  posterior double precision not null check (posterior >= 0 and posterior <= 1),
  since timestamptz not null,
  restored_at timestamptz,
  ended_at timestamptz,
  -- Everything below the device as it was switched: transformers, or devices of low voltage where it is one. The answer before an order
  -- asks whether a household hangs on one of them.
  places uuid[] not null,
  households integer not null check (households >= 0),
  reports integer not null check (reports >= 0),
  -- Devices below that went before it and stay dark when it is closed again.
  nested uuid[] not null,
  -- A switching that was planned: nobody is sent.
  planned boolean not null,
  -- Its one order; null: none yet.
  order_id uuid,
  -- Too many households at once for the program to act: it waits for a human's yes.
  held boolean not null,
  -- What was left dark when a wider incident was restored.
  parent_id uuid,
  -- The last word of a dispatcher; it is evidence until the incident ends.
  word text check (word in ('confirmed', 'moved', 'split', 'merged', 'false-alarm')),
  word_by uuid,
  word_at timestamptz,
  -- Why the device is believed open, as the engine says it (codes and numbers).
  explained jsonb,
  -- When those who had reported it were asked whether they have supply again.
  asked_at timestamptz,
  -- Two dispatchers who look at the same state cannot both act on it.
  version integer not null,
  changed_at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, device_id) references network_devices (company_id, id),
  foreign key (company_id, household_id) references households (company_id, id),
  foreign key (company_id, order_id) references orders (company_id, id),
  foreign key (company_id, parent_id) references outage_incidents (company_id, id),
  foreign key (company_id, word_by) references people (company_id, id),
  check ((word is null) = (word_by is null) and (word is null) = (word_at is null)),
  check ((state = 'closed') = (ended_at is not null)),
  check (state <> 'restored' or restored_at is not null)
);
create index outage_incidents_open on outage_incidents (company_id, since) where state <> 'closed';
create index outage_incidents_places on outage_incidents using gin (places) where state <> 'closed';
create index outage_incidents_order on outage_incidents (company_id, order_id) where order_id is not null;
create index outage_incidents_changed on outage_incidents (changed_at);

-- What happened to an incident. `by_id` null: the program. It keeps its identity when its device moves.
create table outage_incident_events (
  company_id uuid not null,
  incident_id uuid not null,
  seq integer not null,
  type text not null check (type in ('begun', 'moved', 'confirmed', 'split', 'merged', 'false-alarm', 'ordered', 'joined', 'held', 'released',
    'restored', 'still-dark', 'reopened', 'closed')),
  at timestamptz not null,
  by_id uuid,
  from_device_id uuid,
  to_device_id uuid,
  -- Merged with, split from, or child of.
  other_id uuid,
  posterior double precision,
  primary key (company_id, incident_id, seq),
  foreign key (company_id, incident_id) references outage_incidents (company_id, id),
  foreign key (company_id, by_id) references people (company_id, id)
);

create table outage_reports (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  source text not null check (source in ('phone', 'counter', 'page', 'sms', 'door', 'last_gasp', 'telemetry', 'patrol', 'ping')),
  -- The sender's own name of it: repeated it is not doubled.
  key text not null,
  says text not null check (says in ('off', 'on', 'silent', 'open', 'closed')),
  household_id uuid,
  meter_id uuid,
  device_id uuid,
  -- The case that carries it.
  case_id uuid,
  hazard text check (hazard in ('line-down', 'pole', 'shock', 'fire')),
  -- When it happened, and when we heard of it.
  at timestamptz not null,
  received_at timestamptz not null,
  -- When inference took it; null: it is still to be read.
  taken_at timestamptz,
  incident_id uuid,
  -- Its case is with the order of its incident, or was found not to fit there.
  joined boolean not null,
  primary key (company_id, id),
  unique (company_id, source, key),
  foreign key (company_id, household_id) references households (company_id, id),
  foreign key (company_id, meter_id) references meters (company_id, id),
  foreign key (company_id, device_id) references network_devices (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, incident_id) references outage_incidents (company_id, id),
  check (says in ('off', 'on', 'silent') or device_id is not null)
);
create index outage_reports_new on outage_reports (company_id, id) where taken_at is null;
create index outage_reports_incident on outage_reports (company_id, incident_id) where incident_id is not null;
create index outage_reports_to_join on outage_reports (company_id, incident_id) where case_id is not null and not joined;
create index outage_reports_case on outage_reports (company_id, case_id) where case_id is not null;
create index outage_reports_meter on outage_reports (company_id, meter_id, at desc) where meter_id is not null;

-- What hangs directly below a device.
create index network_places_parent on network_places (company_id, parent_id) where until is null;

-- Head-ends of meters and telemetry have keys as well; they send events and nothing else.
alter table door_keys drop constraint door_keys_door_check;
alter table door_keys add constraint door_keys_door_check check (door in ('95598', '12398', '12345', 'meters'));
