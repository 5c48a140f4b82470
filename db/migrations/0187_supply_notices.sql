-- 停送电信息: what is told to the national desk and the other doors about supply that is off: 报送, 变更, 送电, 完结 (domain-rules §5.5).
create table supply_notices (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  no text not null,
  seq integer not null,
  kind text not null check (kind in
    ('planned', 'temporary', 'grid-fault', 'shortage', 'theft', 'breach', 'arrears', 'orderly')),
  state text not null check (state in ('reported', 'restored', 'closed')),
  reason text not null check (reason in
    ('maintenance', 'construction', 'connection', 'defect', 'customer', 'municipal', 'fault', 'shortage', 'company')),
  plan_id uuid,
  incident_id uuid,
  order_id uuid,
  -- The isolation after which it was owed (R013).
  switching_id uuid,
  -- What is off, and since when the law or the company wants it told.
  due_at timestamptz,
  from_at timestamptz not null,
  -- Expected end; null: nobody knows yet, and nobody invents one.
  until_at timestamptz,
  actual_from timestamptz,
  actual_until timestamptz,
  households integer not null check (households >= 0),
  cancelled boolean not null default false,
  reported_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, no),
  check (from_at < until_at)
);
create unique index supply_notices_plan on supply_notices (company_id, plan_id) where plan_id is not null;
create unique index supply_notices_switching on supply_notices (company_id, switching_id) where switching_id is not null;
create index supply_notices_changed on supply_notices (company_id, changed_at desc);
create index supply_notices_open on supply_notices (company_id, from_at) where state = 'reported';

create table supply_notice_places (
  company_id uuid not null,
  notice_id uuid not null,
  device_id uuid not null,
  primary key (company_id, notice_id, device_id),
  foreign key (company_id, notice_id) references supply_notices (company_id, id)
);
create index supply_notice_places_device on supply_notice_places (company_id, device_id);

create table supply_notice_reports (
  company_id uuid not null,
  notice_id uuid not null,
  seq integer not null,
  what text not null check (what in ('report', 'change', 'restored', 'closed')),
  at timestamptz not null,
  by_id uuid,
  from_at timestamptz not null,
  until_at timestamptz,
  -- Told later than it had to be: after R013 or the notice's lead, or after the old end had passed.
  late boolean not null,
  primary key (company_id, notice_id, seq),
  foreign key (company_id, notice_id) references supply_notices (company_id, id)
);
