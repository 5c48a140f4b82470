-- org: company, departments, posts, people, sign-in, roles.

create table companies (
  company_id uuid primary key,
  code text not null unique,
  name text not null,
  short_name text not null,
  -- A demo company has known passwords and loads the handbook folder by itself; it never listens beyond loopback.
  demo boolean not null,
  handbook_version_id uuid,
  created_at timestamptz not null
);

-- Departments, stations, centres, groups and crews: one tree. `kind` names what the trade calls them.
create table units (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  parent_id uuid,
  code text not null,
  kind text not null check (kind in ('company', 'department', 'centre', 'group', 'station', 'hall', 'crew')),
  name text not null,
  name_en text not null,
  phone text,
  sort integer not null default 0,
  closed_at timestamptz,
  primary key (company_id, id),
  unique (company_id, code),
  foreign key (company_id, parent_id) references units (company_id, id)
);

create table people (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  staff_no text not null,
  name text not null,
  py_full text not null,
  py_initials text not null,
  phone text,
  demonstration boolean not null default false,
  left_at timestamptz,
  primary key (company_id, id),
  unique (company_id, staff_no)
);

-- Which post a person holds in which unit. Tasks are addressed to (unit, post); posts are named by the handbook.
create table assignments (
  company_id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  post text not null,
  main boolean not null,
  since timestamptz not null,
  until timestamptz,
  primary key (company_id, person_id, unit_id, post, since),
  foreign key (company_id, person_id) references people (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id)
);
create index assignments_unit on assignments (company_id, unit_id, post) where until is null;
create unique index assignments_main on assignments (company_id, person_id) where main and until is null;

create table accounts (
  company_id uuid not null,
  person_id uuid not null,
  login text not null,
  password_hash text not null,
  password_changed_at timestamptz not null,
  -- Hashes of the last five passwords (R100).
  password_history text[] not null default '{}',
  must_change boolean not null default false,
  failures integer not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  primary key (company_id, person_id),
  unique (company_id, login),
  foreign key (company_id, person_id) references people (company_id, id)
);

-- Roles give permissions; what each role may do is a table in code and in security/matrix.csv.
create table role_grants (
  company_id uuid not null,
  person_id uuid not null,
  role text not null,
  granted_at timestamptz not null,
  granted_by uuid,
  primary key (company_id, person_id, role),
  foreign key (company_id, person_id) references people (company_id, id)
);

-- Only the SHA-256 of the token is stored. A locked session keeps its drafts and asks for the password again (R102).
create table sessions (
  company_id uuid not null,
  token_hash text not null,
  id uuid not null,
  person_id uuid not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  locked_at timestamptz,
  ended_at timestamptz,
  device text not null,
  primary key (company_id, token_hash),
  unique (company_id, id),
  foreign key (company_id, person_id) references people (company_id, id)
);
create index sessions_person on sessions (company_id, person_id) where ended_at is null;

-- One-time codes: the first administrator of an empty company, and password resets started by an administrator.
create table one_time_codes (
  company_id uuid not null references companies (company_id),
  code_hash text not null,
  purpose text not null check (purpose in ('first-administrator', 'password-reset')),
  person_id uuid,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (company_id, code_hash)
);

-- Which station serves which village or residents' committee (12-digit division code).
create table service_areas (
  company_id uuid not null references companies (company_id),
  division_code text not null,
  name text not null,
  town_code text not null,
  town_name text not null,
  area_class text not null check (area_class in ('city', 'rural', 'remote')),
  station_id uuid not null,
  lon double precision not null,
  lat double precision not null,
  primary key (company_id, division_code),
  foreign key (company_id, station_id) references units (company_id, id)
);
create index service_areas_station on service_areas (company_id, station_id);

create table grid_points (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  code text not null,
  name text not null,
  station_id uuid not null,
  division_code text not null,
  lon double precision not null,
  lat double precision not null,
  coverage_minutes integer not null,
  primary key (company_id, id),
  unique (company_id, code),
  foreign key (company_id, station_id) references units (company_id, id)
);

-- Rounds of a shift: what is open, promised and hidden in drafts is handed over; both sign.
create table shift_handovers (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  unit_id uuid not null,
  place text not null check (place in ('hall', 'dispatch', 'control')),
  from_person_id uuid not null,
  to_person_id uuid,
  state text not null check (state in ('offered', 'accepted', 'withdrawn')),
  -- Ids and counts of what was open, promised and parked when it was offered.
  content jsonb not null,
  note text,
  offered_at timestamptz not null,
  accepted_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id),
  foreign key (company_id, from_person_id) references people (company_id, id),
  foreign key (company_id, to_person_id) references people (company_id, id)
);
create index shift_handovers_unit on shift_handovers (company_id, unit_id, offered_at);
