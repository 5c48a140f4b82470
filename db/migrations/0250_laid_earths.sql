-- Earths that crews have laid, by the order they work on, until their removal is recorded: whatever way the order takes meanwhile, they
-- lie there. Nothing is switched onto them, and nothing ends while they do.
create table laid_earths (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  earths integer not null check (earths > 0),
  laid_at timestamptz not null,
  laid_by uuid not null,
  lifted_at timestamptz,
  lifted_by uuid,
  primary key (company_id, id),
  foreign key (company_id, order_id) references orders (company_id, id),
  foreign key (company_id, laid_by) references people (company_id, id),
  foreign key (company_id, lifted_by) references people (company_id, id),
  check ((lifted_at is null) = (lifted_by is null))
);
create unique index laid_earths_now on laid_earths (company_id, order_id) where lifted_at is null;
