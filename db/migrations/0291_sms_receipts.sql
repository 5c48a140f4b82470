-- What the gateway says of a message that it took: the phone has it, or never got it.
alter table outbox add column delivered_at timestamptz;
alter table outbox add column undelivered_at timestamptz;
