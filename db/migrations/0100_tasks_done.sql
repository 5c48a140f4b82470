-- Where work waits longest is asked of the last sixty days; without this the whole history of tasks is read for it.
create index tasks_done on tasks (company_id, ended_at) where state = 'done';
