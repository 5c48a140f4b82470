-- 待命: an idle crew was asked to wait at another point, because faults will come where nobody is near. It ends when the crew is sent,
-- called back or asked elsewhere; with its shift it is over.
create table crew_stand_bys (
  company_id uuid not null,
  id uuid not null,
  crew_id uuid not null,
  grid_point_id uuid not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  expected_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  end_reason text check (end_reason in ('sent', 'called-back', 'asked-elsewhere')),
  primary key (company_id, id),
  foreign key (company_id, crew_id) references crews (company_id, id),
  foreign key (company_id, grid_point_id) references grid_points (company_id, id),
  foreign key (company_id, asked_by) references people (company_id, id),
  foreign key (company_id, ended_by) references people (company_id, id),
  check ((ended_at is null) = (end_reason is null))
);
create unique index crew_stand_bys_one on crew_stand_bys (company_id, crew_id) where ended_at is null;
