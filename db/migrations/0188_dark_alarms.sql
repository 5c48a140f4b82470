-- The hard alarm of the 鹤壁 case: households of one transformer area are dark with no plan, no fault order and no switching on record.
create table dark_alarms (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  transformer_id uuid not null,
  households integer not null check (households > 0),
  -- The first sign of it.
  since timestamptz not null,
  raised_at timestamptz not null,
  -- explained: a plan, an order or a switching is there now, or supply is back; false-alarm and found: somebody said so.
  outcome text check (outcome in ('explained', 'false-alarm', 'found')),
  ended_at timestamptz,
  ended_by uuid,
  primary key (company_id, id),
  check ((outcome is null) = (ended_at is null)),
  check (since <= raised_at)
);
create unique index dark_alarms_open on dark_alarms (company_id, transformer_id) where ended_at is null;
create index dark_alarms_raised on dark_alarms (company_id, raised_at desc);
