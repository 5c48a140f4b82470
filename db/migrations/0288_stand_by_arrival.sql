-- When the crew said that it is where it was asked to wait; until then it is only expected there.
alter table crew_stand_bys add column arrived_at timestamptz check (arrived_at >= asked_at);
