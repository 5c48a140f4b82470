-- platform: what belongs to no module.

-- The scaled clock of a demo company: business time = base + (real time − anchor) × factor. One row, so that every
-- process and every restart agrees.
create table business_clock (
  only_row boolean primary key default true check (only_row),
  anchor timestamptz not null,
  base timestamptz not null,
  factor double precision not null check (factor > 0)
);
