-- Whoever saw the personal data of a case because it is his task is noted once a person and case (design rule 2).
create table case_readers (
  company_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  primary key (company_id, case_id, person_id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, person_id) references people (company_id, id)
);
create index case_readers_person on case_readers (company_id, person_id, at);

create index audit_entries_at on audit_entries (company_id, at desc, id desc);
