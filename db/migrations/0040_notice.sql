-- notice: what goes out. A message is a row written in the transaction that causes it (design rule 3).

create table outbox (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  -- One message a key, however often its cause is repeated: `case-accepted:<case>`, `clock-late:<clock>:100:1`.
  key text not null,
  channel text not null check (channel in ('sms', 'mail', 'desk')),
  -- Names a text of the catalogue; what it says is put together when it is sent.
  template text not null,
  -- To whom: a customer through his case, or a person of the staff.
  case_id uuid,
  person_id uuid,
  -- Ids, codes and numbers only (design rule 8).
  data jsonb not null default '{}',
  run_at timestamptz not null,
  created_at timestamptz not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'withdrawn')),
  attempts integer not null default 0,
  -- The gateway's own number of the message, and the last thing that went wrong as a code.
  gateway_id text,
  fault text,
  sent_at timestamptz,
  primary key (company_id, id),
  unique (company_id, key),
  check ((case_id is null) <> (person_id is null))
);
create index outbox_due on outbox (run_at) where state = 'waiting';
create index outbox_case on outbox (company_id, case_id, created_at) where case_id is not null;
create index outbox_person on outbox (company_id, person_id, created_at desc) where person_id is not null;
