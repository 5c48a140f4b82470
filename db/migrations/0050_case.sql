-- case: the demand. It owes contact, answer, call-back and evaluation; the work that answers it is an order.

-- Human numbers are the day and a running number; a sequence never makes two intakes wait for each other.
create sequence case_numbers;

create table cases (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  no text not null,
  business text not null,
  case_type text not null,
  -- Null for a quick item (即办件): closed at birth.
  process text,
  quick_item text,
  handbook_version_id uuid not null,
  channel text not null check (channel in ('hall', 'phone', 'web', '95598', '12398', '12345', 'visit', 'letter', 'other')),
  household_id uuid,
  area_class text check (area_class in ('city', 'rural', 'remote')),
  station_id uuid,
  intake_unit_id uuid not null,
  -- Who was asked first stays bound to the case through every hand-over.
  first_asked_id uuid not null,
  accused_unit_id uuid,
  mood text not null check (mood in ('calm', 'upset', 'furious')),
  escalation_risk boolean not null,
  state text not null check (state in ('open', 'closed')),
  seq integer not null,
  accepted_at timestamptz not null,
  closed_at timestamptz,
  primary key (company_id, id),
  unique (company_id, no),
  foreign key (company_id, handbook_version_id) references handbook_versions (company_id, id),
  foreign key (company_id, household_id) references households (company_id, id),
  foreign key (company_id, station_id) references units (company_id, id),
  foreign key (company_id, intake_unit_id) references units (company_id, id),
  foreign key (company_id, first_asked_id) references people (company_id, id),
  foreign key (company_id, accused_unit_id) references units (company_id, id),
  check ((process is null) = (quick_item is not null)),
  check ((state = 'closed') = (closed_at is not null))
);
create index cases_household on cases (company_id, household_id, accepted_at) where household_id is not null;
create index cases_accepted on cases (company_id, accepted_at desc, id desc);
create index cases_open on cases (company_id, business, accepted_at) where state = 'open';

-- Names, phones and free text live here, where they can be blanked; events carry their ids only (design rule 8).
create table case_texts (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null check (kind in ('words', 'contact-name', 'contact-phone', 'place', 'note', 'value')),
  -- The step and field that a value belongs to.
  step text,
  field text,
  body text,
  by_person_id uuid,
  at timestamptz not null,
  blanked_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id)
);
create index case_texts_case on case_texts (company_id, case_id, at);

create table case_events (
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
  foreign key (company_id, stream_id) references cases (company_id, id)
);

-- The one visibility predicate: which unit may see which case, since when (design rule 2).
create table case_access (
  company_id uuid not null,
  unit_id uuid not null,
  case_id uuid not null,
  since timestamptz not null,
  until timestamptz,
  primary key (company_id, unit_id, case_id, since),
  foreign key (company_id, unit_id) references units (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id)
);
create index case_access_case on case_access (company_id, case_id);
