-- The board of the control centre is kept up by what happened since it was looked at last: on orders (order_events_recorded) and on cases.
create index case_events_recorded on case_events (company_id, recorded_at);
