-- A customer who was rung and said whether it is solved has given his word: the link does not ask again.
alter table case_evaluations drop constraint case_evaluations_source_check, drop constraint case_evaluations_check1;
alter table case_evaluations
  add constraint case_evaluations_source_check check (source in ('page', 'sms', 'counter', 'call')),
  add constraint case_evaluations_by_check check ((source in ('counter', 'call')) = (by_person_id is not null));
