-- A message may be for a household that asked for nothing: whoever will be without supply is told.
alter table outbox add column household_id uuid;
alter table outbox drop constraint outbox_check;
alter table outbox add constraint outbox_one_receiver check (num_nonnulls(case_id, person_id, household_id) = 1);
create index outbox_household on outbox (company_id, household_id, created_at desc) where household_id is not null;
