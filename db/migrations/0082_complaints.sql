-- The complaint desk (投诉处置台): who keeps away, grades with their duties, verdicts, appeals, reclassification.

-- Who keeps away from a case beside the unit complained about: a person by recusal (回避) or because he is complained about, a
-- unit that was found liable. They see nothing of it, get none of its work and judge nothing of it.
create table case_kept_away (
  company_id uuid not null,
  case_id uuid not null,
  -- A person or a unit.
  who uuid not null,
  kind text not null check (kind in ('recused', 'accused-person', 'liable-unit')),
  -- Why, in a row that can be blanked.
  reason_id uuid,
  by_person_id uuid not null,
  at timestamptz not null,
  primary key (company_id, case_id, who),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, reason_id) references case_texts (company_id, id),
  foreign key (company_id, by_person_id) references people (company_id, id)
);

create table complaint_grades (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  grade text not null check (grade in ('general', 'important', 'major', 'special')),
  complaint_class text not null,
  -- Codes of the criteria that were met (domain-rules §3.3).
  reasons text[] not null,
  by_person_id uuid not null,
  at timestamptz not null,
  primary key (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, by_person_id) references people (company_id, id)
);
create index complaint_grades_case on complaint_grades (company_id, case_id, at);

-- What a grade, or the third complaint about one matter (R037), obliges to.
create table complaint_duties (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  duty text not null,
  post text not null,
  owed_at timestamptz not null,
  due_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  primary key (company_id, id),
  unique (company_id, case_id, duty),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, done_by) references people (company_id, id),
  check ((done_at is null) = (done_by is null))
);

-- 责任认定. The one that stands, and those that an appeal or a new investigation replaced.
create table complaint_verdicts (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  verdict text not null check (verdict in ('founded', 'partly', 'unfounded')),
  liability text not null check (liability in ('none', 'unit', 'person', 'outside')),
  liable_unit_id uuid,
  -- Facts and grounds as the liable unit reads them: without a word that tells who complained.
  grounds_id uuid not null,
  given_by uuid not null,
  given_at timestamptz not null,
  state text not null check (state in ('standing', 'replaced')),
  primary key (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, liable_unit_id) references units (company_id, id),
  foreign key (company_id, grounds_id) references case_texts (company_id, id),
  foreign key (company_id, given_by) references people (company_id, id),
  check ((liability in ('unit', 'person')) = (liable_unit_id is not null))
);
create unique index complaint_verdicts_standing on complaint_verdicts (company_id, case_id) where state = 'standing';
create index complaint_verdicts_unit on complaint_verdicts (company_id, liable_unit_id, given_at)
  where liable_unit_id is not null;

-- 申诉: once for each verdict, by the unit held liable.
create table verdict_appeals (
  company_id uuid not null,
  id uuid not null,
  verdict_id uuid not null,
  unit_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  words_id uuid not null,
  result text check (result in ('upheld', 'changed')),
  decided_by uuid,
  decided_at timestamptz,
  grounds_id uuid,
  primary key (company_id, id),
  unique (company_id, verdict_id),
  foreign key (company_id, verdict_id) references complaint_verdicts (company_id, id),
  foreign key (company_id, unit_id) references units (company_id, id),
  foreign key (company_id, asked_by) references people (company_id, id),
  foreign key (company_id, decided_by) references people (company_id, id),
  foreign key (company_id, words_id) references case_texts (company_id, id),
  foreign key (company_id, grounds_id) references case_texts (company_id, id),
  check ((result is null) = (decided_by is null)),
  check (decided_by is null or decided_by <> asked_by)
);

-- 改类 投诉 → 意见: asked by one, decided by another outside the unit concerned; it stays as a trail.
create table reclassifications (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  from_type text not null,
  to_type text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  reason_id uuid not null,
  state text not null check (state in ('asked', 'approved', 'refused')),
  decided_by uuid,
  decided_at timestamptz,
  decision_id uuid,
  primary key (company_id, id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, asked_by) references people (company_id, id),
  foreign key (company_id, decided_by) references people (company_id, id),
  foreign key (company_id, reason_id) references case_texts (company_id, id),
  foreign key (company_id, decision_id) references case_texts (company_id, id),
  check ((state = 'asked') = (decided_by is null)),
  check (decided_by is null or decided_by <> asked_by)
);
create unique index reclassifications_open on reclassifications (company_id, case_id) where state = 'asked';
create index reclassifications_case on reclassifications (company_id, case_id, asked_at);
