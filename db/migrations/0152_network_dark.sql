-- Since when a place in the grid has been without supply, by which switching, and which one ended it: kept by the switchings themselves.
-- A dark transformer is one row for everything below it; a device of low voltage has its own row only while its transformer is supplied.
create table network_dark (
  company_id uuid not null,
  device_id uuid not null,
  began_by uuid not null,
  since timestamptz not null,
  until timestamptz,
  ended_by uuid,
  primary key (company_id, device_id, began_by),
  foreign key (company_id, device_id) references network_devices (company_id, id),
  foreign key (company_id, began_by) references network_switchings (company_id, id),
  foreign key (company_id, ended_by) references network_switchings (company_id, id),
  check (since <= until),
  check ((until is null) = (ended_by is null))
);
create unique index network_dark_now on network_dark (company_id, device_id) where until is null;
create index network_dark_since on network_dark (company_id, since);
