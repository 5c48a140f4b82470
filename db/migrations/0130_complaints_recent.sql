-- R037 counts the complaints of one customer of the last weeks by household, person and phone: complaints are few among cases.
create index cases_complaints on cases (company_id, accepted_at) where case_type = 'TS';
