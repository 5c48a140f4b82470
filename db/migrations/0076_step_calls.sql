-- Calls of a step of the process (回访) are tried under the same rules as calls that are owed (R109); a try belongs to one of the two.
alter table call_attempts
  alter column owed_call_id drop not null,
  add column task_id uuid,
  add constraint call_attempts_task_fk foreign key (company_id, task_id) references tasks (company_id, id),
  add constraint call_attempts_of_check check (num_nonnulls(owed_call_id, task_id) = 1);
create index call_attempts_task on call_attempts (company_id, task_id, at) where task_id is not null;
