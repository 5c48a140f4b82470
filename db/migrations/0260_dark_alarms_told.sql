-- When the leaders were told. Many at once are one message, so that being raised and being told are two moments.
alter table dark_alarms add column told_at timestamptz;
update dark_alarms set told_at = raised_at;
alter table dark_alarms add check (told_at >= raised_at);
create index dark_alarms_told on dark_alarms (company_id, told_at);
