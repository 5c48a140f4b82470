-- A group of customers may be everything below a device: then its households are counted from the network. `way`: how it was
-- energised; `otherwise_supplied`: households below the device that kept their supply by another one, and are not counted.
alter table supply_groups add column device_id uuid;
alter table supply_groups add column otherwise_supplied integer not null default 0 check (otherwise_supplied >= 0);
alter table supply_groups add column way text check (way in ('repair', 'transfer', 'generator'));
alter table supply_groups add foreign key (company_id, device_id) references network_devices (company_id, id);
