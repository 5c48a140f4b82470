-- notice: the relay that sends what stands in the outbox, the links that customers come back by, the state of gateways.

alter table outbox
  -- Held by a relay until then, by the server's own clock; afterwards somebody else takes it over (kill -9).
  add column lease_until timestamptz,
  -- Not tried again before, by the server's own clock: a gateway does not run on the demo company's scaled time.
  add column next_try_at timestamptz,
  -- When the person opened it (bell).
  add column read_at timestamptz;
create index outbox_leased on outbox (lease_until) where state = 'sending';
create index outbox_queue on outbox (company_id, state, created_at desc) where channel <> 'desk';
create index outbox_rung on outbox (sent_at) where channel = 'desk' and state = 'sent';
create index outbox_told on outbox (company_id, sent_at) where channel = 'sms' and state = 'sent' and case_id is not null;

-- Where mail to a person of the staff goes.
alter table people add column email text;

-- One row a gateway that was ever used: failures in a row, and whether the alarm was given in this outage.
create table gateways (
  company_id uuid not null references companies (company_id),
  channel text not null check (channel in ('sms', 'mail')),
  failures integer not null,
  failed_since timestamptz,
  alarmed_at timestamptz,
  -- While it is down one message at a time tries whether it is back; server's own clock.
  next_probe_at timestamptz,
  primary key (company_id, channel)
);

-- What a customer holds in his hand: only the hash of the token is stored; it is made when the message is sent.
create table case_links (
  company_id uuid not null,
  token_hash text not null,
  case_id uuid not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (company_id, token_hash),
  foreign key (company_id, case_id) references cases (company_id, id)
);
create index case_links_case on case_links (company_id, case_id);

-- Wrong answers to "the last four digits of your phone", whatever link they came by.
create table case_link_tries (
  company_id uuid not null,
  case_id uuid not null,
  failures integer not null,
  locked_until timestamptz,
  primary key (company_id, case_id),
  foreign key (company_id, case_id) references cases (company_id, id)
);
