-- What an exercise found has one person who puts it right. Whoever runs exercises looks whether it holds; where it does not it is open
-- again, with a new day.
alter table drill_findings
  add column owner_id uuid,
  add column checked_by uuid,
  add column checked_at timestamptz,
  add column times_reopened integer not null default 0,
  add foreign key (company_id, owner_id) references people (company_id, id),
  add foreign key (company_id, checked_by) references people (company_id, id),
  add check ((checked_at is null) = (checked_by is null)),
  add check (checked_by is null or (closed_at is not null and checked_by <> closed_by));
create index drill_findings_unchecked on drill_findings (company_id, due_at) where checked_at is null;
