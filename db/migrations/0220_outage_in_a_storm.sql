-- What inference and its orders read every second must not walk through what a county has heard over the years.

-- Demands of an incident that was merged follow it.
create index outage_incident_events_merged on outage_incident_events (company_id, at) where type = 'merged';
-- Answers of meters that belong to no incident, of the last hours.
create index outage_reports_answers on outage_reports (company_id, received_at) where says <> 'off' and incident_id is null;
-- What a device said last.
create index outage_reports_device on outage_reports (company_id, device_id, at desc) where device_id is not null;
-- Who hangs on a device of low voltage.
create index network_supplies_device on network_supplies (company_id, device_id) where until is null;
-- What was not asked yet after its supply came back.
create index outage_incidents_unasked on outage_incidents (company_id, restored_at) where state = 'restored' and asked_at is null;

-- The hours in which a head-end was in contact: an hour without a row is missing data and no quiet grid.
create table outage_source_contacts (
  company_id uuid not null,
  key_id uuid not null,
  hour timestamptz not null,
  primary key (company_id, key_id, hour),
  foreign key (company_id, key_id) references door_keys (company_id, id)
);
create index outage_source_contacts_hour on outage_source_contacts (company_id, hour);
