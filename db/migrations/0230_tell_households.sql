-- 告知停电客户: whoever is dark and did not report is told as well, once each time that something is said.

-- He does not want to hear of outages by message: he answered so, or said it at the counter.
alter table customers add column outage_news boolean not null default true;

-- Whether the program tells by itself, since when and by whose word; the last row holds.
create table telling_settings (
  company_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  by_id uuid not null,
  automatic boolean not null,
  primary key (company_id, id),
  foreign key (company_id, by_id) references people (company_id, id)
);
create index telling_settings_at on telling_settings (company_id, at desc);

-- `late`: the time that was said has passed, and nobody has another. `grown`: more are dark than were told.
alter table outage_groups
  drop constraint outage_groups_last_news_check,
  add constraint outage_groups_last_news_check check (last_news in ('sought', 'crew-sent', 'crew-there', 'awaiting-permission',
    'repairing', 'estimate', 'moved', 'late', 'partly-back', 'back')),
  drop constraint outage_groups_why_check,
  add constraint outage_groups_why_check check (why in ('first', 'regular', 'before-estimate', 'estimate-moved', 'grown', 'restored')),
  -- Of those who did not report: so many were dark when they were last told.
  add column told_households integer check (told_households >= 0),
  -- So many would have had a message that the program did not send: it waits for a human's yes.
  add column held_households integer check (held_households > 0),
  -- The program tried and had nothing to say or nobody to say it to.
  add column tried_at timestamptz;

alter table outage_tellings
  drop constraint outage_tellings_news_check,
  add constraint outage_tellings_news_check check (news in ('sought', 'crew-sent', 'crew-there', 'awaiting-permission', 'repairing',
    'estimate', 'moved', 'late', 'partly-back', 'back')),
  -- Nobody: the program said it on its own, as it asks whoever reported when supply is back.
  alter column told_by drop not null,
  -- By the program, in the name of who allowed it.
  add column automatic boolean not null default false,
  -- Households that no message can reach: no number, or they do not want any.
  add column unreached integer not null default 0 check (unreached >= 0);
create index outage_tellings_households on outage_tellings (company_id, told_at) where audience = 'households' and messages > 0;

-- Which household was told what, by which row of the outbox.
create table outage_told_households (
  company_id uuid not null,
  message_id uuid not null,
  telling_id uuid not null,
  order_id uuid not null,
  household_id uuid not null,
  customer_id uuid not null,
  news text not null check (news in ('sought', 'crew-sent', 'crew-there', 'awaiting-permission', 'repairing', 'estimate', 'moved', 'late',
    'partly-back', 'back')),
  estimated_at timestamptz,
  told_at timestamptz not null,
  primary key (company_id, message_id),
  foreign key (company_id, telling_id) references outage_tellings (company_id, id),
  foreign key (company_id, household_id) references households (company_id, id)
);
create index outage_told_households_telling on outage_told_households (company_id, telling_id);
create index outage_told_households_customer on outage_told_households (company_id, order_id, customer_id, told_at desc);
create index outage_told_households_household on outage_told_households (company_id, household_id, told_at desc);

-- Important users are few, and looked for at every turn.
create index households_important on households (company_id, id) where important_grade is not null;

-- Whose number answers an SMS.
create index customers_phone on customers (company_id, phone) where phone is not null;
