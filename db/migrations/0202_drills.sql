-- 演练: exercises with local government. What is injected is a case like any other, marked by its drill, and counted nowhere.
create table drills (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  title text not null,
  scene text not null,
  planned_at timestamptz not null,
  state text not null check (state in ('planned', 'running', 'done', 'cancelled')),
  made_by uuid not null,
  made_at timestamptz not null,
  began_at timestamptz,
  ended_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, made_by) references people (company_id, id),
  check ((began_at is null) = (state in ('planned', 'cancelled'))),
  check (state <> 'done' or ended_at is not null)
);
create index drills_planned on drills (company_id, planned_at desc);

-- Who takes part: a unit of the company, or a body from outside (local government, fire brigade, hospital).
create table drill_parties (
  company_id uuid not null,
  id uuid not null,
  drill_id uuid not null,
  unit_id uuid,
  body text,
  -- Known when it is over.
  came boolean,
  primary key (company_id, id),
  foreign key (company_id, drill_id) references drills (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id),
  check ((unit_id is null) <> (body is null))
);
create index drill_parties_drill on drill_parties (company_id, drill_id);

-- The script: what is brought in, so many minutes after the beginning. A report becomes a case; a message is answered by word.
create table drill_injects (
  company_id uuid not null,
  id uuid not null,
  drill_id uuid not null,
  after_minutes integer not null check (after_minutes >= 0),
  words text not null,
  process text,
  place text,
  area text check (area in ('city', 'rural', 'remote')),
  given_at timestamptz,
  case_id uuid,
  answered_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, drill_id) references drills (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  check (process is null or (area is not null and place is not null)),
  check (answered_at is null or given_at <= answered_at)
);
create index drill_injects_drill on drill_injects (company_id, drill_id, after_minutes);

-- What was found, who puts it right and by when; followed until it is closed.
create table drill_findings (
  company_id uuid not null,
  id uuid not null,
  drill_id uuid not null,
  words text not null,
  unit_id uuid not null,
  due_at timestamptz not null,
  made_by uuid not null,
  made_at timestamptz not null,
  closed_by uuid,
  closed_at timestamptz,
  closing text,
  primary key (company_id, id),
  foreign key (company_id, drill_id) references drills (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id),
  foreign key (company_id, made_by) references people (company_id, id),
  foreign key (company_id, closed_by) references people (company_id, id),
  check ((closed_at is null) = (closing is null) and (closed_at is null) = (closed_by is null))
);
create index drill_findings_drill on drill_findings (company_id, drill_id);
create index drill_findings_open on drill_findings (company_id, due_at) where closed_at is null;

alter table cases add column drill_id uuid;
alter table cases add foreign key (company_id, drill_id) references drills (company_id, id);
create index cases_drill on cases (company_id, drill_id) where drill_id is not null;
