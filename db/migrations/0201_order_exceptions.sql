-- 五个一: why one of the five was not kept, chosen by whoever caused it, from the handbook in force. The words lie with the case.
create table order_exceptions (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  one text not null check (one in ('report', 'order', 'crew', 'arrival', 'fix')),
  reason text not null,
  -- Nobody's fault: it counts only when the customers were told, and then.
  excuse boolean not null,
  told_at timestamptz,
  by_id uuid not null,
  at timestamptz not null,
  text_id uuid,
  primary key (company_id, id),
  foreign key (company_id, order_id) references orders (company_id, id),
  foreign key (company_id, by_id) references people (company_id, id),
  foreign key (company_id, text_id) references case_texts (company_id, id)
);
create index order_exceptions_order on order_exceptions (company_id, order_id);
