-- What the demo's gateways show in place of sending: only a demo company, whose people are all invented, has such rows.
create table demo_messages (
  company_id uuid not null,
  outbox_id uuid not null,
  receiver text not null,
  body text not null,
  primary key (company_id, outbox_id),
  foreign key (company_id, outbox_id) references outbox (company_id, id)
);
