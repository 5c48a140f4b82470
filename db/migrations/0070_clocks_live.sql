-- Clocks that live: each knows its next moment, and a sweep in every process fires what is due (design rule 3).

alter table clocks drop constraint clocks_state_check;
alter table clocks
  add constraint clocks_state_check check (state in ('running', 'paused', 'met', 'cancelled')),
  -- When each share of the counted time is used up: [{"percent": 50, "at": ms, "tellAt": ms | null}], made by planClock.
  add column schedule jsonb not null default '[]',
  -- The highest share that fired in this cycle. A new cycle begins when a calendar or a correction moves the deadline.
  add column fired smallint not null default 0,
  add column cycle integer not null default 1,
  -- The moment that the sweep waits for; null: none any more.
  add column next_at timestamptz,
  -- When it was broken, as recorded; it stays, whatever the computer's clock does afterwards.
  add column broken_at timestamptz,
  -- Met in time; null until met. Stored so that no list decides it again.
  add column kept boolean,
  -- The last change of calendars and limits that it was counted with (0071).
  add column basis_seq integer not null default 0;

update clocks set kept = clocks.stopped_at < clocks.due_at where clocks.state = 'met';
update clocks set next_at = clocks.due_at, schedule = jsonb_build_array(jsonb_build_object('percent', 100,
    'at', (extract(epoch from clocks.due_at) * 1000)::bigint, 'tellAt', (extract(epoch from clocks.due_at) * 1000)::bigint))
  where clocks.state = 'running';
alter table clocks add constraint clocks_kept_check check ((kept is not null) = (state = 'met'));

create index clocks_next on clocks (next_at) where next_at is not null;

-- What fired, once for each clock, share and cycle; it stays whatever happens to the deadline.
create table clock_firings (
  company_id uuid not null,
  clock_id uuid not null,
  percent smallint not null,
  cycle integer not null,
  -- Shares that had passed as well while nobody looked: one notice, not four.
  passed smallint[] not null,
  due_at timestamptz not null,
  -- The moment itself, and when the sweep noticed.
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (company_id, clock_id, percent, cycle),
  foreign key (company_id, clock_id) references clocks (company_id, id)
);
