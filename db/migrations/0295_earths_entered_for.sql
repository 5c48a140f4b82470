-- The removal of earths that the dispatch centre enters for the crew (代录), because who laid them is off duty or cannot be reached by
-- his own phone: who told it, by which way and why he did not enter it himself. `lifted_at` is when they were removed by his word,
-- `lifted_entered_at` when it was written down; both are null where the crew's own step recorded it.
alter table laid_earths
  add column lifted_told_by uuid,
  add column lifted_way text check (lifted_way in ('phone', 'face')),
  add column lifted_why text check (lifted_why in ('off-duty', 'device', 'no-signal', 'reported-by-phone')),
  add column lifted_entered_at timestamptz,
  add foreign key (company_id, lifted_told_by) references people (company_id, id),
  add check ((lifted_told_by is null) = (lifted_way is null)),
  add check ((lifted_told_by is null) = (lifted_why is null)),
  add check ((lifted_told_by is null) = (lifted_entered_at is null)),
  add check (lifted_told_by is null or lifted_at is not null);
