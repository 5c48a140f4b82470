-- Who sent an SMS that answers nothing of ours: the number that our answer goes to, be it known or not. It can be blanked; the outbox keeps
-- the id only.
create table sms_senders (
  company_id uuid not null references companies (company_id),
  id uuid not null,
  phone text,
  language text not null check (language in ('zh', 'en')),
  heard_at timestamptz not null,
  primary key (company_id, id)
);
create index sms_senders_phone on sms_senders (company_id, phone, heard_at) where phone is not null;
alter table outbox add column sender_id uuid;
create index outbox_sender on outbox (company_id, sender_id) where sender_id is not null;
alter table outbox drop constraint outbox_one_receiver;
alter table outbox add constraint outbox_one_receiver check (num_nonnulls(case_id, person_id, household_id, sender_id) = 1);
alter table cases drop constraint cases_channel_check;
alter table cases add constraint cases_channel_check
  check (channel in ('hall', 'phone', 'web', 'sms', '95598', '12398', '12345', 'visit', 'letter', 'other'));
