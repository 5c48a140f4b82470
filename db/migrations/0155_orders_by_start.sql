-- 五个一晨报 asks for the faults that were reported within two weeks, of all that ever were.
create index orders_started on orders (company_id, process, started_at);
