-- What a customer reported by the page himself: where, so that his neighbours are told what is known already.
create table page_reports (
  company_id uuid not null,
  case_id uuid not null,
  item text not null,
  division_code text,
  at timestamptz not null,
  primary key (company_id, case_id),
  foreign key (company_id, case_id) references cases (company_id, id),
  foreign key (company_id, division_code) references service_areas (company_id, division_code)
);
create index page_reports_division on page_reports (company_id, division_code, at) where division_code is not null;
