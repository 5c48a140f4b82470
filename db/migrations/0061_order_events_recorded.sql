-- What moved since the last look: live updates ask this once a second in each process.
create index order_events_recorded on order_events (company_id, recorded_at);
