-- How a customer wants to be reached, and in which language he reads. A case keeps the language that he chose on its page:
-- whoever stands behind a link may be no customer of ours yet.
alter table customers
  add column email text,
  add column reach_by text not null default 'sms' check (reach_by in ('sms', 'mail')),
  add column language text not null default 'zh' check (language in ('zh', 'en')),
  add constraint customers_mail_needs_address check (reach_by = 'sms' or email is not null);
alter table cases add column language text check (language in ('zh', 'en'));

-- Of the staff: whether a mail in the morning says what waits.
alter table people add column mail_digest boolean not null default false;
