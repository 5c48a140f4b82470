-- One effect per key: the answer of a write is kept with it and given again when the client repeats (design rule 4).
create table idempotency_keys (
  company_id uuid not null,
  actor_id uuid not null,
  key text not null,
  request_hash text not null,
  response jsonb,
  created_at timestamptz not null,
  primary key (company_id, actor_id, key)
);
