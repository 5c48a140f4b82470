-- 抽样评价: each month some of the help that a department gave to others is put to the front office: did it help?
create table support_reviews (
  company_id uuid not null,
  id uuid not null,
  -- The month in which the help was given, `2026-11`.
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  request_id uuid not null,
  -- The front office that is asked: the unit that took the case in.
  front_unit_id uuid not null,
  drawn_at timestamptz not null,
  verdict text check (verdict in ('helped', 'partly', 'not')),
  -- What was said beside it, in a row of the case that can be blanked.
  words_id uuid,
  reviewed_by uuid,
  reviewed_at timestamptz,
  primary key (company_id, id),
  unique (company_id, request_id),
  foreign key (company_id, request_id) references joint_requests (company_id, id),
  foreign key (company_id, front_unit_id) references units (company_id, id),
  foreign key (company_id, words_id) references case_texts (company_id, id),
  foreign key (company_id, reviewed_by) references people (company_id, id),
  check ((verdict is null) = (reviewed_by is null)),
  check ((verdict is null) = (reviewed_at is null))
);
create index support_reviews_front on support_reviews (company_id, front_unit_id) where verdict is null;
create index support_reviews_month on support_reviews (company_id, month);
