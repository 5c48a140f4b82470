-- Customers who lose their supply together get it back in groups; energised, repaired and supplied again are three times, the
-- last one per group (domain-rules §13.0). A group is a part of the network, no person.
create table supply_groups (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  label text not null,
  households integer not null check (households > 0),
  energised_at timestamptz,
  resupplied_at timestamptz,
  added_by uuid not null,
  added_at timestamptz not null,
  primary key (company_id, id),
  unique (company_id, order_id, label),
  foreign key (company_id, order_id) references orders (company_id, id),
  foreign key (company_id, added_by) references people (company_id, id),
  check (resupplied_at is null or energised_at <= resupplied_at)
);
