-- Calls that we owe were two lists: to customers of a case, and to whoever was cut off on the telephone. One list, with one
-- record of tries. A call-back is owed for a case or for a call that was lost, never for both.
alter table owed_calls
  alter column case_id drop not null,
  add column call_id uuid,
  add constraint owed_calls_call_fk foreign key (company_id, call_id) references calls (company_id, id),
  add constraint owed_calls_call_once unique (company_id, call_id),
  drop constraint owed_calls_reason_check,
  add constraint owed_calls_reason_check
    check (reason in ('dissatisfied', 'not-solved-again', 'promised', 'dropped', 'missed')),
  add constraint owed_calls_of_check
    check (num_nonnulls(case_id, call_id) = 1 and (call_id is not null) = (reason in ('dropped', 'missed')));

insert into owed_calls (company_id, id, call_id, unit_id, reason, due_at, owed_at, state, ended_at)
select c.company_id, c.id, c.id, c.unit_id, c.state, c.owed_until, coalesce(c.ended_at, c.rang_at),
  case when c.owed_done_at is null then 'open' else 'reached' end, c.owed_done_at
from calls c where c.owed_until is not null and c.state in ('dropped', 'missed');

insert into call_attempts (company_id, id, owed_call_id, by_person_id, at, outcome)
select c.company_id, c.id, c.id, c.owed_done_by, c.owed_done_at, 'reached'
from calls c where c.owed_until is not null and c.state in ('dropped', 'missed') and c.owed_done_at is not null;

alter table calls drop column owed_until, drop column owed_done_at, drop column owed_done_by;
