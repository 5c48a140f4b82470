-- What a crew was expected to need when it was sent: until it is through with it, that much of the stock of its point is spoken for.
alter table crew_assignments add column materials jsonb not null default '{}';
