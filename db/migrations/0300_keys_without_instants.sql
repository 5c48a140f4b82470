-- Keys that were instants: what happened twice in one millisecond ended in an error that nobody could act upon.
-- A case that comes back to an order that it was taken off has its next row there.
alter table case_orders add column nth smallint not null default 1;
update case_orders set nth = counted.nth
from (select l.company_id, l.case_id, l.order_id, l.linked_at,
        row_number() over (partition by l.company_id, l.case_id, l.order_id order by l.linked_at) as nth
      from case_orders l) counted
where counted.nth > 1 and case_orders.company_id = counted.company_id and case_orders.case_id = counted.case_id
  and case_orders.order_id = counted.order_id and case_orders.linked_at = counted.linked_at;
alter table case_orders drop constraint case_orders_pkey, add primary key (company_id, case_id, order_id, nth);

alter table erasures add column id uuid;
update erasures set id = gen_random_uuid();
alter table erasures alter column id set not null,
  drop constraint erasures_pkey, add primary key (company_id, id);
create index erasures_household on erasures (company_id, household_id);

-- One row is one call that is owed, whatever else was owed at that moment.
alter table owed_calls drop constraint owed_calls_company_id_case_id_reason_owed_at_key;
create index owed_calls_case on owed_calls (company_id, case_id) where case_id is not null;
