-- What waits is taken in its order along an index: a backlog of a storm is not read and sorted for every sixteen messages.

drop index outbox_due;
create index outbox_due on outbox (company_id, channel, run_at, id) where state = 'waiting';
