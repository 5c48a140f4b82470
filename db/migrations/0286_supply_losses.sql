-- An important user with several supplies that has lost some: whoever looks after it is told at once, and again when they are back.
create table supply_losses (
  company_id uuid not null,
  household_id uuid not null,
  incident_id uuid not null,
  supplies integer not null check (supplies > 1),
  lost integer not null check (lost > 0 and lost < supplies),
  -- Without any outage at that moment.
  remaining integer not null check (remaining >= 0 and remaining < supplies),
  lost_at timestamptz not null,
  -- Nobody looks after it: the dispatchers were told.
  manager_id uuid,
  returned_at timestamptz check (returned_at >= lost_at),
  primary key (company_id, household_id, incident_id),
  foreign key (company_id, household_id) references households (company_id, id),
  foreign key (company_id, incident_id) references outage_incidents (company_id, id),
  foreign key (company_id, manager_id) references people (company_id, id)
);
create index supply_losses_open on supply_losses (company_id, household_id) where returned_at is null;
create index supply_losses_incident on supply_losses (company_id, incident_id);
