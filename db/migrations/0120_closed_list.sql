-- A case with a closed list is read by these units alone, whoever else is given access (design rule 2: reports on staff).
-- Which units is data of the process (`closedTo` in the handbook), fixed when the case is accepted.
alter table cases add column closed_to uuid[];
update cases set closed_to = array(select u.id from units u where u.company_id = cases.company_id
    and u.code in ('discipline', 'leading-group') and u.id is distinct from cases.accused_unit_id)
  where cases.process = 'report';
-- Few: whoever asks for counts or for what moved leaves them out by this.
create index cases_closed on cases (company_id, id) where closed_to is not null;
