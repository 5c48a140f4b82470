-- network: the company's grid. A device is the way from its parent's lower end to its own; what hangs below what has a history, so
-- that who was below whom at any past instant can be answered.

create table network_devices (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  -- The company's own number.
  code text not null,
  name text not null,
  kind text not null check (kind in ('substation', 'breaker', 'recloser', 'switch', 'fuse', 'section', 'transformer', 'lv_branch',
    'meter_box')),
  -- Line that fails together with it.
  km double precision not null check (km >= 0),
  kva numeric(10, 1) check (kva > 0),
  lon double precision,
  lat double precision,
  -- The data had no such device: placed by rule.
  placed boolean not null,
  primary key (company_id, id),
  unique (company_id, code),
  check ((lon is null) = (lat is null))
);

-- Where a device stood, from when until when. The next place begins when the last one ends.
create table network_places (
  company_id uuid not null,
  device_id uuid not null,
  since timestamptz not null,
  until timestamptz,
  parent_id uuid,
  -- What lies beyond a tie.
  tie_id uuid,
  normally_open boolean not null,
  -- Head of its feeder in the normal state: medium voltage below a substation.
  feeder_id uuid,
  -- The transformer above: low voltage.
  transformer_id uuid,
  primary key (company_id, device_id, since),
  foreign key (company_id, device_id) references network_devices (company_id, id),
  foreign key (company_id, parent_id) references network_devices (company_id, id),
  foreign key (company_id, tie_id) references network_devices (company_id, id),
  foreign key (company_id, feeder_id) references network_devices (company_id, id),
  foreign key (company_id, transformer_id) references network_devices (company_id, id),
  check (until is null or since < until),
  check (feeder_id is null or transformer_id is null)
);
create unique index network_places_now on network_places (company_id, device_id) where until is null;
create index network_places_medium on network_places (company_id, feeder_id) where transformer_id is null;
create index network_places_low on network_places (company_id, transformer_id) where transformer_id is not null;

-- Through which device a meter is supplied. Two supplies of a customer are two meters.
create table network_supplies (
  company_id uuid not null,
  meter_id uuid not null,
  since timestamptz not null,
  until timestamptz,
  household_id uuid not null,
  device_id uuid not null,
  transformer_id uuid not null,
  primary key (company_id, meter_id, since),
  foreign key (company_id, meter_id) references meters (company_id, id),
  foreign key (company_id, household_id) references households (company_id, id),
  foreign key (company_id, device_id) references network_devices (company_id, id),
  foreign key (company_id, transformer_id) references network_devices (company_id, id),
  check (until is null or since < until)
);
create unique index network_supplies_now on network_supplies (company_id, meter_id) where until is null;
create index network_supplies_transformer on network_supplies (company_id, transformer_id, device_id, household_id);
create index network_supplies_household on network_supplies (company_id, household_id);

-- Each opening and closing, as it happened. The words of a note can be blanked.
create table network_switchings (
  company_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  open boolean not null,
  planned boolean not null,
  reason text not null check (reason in ('maintenance', 'transfer', 'trip', 'isolation', 'emergency', 'restoration', 'other')),
  note text,
  at timestamptz not null,
  recorded_at timestamptz not null,
  by_id uuid not null,
  -- Households that lost, and that got back, their supply by it.
  darkened integer not null check (darkened >= 0),
  restored integer not null check (restored >= 0),
  primary key (company_id, id),
  foreign key (company_id, device_id) references network_devices (company_id, id),
  foreign key (company_id, by_id) references people (company_id, id),
  check (at <= recorded_at)
);
create index network_switchings_device on network_switchings (company_id, device_id, at desc, id desc);
create index network_switchings_at on network_switchings (company_id, at desc);

-- The last word of the switchings of each device that was ever switched; what is not here is in its normal state.
create table network_states (
  company_id uuid not null,
  device_id uuid not null,
  open boolean not null,
  since timestamptz not null,
  switching_id uuid not null,
  primary key (company_id, device_id),
  foreign key (company_id, device_id) references network_devices (company_id, id),
  foreign key (company_id, switching_id) references network_switchings (company_id, id)
);

-- What was imported, and how much of it. `by_id` is null for the command line.
create table network_imports (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  at timestamptz not null,
  format text not null check (format in ('csv', 'dss', 'cim')),
  by_id uuid,
  devices_new integer not null,
  devices_moved integer not null,
  devices_unchanged integer not null,
  meters_new integer not null,
  meters_moved integer not null,
  meters_unchanged integer not null,
  primary key (company_id, id),
  foreign key (company_id, by_id) references people (company_id, id)
);
