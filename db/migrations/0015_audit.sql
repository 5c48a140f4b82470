-- audit: who did or read what. Rows are inserted unchained; one sealer per company chains committed rows every second.

create table audit_entries (
  company_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  session_id uuid,
  action text not null,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  object_type text not null,
  object_id text not null,
  -- Ids, codes, numbers and enumerated values only; never personal data (design rule 8).
  detail jsonb not null default '{}',
  primary key (company_id, id)
);
create index audit_entries_object on audit_entries (company_id, object_type, object_id, at);
create index audit_entries_actor on audit_entries (company_id, actor_id, at);

-- The chain: hash = SHA-256(previous hash ‖ canonical text of the entry).
create table audit_seals (
  company_id uuid not null,
  seq bigint not null,
  entry_id uuid not null,
  hash text not null,
  sealed_at timestamptz not null,
  primary key (company_id, seq),
  unique (company_id, entry_id),
  foreign key (company_id, entry_id) references audit_entries (company_id, id)
);

create table audit_heads (
  company_id uuid not null,
  day date not null,
  seq bigint not null,
  hash text not null,
  exported_at timestamptz not null,
  primary key (company_id, day)
);

create function audit_guard() returns trigger language plpgsql as $$
begin
  raise exception 'audit rows are never changed or removed (%)', tg_op using errcode = '42501';
end $$;

create trigger audit_entries_guard before update or delete or truncate on audit_entries
  for each statement execute function audit_guard();
create trigger audit_seals_guard before update or delete or truncate on audit_seals
  for each statement execute function audit_guard();
