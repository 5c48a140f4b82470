-- A pause of an order: one reason, one evidence, and the clocks that the table of the handbook lets it stop.
create table clock_pauses (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  -- A reason of the handbook (pauses.yaml), and how it is approved.
  reason text not null,
  approval text not null check (approval in ('none', 'before', 'afterwards')),
  evidence text not null check (evidence in ('recording', 'message', 'paper', 'photo', 'record')),
  -- The words lie in case_texts, where they can be blanked.
  note_text_id uuid,
  -- asked: counts nothing yet; provisional: stops already, may be rejected; standing: stops; rejected, withdrawn: never was.
  state text not null check (state in ('asked', 'provisional', 'standing', 'rejected', 'withdrawn')),
  -- Half-open; `to_at` null: until somebody resumes. While it is asked only the wished end is known.
  from_at timestamptz,
  to_at timestamptz,
  asked_by uuid not null,
  asked_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  ended_by uuid,
  primary key (company_id, id),
  foreign key (company_id, order_id) references orders (company_id, id),
  foreign key (company_id, asked_by) references people (company_id, id),
  foreign key (company_id, decided_by) references people (company_id, id),
  check (state not in ('provisional', 'standing') or from_at is not null),
  check (to_at is null or from_at is null or to_at >= from_at),
  -- Two persons.
  check (decided_by is null or decided_by <> asked_by)
);
create index clock_pauses_order on clock_pauses (company_id, order_id);

create table clock_pause_clocks (
  company_id uuid not null,
  pause_id uuid not null,
  clock_id uuid not null,
  primary key (company_id, pause_id, clock_id),
  foreign key (company_id, pause_id) references clock_pauses (company_id, id),
  foreign key (company_id, clock_id) references clocks (company_id, id)
);
create index clock_pause_clocks_clock on clock_pause_clocks (company_id, clock_id);
