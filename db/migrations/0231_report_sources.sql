-- What was heard when, by source: an hour without a word from a source that is cut off is missing data, and no quiet hour.
create index outage_reports_received on outage_reports (company_id, received_at);
