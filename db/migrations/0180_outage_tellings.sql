-- 停电告知: what each group of customers of a repair was last told, and when it is told next; and when supply is expected back.

-- A restoration time with its source. The last one holds; those before it are its history.
create table outage_estimates (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  estimated_at timestamptz not null,
  source text not null check (source in ('crew', 'card', 'learnt', 'dispatcher')),
  set_by uuid not null,
  set_at timestamptz not null,
  -- The time before it had passed already when it was moved.
  moved_late boolean not null,
  primary key (company_id, id),
  foreign key (company_id, order_id) references orders (company_id, id),
  foreign key (company_id, set_by) references people (company_id, id),
  check (set_at < estimated_at)
);
create index outage_estimates_order on outage_estimates (company_id, order_id, set_at desc);

-- The clock of each group: kept beside what was told (telling-store.ts).
create table outage_groups (
  company_id uuid not null,
  order_id uuid not null,
  audience text not null check (audience in ('reporters', 'households', 'important', 'authorities')),
  -- From when the group waits for news.
  since timestamptz not null,
  last_told_at timestamptz,
  last_news text check (last_news in ('sought', 'crew-sent', 'crew-there', 'awaiting-permission', 'repairing', 'estimate', 'moved',
    'partly-back', 'back')),
  told_estimate timestamptz,
  restored_at timestamptz,
  -- Null: nothing more to tell.
  due_at timestamptz,
  why text check (why in ('first', 'regular', 'before-estimate', 'estimate-moved', 'restored')),
  -- The bell has rung for this `due_at`.
  warned_at timestamptz,
  primary key (company_id, order_id, audience),
  foreign key (company_id, order_id) references orders (company_id, id),
  check ((last_told_at is null) = (last_news is null)),
  check ((due_at is null) = (why is null))
);
create index outage_groups_due on outage_groups (due_at) where due_at is not null and warned_at is null;

-- Each telling, as it was said.
create table outage_tellings (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  audience text not null check (audience in ('reporters', 'households', 'important', 'authorities')),
  news text not null check (news in ('sought', 'crew-sent', 'crew-there', 'awaiting-permission', 'repairing', 'estimate', 'moved',
    'partly-back', 'back')),
  -- How: by message of this program, by a text that somebody copied, or by phone.
  way text not null check (way in ('message', 'text', 'phone')),
  estimated_at timestamptz,
  told_at timestamptz not null,
  told_by uuid not null,
  -- It was due before.
  late boolean not null,
  messages integer not null check (messages >= 0),
  primary key (company_id, id),
  foreign key (company_id, order_id, audience) references outage_groups (company_id, order_id, audience),
  foreign key (company_id, told_by) references people (company_id, id)
);
create index outage_tellings_order on outage_tellings (company_id, order_id, told_at desc);
create index outage_tellings_told on outage_tellings (told_at);
