-- door: orders of other systems (95598, 12398, 12345) in and out, and the customers' own page.

-- A door took the demand in, not a person: he has no post and no sign-in, and what would be his falls to the post.
alter table people add column system boolean not null default false;

-- The key of a system that speaks to us. Only its SHA-256 is stored; the key is shown once.
create table door_keys (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  door text not null check (door in ('95598', '12398', '12345')),
  name text not null,
  scopes text[] not null,
  key_hash text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, made_by) references people (company_id, id),
  check (made_at < expires_at)
);

create table outside_orders (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  door text not null check (door in ('95598', '12398', '12345')),
  -- Their number: one order, however often and by whatever way it arrives.
  number text not null,
  -- Fields as they came; personal data, blanked with its case (design rule 8).
  content jsonb,
  content_hash text not null,
  started_at timestamptz not null,
  received_at timestamptz not null,
  way text not null check (way in ('http', 'csv', 'paste')),
  key_id uuid,
  received_by uuid,
  -- waiting: of an imported file, taken in by and by; to-complete: a person must choose or add something; set-aside: no
  -- demand of ours, with the reason in words.
  state text not null check (state in ('waiting', 'to-complete', 'accepted', 'set-aside')),
  -- What keeps it from becoming a case, as codes.
  faults text[] not null default '{}',
  case_id uuid,
  decided_by uuid,
  decided_at timestamptz,
  note text,
  primary key (company_id, id),
  unique (company_id, door, number),
  foreign key (company_id, key_id) references door_keys (company_id, id),
  foreign key (company_id, received_by) references people (company_id, id),
  foreign key (company_id, decided_by) references people (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  check ((state = 'accepted') = (case_id is not null)),
  check (key_id is not null or received_by is not null)
);
create index outside_orders_received on outside_orders (company_id, received_at desc, id desc);
create index outside_orders_waiting on outside_orders (received_at) where state = 'waiting';
create index outside_orders_case on outside_orders (company_id, case_id) where case_id is not null;

-- The same number with other content: kept, and shown until somebody has seen it.
create table outside_order_updates (
  company_id uuid not null,
  id uuid not null,
  outside_order_id uuid not null,
  content jsonb,
  content_hash text not null,
  at timestamptz not null,
  seen_by uuid,
  seen_at timestamptz,
  primary key (company_id, id),
  unique (company_id, outside_order_id, content_hash),
  foreign key (company_id, outside_order_id) references outside_orders (company_id, id),
  foreign key (company_id, seen_by) references people (company_id, id)
);

-- What goes back to them, in their fields. A new round after they sent the last one back.
create table outside_replies (
  company_id uuid not null,
  id uuid not null,
  outside_order_id uuid not null,
  round integer not null check (round > 0),
  -- Field id → text; personal data, blanked with its case.
  fields jsonb,
  made_by uuid not null,
  made_at timestamptz not null,
  handed_at timestamptz,
  handed_way text check (handed_way in ('http', 'csv', 'copy')),
  handed_by uuid,
  returned_at timestamptz,
  return_reason text,
  primary key (company_id, id),
  unique (company_id, outside_order_id, round),
  foreign key (company_id, outside_order_id) references outside_orders (company_id, id),
  foreign key (company_id, made_by) references people (company_id, id),
  foreign key (company_id, handed_by) references people (company_id, id),
  check ((handed_at is null) = (handed_way is null)),
  check (returned_at is null or handed_at is not null)
);
create index outside_replies_ready on outside_replies (company_id, made_at) where handed_at is null;

-- 申诉: we say that an order is not ours, or not as they describe it.
create table outside_objections (
  company_id uuid not null,
  id uuid not null,
  outside_order_id uuid not null,
  reason text not null check (reason in ('not-ours', 'duplicate', 'facts-differ', 'unreachable', 'start-wrong')),
  words text not null,
  evidence text not null,
  raised_by uuid not null,
  raised_at timestamptz not null,
  state text not null check (state in ('raised', 'upheld', 'rejected', 'withdrawn')),
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  primary key (company_id, id),
  foreign key (company_id, outside_order_id) references outside_orders (company_id, id),
  foreign key (company_id, raised_by) references people (company_id, id),
  foreign key (company_id, answered_by) references people (company_id, id),
  check ((state = 'raised') = (answered_at is null))
);
create unique index outside_objections_open on outside_objections (company_id, outside_order_id) where state = 'raised';

-- How often somebody reported by the customers' own page in an hour.
-- Counted in the database, so that any number of programs count together. `subject` is a hash, never a number or address.
create table page_limits (
  company_id uuid not null references companies (company_id),
  subject text not null,
  hour timestamptz not null,
  n integer not null,
  primary key (company_id, subject, hour)
);
