-- In a storm tens of thousands of clocks and tasks open within minutes, and the planner still believes in the few that there were at the
-- last analyze: it walked all that run for each order (27 ms a case, measured at 300,000 households). An index by order over just these is
-- never dearer than that walk, whatever the statistics say.
create index clocks_running on clocks (company_id, order_id, due_at) where state = 'running';
create index tasks_open on tasks (company_id, order_id) where state = 'open';

-- A tenth of two million rows, the default, is an hour of a storm: until then every plan is that of a quiet day.
alter table clocks set (autovacuum_analyze_scale_factor = 0.01);
alter table tasks set (autovacuum_analyze_scale_factor = 0.01);
alter table orders set (autovacuum_analyze_scale_factor = 0.01);
alter table cases set (autovacuum_analyze_scale_factor = 0.01);
alter table case_orders set (autovacuum_analyze_scale_factor = 0.01);
