-- customer: who is supplied, where, by which account and meter; who needs care; one search row a household.

create table customers (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  kind text not null check (kind in ('person', 'organisation')),
  name text not null,
  phone text,
  demonstration boolean not null default false,
  -- Set when name and phone were blanked on the customer's demand (design rule 8).
  blanked_at timestamptz,
  primary key (company_id, id)
);

create table premises (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  division_code text not null,
  -- Town and village or compound: what may be shown to whoever chooses among households.
  place text not null,
  -- Building, unit and room, or the number in the village.
  house_no text not null,
  area_class text not null check (area_class in ('city', 'rural', 'remote')),
  lon double precision not null,
  lat double precision not null,
  primary key (company_id, id),
  foreign key (company_id, division_code) references service_areas (company_id, division_code)
);
create index premises_division on premises (company_id, division_code);

-- 用电户: one supply contract under one account number (户号).
create table households (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  account_no text not null,
  customer_id uuid not null,
  premises_id uuid not null,
  station_id uuid not null,
  use_class text not null check (use_class in ('residential', 'commercial', 'industrial', 'agricultural', 'public')),
  tariff text not null check (tariff in
    ('residential-tiered', 'residential-shared', 'agricultural', 'commercial-single', 'commercial-two-part')),
  voltage text not null check (voltage in ('220V', '380V', '10kV', '35kV')),
  capacity_kva numeric(12, 1) not null check (capacity_kva > 0),
  yearly_kwh integer,
  important_grade text check (important_grade in ('special', 'first', 'second', 'temporary')),
  key_account boolean not null default false,
  account_manager_id uuid,
  -- Until the network is imported, transformer and feeder are known by code and name only.
  transformer_code text not null,
  transformer_name text not null,
  feeder_code text not null,
  feeder_name text not null,
  opened_on date not null,
  closed_on date,
  primary key (company_id, id),
  unique (company_id, account_no),
  foreign key (company_id, customer_id) references customers (company_id, id),
  foreign key (company_id, premises_id) references premises (company_id, id),
  foreign key (company_id, station_id) references units (company_id, id),
  foreign key (company_id, account_manager_id) references people (company_id, id)
);
create index households_customer on households (company_id, customer_id);
create index households_premises on households (company_id, premises_id);
create index households_transformer on households (company_id, transformer_code);
create index households_feeder on households (company_id, feeder_code);
create index households_key on households (company_id, account_manager_id) where key_account;

create table meters (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  household_id uuid not null,
  meter_no text not null,
  phases smallint not null check (phases in (1, 3)),
  installed_on date not null,
  removed_on date,
  primary key (company_id, id),
  unique (company_id, meter_no),
  foreign key (company_id, household_id) references households (company_id, id)
);
create index meters_household on meters (company_id, household_id) where removed_on is null;

-- Further people to speak with: the tenant, the son in town, the electrician of a works.
create table household_contacts (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  household_id uuid not null,
  role text not null check (role in ('occupant', 'relative', 'agent', 'executive', 'finance', 'power-head')),
  name text not null,
  phone text not null,
  primary key (company_id, id),
  foreign key (company_id, household_id) references households (company_id, id)
);
create index household_contacts_household on household_contacts (company_id, household_id);
create index household_contacts_phone on household_contacts (company_id, phone);

create table household_flags (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  household_id uuid not null,
  kind text not null,
  evidence text not null check (evidence in ('document', 'register', 'visit', 'own-statement', 'case-record')),
  -- What exactly was seen: the number of the certificate, the day of the visit. Free text, blanked with the household.
  evidence_note text not null,
  consent boolean not null,
  set_by uuid,
  set_at timestamptz not null,
  expires_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  end_reason text,
  primary key (company_id, id),
  foreign key (company_id, household_id) references households (company_id, id),
  check (set_at < expires_at)
);
create unique index household_flags_open on household_flags (company_id, household_id, kind) where ended_at is null;

-- What Ctrl+K looks through. Written with the household in one transaction; `version` is that of the normalisation.
create table household_search (
  company_id uuid not null,
  household_id uuid not null,
  version smallint not null,
  name text not null,
  address text not null,
  supply text not null,
  py_full text not null,
  py_primary text not null,
  py_initials text[] not null,
  phone text,
  account_no text not null,
  meter_no text not null,
  grams tsvector not null,
  primary key (company_id, household_id),
  foreign key (company_id, household_id) references households (company_id, id)
);
create index household_search_name on household_search (company_id, name text_pattern_ops);
create index household_search_full on household_search (company_id, py_full text_pattern_ops);
create index household_search_primary on household_search (company_id, py_primary text_pattern_ops);
create index household_search_phone on household_search (company_id, phone text_pattern_ops);
create index household_search_account on household_search (company_id, account_no text_pattern_ops);
create index household_search_meter on household_search (company_id, meter_no text_pattern_ops);
create index household_search_version on household_search (company_id, version);
-- GIN over core types needs no extension; companies share these two, every query adds its company_id.
create index household_search_initials on household_search using gin (py_initials);
create index household_search_grams on household_search using gin (grams);

-- Who saw the personal data of which household in clear, outside his tasks, and why. The typed words can be blanked;
-- the audit entry carries the id of the row only.
create table household_reveals (
  company_id uuid not null,
  id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  reason text not null,
  at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, household_id) references households (company_id, id),
  foreign key (company_id, person_id) references people (company_id, id)
);
create index household_reveals_person on household_reveals (company_id, person_id, at);
create index household_reveals_household on household_reveals (company_id, household_id, at);
