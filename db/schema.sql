-- Made by `npm run db:dump` from db/migrations; a test fails when it is stale. Do not edit.

CREATE OR REPLACE FUNCTION public.audit_guard()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'audit rows are never changed or removed (%)', tg_op using errcode = '42501';
end $function$;

create sequence case_numbers as bigint start with 1 increment by 1 cache 1;

create table accounts (
  company_id uuid not null,
  person_id uuid not null,
  login text not null,
  password_hash text not null,
  password_changed_at timestamp with time zone not null,
  password_history text[] default '{}'::text[] not null,
  must_change boolean default false not null,
  failures integer default 0 not null,
  locked_until timestamp with time zone,
  disabled_at timestamp with time zone,
  constraint accounts_pkey PRIMARY KEY (company_id, person_id),
  constraint accounts_company_id_login_key UNIQUE (company_id, login)
);

create table appointments (
  company_id uuid not null,
  id uuid not null,
  hall_id uuid not null,
  day date not null,
  from_minute integer not null,
  household_id uuid,
  process text,
  name text,
  phone text,
  state text not null,
  call_id uuid,
  ticket_id uuid,
  booked_at timestamp with time zone not null,
  booked_by uuid not null,
  constraint appointments_pkey PRIMARY KEY (company_id, id),
  constraint appointments_state_check CHECK (state = ANY (ARRAY['booked'::text, 'arrived'::text, 'missed'::text, 'cancelled'::text]))
);
CREATE INDEX appointments_day ON appointments USING btree (company_id, hall_id, day, from_minute);

create table assignments (
  company_id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  post text not null,
  main boolean not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  constraint assignments_pkey PRIMARY KEY (company_id, person_id, unit_id, post, since)
);
CREATE UNIQUE INDEX assignments_main ON assignments USING btree (company_id, person_id) WHERE main AND until IS NULL;
CREATE INDEX assignments_unit ON assignments USING btree (company_id, unit_id, post) WHERE until IS NULL;

create table audit_entries (
  company_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  actor_id uuid,
  session_id uuid,
  action text not null,
  outcome text not null,
  object_type text not null,
  object_id text not null,
  detail jsonb default '{}'::jsonb not null,
  constraint audit_entries_pkey PRIMARY KEY (company_id, id),
  constraint audit_entries_outcome_check CHECK (outcome = ANY (ARRAY['done'::text, 'refused'::text, 'failed'::text]))
);
CREATE INDEX audit_entries_actor ON audit_entries USING btree (company_id, actor_id, at);
CREATE INDEX audit_entries_at ON audit_entries USING btree (company_id, at DESC, id DESC);
CREATE INDEX audit_entries_object ON audit_entries USING btree (company_id, object_type, object_id, at);

create table audit_heads (
  company_id uuid not null,
  day date not null,
  seq bigint not null,
  hash text not null,
  exported_at timestamp with time zone not null,
  constraint audit_heads_pkey PRIMARY KEY (company_id, day)
);

create table audit_seals (
  company_id uuid not null,
  seq bigint not null,
  entry_id uuid not null,
  hash text not null,
  sealed_at timestamp with time zone not null,
  constraint audit_seals_pkey PRIMARY KEY (company_id, seq),
  constraint audit_seals_company_id_entry_id_key UNIQUE (company_id, entry_id)
);

create table business_clock (
  only_row boolean default true not null,
  anchor timestamp with time zone not null,
  base timestamp with time zone not null,
  factor double precision not null,
  constraint business_clock_pkey PRIMARY KEY (only_row),
  constraint business_clock_factor_check CHECK (factor > 0::double precision),
  constraint business_clock_only_row_check CHECK (only_row)
);

create table calendar_years (
  company_id uuid not null,
  year smallint not null,
  change_id uuid not null,
  papers text[] not null,
  days jsonb not null,
  constraint calendar_years_pkey PRIMARY KEY (company_id, year, change_id)
);

create table call_attempts (
  company_id uuid not null,
  id uuid not null,
  owed_call_id uuid,
  by_person_id uuid not null,
  at timestamp with time zone not null,
  outcome text not null,
  text_id uuid,
  task_id uuid,
  constraint call_attempts_pkey PRIMARY KEY (company_id, id),
  constraint call_attempts_of_check CHECK (num_nonnulls(owed_call_id, task_id) = 1),
  constraint call_attempts_outcome_check CHECK (outcome = ANY (ARRAY['reached'::text, 'no-answer'::text, 'wrong-number'::text, 'declined'::text]))
);
CREATE INDEX call_attempts_call ON call_attempts USING btree (company_id, owed_call_id, at);
CREATE INDEX call_attempts_task ON call_attempts USING btree (company_id, task_id, at) WHERE task_id IS NOT NULL;

create table calls (
  company_id uuid not null,
  id uuid not null,
  phone text,
  household_id uuid,
  division_code text,
  case_id uuid,
  unit_id uuid not null,
  person_id uuid,
  device_id uuid,
  state text not null,
  rang_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  ended_at timestamp with time zone,
  mood text not null,
  escalation_risk boolean not null,
  recording_no text,
  blanked_at timestamp with time zone,
  moved_at timestamp with time zone not null,
  constraint calls_pkey PRIMARY KEY (company_id, id),
  constraint calls_mood_check CHECK (mood = ANY (ARRAY['calm'::text, 'upset'::text, 'furious'::text])),
  constraint calls_state_check CHECK (state = ANY (ARRAY['ringing'::text, 'talking'::text, 'done'::text, 'dropped'::text, 'missed'::text]))
);
CREATE INDEX calls_household ON calls USING btree (company_id, household_id, rang_at) WHERE household_id IS NOT NULL;
CREATE INDEX calls_moved ON calls USING btree (moved_at);
CREATE INDEX calls_person ON calls USING btree (company_id, person_id, rang_at);
CREATE INDEX calls_phone ON calls USING btree (company_id, phone, rang_at) WHERE phone IS NOT NULL;
CREATE UNIQUE INDEX calls_recording ON calls USING btree (company_id, recording_no) WHERE recording_no IS NOT NULL;

create table case_access (
  company_id uuid not null,
  unit_id uuid not null,
  case_id uuid not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  constraint case_access_pkey PRIMARY KEY (company_id, unit_id, case_id, since)
);
CREATE INDEX case_access_case ON case_access USING btree (company_id, case_id);

create table case_evaluations (
  company_id uuid not null,
  case_id uuid not null,
  round integer not null,
  source text not null,
  solved boolean not null,
  satisfied boolean not null,
  text_id uuid,
  by_person_id uuid,
  at timestamp with time zone not null,
  constraint case_evaluations_pkey PRIMARY KEY (company_id, case_id, round),
  constraint case_evaluations_by_check CHECK ((source = ANY (ARRAY['counter'::text, 'call'::text])) = (by_person_id IS NOT NULL)),
  constraint case_evaluations_check CHECK (solved OR NOT satisfied),
  constraint case_evaluations_source_check CHECK (source = ANY (ARRAY['page'::text, 'sms'::text, 'counter'::text, 'call'::text]))
);
CREATE INDEX case_evaluations_at ON case_evaluations USING btree (company_id, at);

create table case_events (
  company_id uuid not null,
  stream_id uuid not null,
  seq integer not null,
  type text not null,
  v smallint not null,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  actor_id uuid,
  data jsonb not null,
  constraint case_events_pkey PRIMARY KEY (company_id, stream_id, seq)
);
CREATE INDEX case_events_recorded ON case_events USING btree (company_id, recorded_at);

create table case_files (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  hash text,
  kind text not null,
  name text,
  bytes integer not null,
  width integer,
  height integer,
  source text not null,
  by_person_id uuid,
  at timestamp with time zone not null,
  blanked_at timestamp with time zone,
  constraint case_files_pkey PRIMARY KEY (company_id, id),
  constraint case_files_check CHECK ((source = 'staff'::text) = (by_person_id IS NOT NULL)),
  constraint case_files_kind_check CHECK (kind = ANY (ARRAY['jpeg'::text, 'png'::text, 'webp'::text, 'pdf'::text])),
  constraint case_files_source_check CHECK (source = ANY (ARRAY['staff'::text, 'customer'::text]))
);
CREATE INDEX case_files_hash ON case_files USING btree (company_id, hash);
CREATE UNIQUE INDEX case_files_once ON case_files USING btree (company_id, case_id, hash);

create table case_kept_away (
  company_id uuid not null,
  case_id uuid not null,
  who uuid not null,
  kind text not null,
  reason_id uuid,
  by_person_id uuid not null,
  at timestamp with time zone not null,
  constraint case_kept_away_pkey PRIMARY KEY (company_id, case_id, who),
  constraint case_kept_away_kind_check CHECK (kind = ANY (ARRAY['recused'::text, 'accused-person'::text, 'liable-unit'::text]))
);

create table case_link_tries (
  company_id uuid not null,
  case_id uuid not null,
  failures integer not null,
  locked_until timestamp with time zone,
  constraint case_link_tries_pkey PRIMARY KEY (company_id, case_id)
);

create table case_links (
  company_id uuid not null,
  token_hash text not null,
  case_id uuid not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint case_links_pkey PRIMARY KEY (company_id, token_hash)
);
CREATE INDEX case_links_case ON case_links USING btree (company_id, case_id);

create table case_orders (
  company_id uuid not null,
  case_id uuid not null,
  order_id uuid not null,
  linked_at timestamp with time zone not null,
  unlinked_at timestamp with time zone,
  nth smallint default 1 not null,
  constraint case_orders_pkey PRIMARY KEY (company_id, case_id, order_id, nth)
);
CREATE INDEX case_orders_order ON case_orders USING btree (company_id, order_id) WHERE unlinked_at IS NULL;

create table case_papers (
  company_id uuid not null,
  case_id uuid not null,
  paper text not null,
  text_id uuid,
  until_step text not null,
  again boolean not null,
  told_at timestamp with time zone not null,
  told_by uuid not null,
  received_at timestamp with time zone,
  received_by uuid,
  constraint case_papers_pkey PRIMARY KEY (company_id, case_id, paper)
);

create table case_readers (
  company_id uuid not null,
  case_id uuid not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  constraint case_readers_pkey PRIMARY KEY (company_id, case_id, person_id)
);
CREATE INDEX case_readers_person ON case_readers USING btree (company_id, person_id, at);

create table case_texts (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  step text,
  field text,
  body text,
  by_person_id uuid,
  at timestamp with time zone not null,
  blanked_at timestamp with time zone,
  salt uuid,
  constraint case_texts_pkey PRIMARY KEY (company_id, id),
  constraint case_texts_kind_check CHECK (kind = ANY (ARRAY['words'::text, 'contact-name'::text, 'contact-phone'::text, 'place'::text, 'note'::text, 'value'::text]))
);
CREATE INDEX case_texts_case ON case_texts USING btree (company_id, case_id, at);
CREATE INDEX case_texts_phone ON case_texts USING btree (company_id, body) WHERE kind = 'contact-phone'::text AND body IS NOT NULL;

create table cases (
  company_id uuid not null,
  id uuid not null,
  no text not null,
  business text not null,
  case_type text not null,
  process text,
  quick_item text,
  handbook_version_id uuid not null,
  channel text not null,
  household_id uuid,
  area_class text,
  station_id uuid,
  intake_unit_id uuid not null,
  first_asked_id uuid not null,
  accused_unit_id uuid,
  mood text not null,
  escalation_risk boolean not null,
  state text not null,
  seq integer not null,
  accepted_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  reopened integer default 0 not null,
  urged integer default 0 not null,
  supervision smallint default 0 not null,
  ended_as text,
  closed_to uuid[],
  language text,
  drill_id uuid,
  constraint cases_pkey PRIMARY KEY (company_id, id),
  constraint cases_company_id_no_key UNIQUE (company_id, no),
  constraint cases_area_class_check CHECK (area_class = ANY (ARRAY['city'::text, 'rural'::text, 'remote'::text])),
  constraint cases_channel_check CHECK (channel = ANY (ARRAY['hall'::text, 'phone'::text, 'web'::text, 'sms'::text, '95598'::text, '12398'::text, '12345'::text, 'visit'::text, 'letter'::text, 'other'::text])),
  constraint cases_check CHECK ((process IS NULL) = (quick_item IS NOT NULL)),
  constraint cases_check1 CHECK ((state = 'closed'::text) = (closed_at IS NOT NULL)),
  constraint cases_ended_as_check CHECK (ended_as = ANY (ARRAY['stopped'::text, 'withdrawn'::text])),
  constraint cases_language_check CHECK (language = ANY (ARRAY['zh'::text, 'en'::text])),
  constraint cases_mood_check CHECK (mood = ANY (ARRAY['calm'::text, 'upset'::text, 'furious'::text])),
  constraint cases_state_check CHECK (state = ANY (ARRAY['open'::text, 'closed'::text])),
  constraint cases_supervision_check CHECK (supervision >= 0 AND supervision <= 2)
);
CREATE INDEX cases_accepted ON cases USING btree (company_id, accepted_at DESC, id DESC);
CREATE INDEX cases_closed ON cases USING btree (company_id, id) WHERE closed_to IS NOT NULL;
CREATE INDEX cases_closed_at ON cases USING btree (company_id, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_complaints ON cases USING btree (company_id, accepted_at) WHERE case_type = 'TS'::text;
CREATE INDEX cases_drill ON cases USING btree (company_id, drill_id) WHERE drill_id IS NOT NULL;
CREATE INDEX cases_household ON cases USING btree (company_id, household_id, accepted_at) WHERE household_id IS NOT NULL;
CREATE INDEX cases_open ON cases USING btree (company_id, business, accepted_at) WHERE state = 'open'::text;

create table clock_changes (
  company_id uuid not null,
  id uuid not null,
  kind text not null,
  state text not null,
  seq integer,
  year smallint,
  limit_id text,
  value numeric,
  reason text not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  looked integer default 0 not null,
  moved integer default 0 not null,
  finished_at timestamp with time zone,
  constraint clock_changes_pkey PRIMARY KEY (company_id, id),
  constraint clock_changes_check CHECK ((kind = 'calendar'::text) = (year IS NOT NULL)),
  constraint clock_changes_check1 CHECK ((kind = 'correction'::text) = (limit_id IS NOT NULL)),
  constraint clock_changes_check2 CHECK ((state = 'in-force'::text) = (seq IS NOT NULL)),
  constraint clock_changes_check3 CHECK (kind <> 'correction'::text OR decided_by IS NULL OR decided_by <> asked_by),
  constraint clock_changes_kind_check CHECK (kind = ANY (ARRAY['calendar'::text, 'correction'::text])),
  constraint clock_changes_state_check CHECK (state = ANY (ARRAY['asked'::text, 'in-force'::text, 'rejected'::text]))
);
CREATE UNIQUE INDEX clock_changes_seq ON clock_changes USING btree (company_id, seq) WHERE seq IS NOT NULL;

create table clock_deadlines (
  company_id uuid not null,
  clock_id uuid not null,
  cycle integer not null,
  due_at timestamp with time zone not null,
  limit_text text not null,
  change_id uuid not null,
  moved_at timestamp with time zone not null,
  constraint clock_deadlines_pkey PRIMARY KEY (company_id, clock_id, cycle)
);

create table clock_firings (
  company_id uuid not null,
  clock_id uuid not null,
  percent smallint not null,
  cycle integer not null,
  passed smallint[] not null,
  due_at timestamp with time zone not null,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  constraint clock_firings_pkey PRIMARY KEY (company_id, clock_id, percent, cycle)
);

create table clock_pause_clocks (
  company_id uuid not null,
  pause_id uuid not null,
  clock_id uuid not null,
  constraint clock_pause_clocks_pkey PRIMARY KEY (company_id, pause_id, clock_id)
);
CREATE INDEX clock_pause_clocks_clock ON clock_pause_clocks USING btree (company_id, clock_id);

create table clock_pauses (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  reason text not null,
  approval text not null,
  evidence text not null,
  note_text_id uuid,
  state text not null,
  from_at timestamp with time zone,
  to_at timestamp with time zone,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  ended_by uuid,
  constraint clock_pauses_pkey PRIMARY KEY (company_id, id),
  constraint clock_pauses_approval_check CHECK (approval = ANY (ARRAY['none'::text, 'before'::text, 'afterwards'::text])),
  constraint clock_pauses_check CHECK ((state <> ALL (ARRAY['provisional'::text, 'standing'::text])) OR from_at IS NOT NULL),
  constraint clock_pauses_check1 CHECK (to_at IS NULL OR from_at IS NULL OR to_at >= from_at),
  constraint clock_pauses_check2 CHECK (decided_by IS NULL OR decided_by <> asked_by),
  constraint clock_pauses_evidence_check CHECK (evidence = ANY (ARRAY['recording'::text, 'message'::text, 'paper'::text, 'photo'::text, 'record'::text])),
  constraint clock_pauses_state_check CHECK (state = ANY (ARRAY['asked'::text, 'provisional'::text, 'standing'::text, 'rejected'::text, 'withdrawn'::text]))
);
CREATE INDEX clock_pauses_order ON clock_pauses USING btree (company_id, order_id);
CREATE INDEX clock_pauses_pending ON clock_pauses USING btree (company_id, asked_at) WHERE state = ANY (ARRAY['asked'::text, 'provisional'::text]);

create table clocks (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  case_id uuid,
  clock text not null,
  limit_id text not null,
  limit_text text not null,
  role text not null,
  state text not null,
  started_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  stopped_at timestamp with time zone,
  schedule jsonb default '[]'::jsonb not null,
  fired smallint default 0 not null,
  cycle integer default 1 not null,
  next_at timestamp with time zone,
  broken_at timestamp with time zone,
  kept boolean,
  basis_seq integer default 0 not null,
  constraint clocks_pkey PRIMARY KEY (company_id, id),
  constraint clocks_kept_check CHECK ((kept IS NOT NULL) = (state = 'met'::text)),
  constraint clocks_role_check CHECK (role = ANY (ARRAY['company'::text, 'promise'::text, 'law'::text, 'reference'::text])),
  constraint clocks_state_check CHECK (state = ANY (ARRAY['running'::text, 'paused'::text, 'met'::text, 'cancelled'::text]))
);
CREATE INDEX clocks_basis ON clocks USING btree (company_id, basis_seq) WHERE state = ANY (ARRAY['running'::text, 'paused'::text]);
CREATE INDEX clocks_due ON clocks USING btree (company_id, due_at) WHERE state = 'running'::text;
CREATE INDEX clocks_next ON clocks USING btree (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX clocks_order ON clocks USING btree (company_id, order_id);
CREATE INDEX clocks_running ON clocks USING btree (company_id, order_id, due_at) WHERE state = 'running'::text;

create table commitments (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  text_id uuid not null,
  unit_id uuid not null,
  due_at timestamp with time zone not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  moved integer default 0 not null,
  told_at timestamp with time zone,
  state text not null,
  ended_by uuid,
  ended_at timestamp with time zone,
  remind_at timestamp with time zone,
  constraint commitments_pkey PRIMARY KEY (company_id, id),
  constraint commitments_check CHECK ((state = 'open'::text) = (ended_at IS NULL)),
  constraint commitments_state_check CHECK (state = ANY (ARRAY['open'::text, 'kept'::text, 'broken'::text, 'withdrawn'::text]))
);
CREATE INDEX commitments_case ON commitments USING btree (company_id, case_id);
CREATE INDEX commitments_open ON commitments USING btree (company_id, due_at) WHERE state = 'open'::text;
CREATE INDEX commitments_remind ON commitments USING btree (remind_at) WHERE remind_at IS NOT NULL;

create table companies (
  company_id uuid not null,
  code text not null,
  name text not null,
  short_name text not null,
  demo boolean not null,
  handbook_version_id uuid,
  created_at timestamp with time zone not null,
  second_factor boolean default false not null,
  constraint companies_pkey PRIMARY KEY (company_id),
  constraint companies_code_key UNIQUE (code)
);

create table complaint_duties (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  duty text not null,
  post text not null,
  owed_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  done_at timestamp with time zone,
  done_by uuid,
  constraint complaint_duties_pkey PRIMARY KEY (company_id, id),
  constraint complaint_duties_company_id_case_id_duty_key UNIQUE (company_id, case_id, duty),
  constraint complaint_duties_check CHECK ((done_at IS NULL) = (done_by IS NULL))
);

create table complaint_grades (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  grade text not null,
  complaint_class text not null,
  reasons text[] not null,
  by_person_id uuid not null,
  at timestamp with time zone not null,
  constraint complaint_grades_pkey PRIMARY KEY (company_id, id),
  constraint complaint_grades_grade_check CHECK (grade = ANY (ARRAY['general'::text, 'important'::text, 'major'::text, 'special'::text]))
);
CREATE INDEX complaint_grades_case ON complaint_grades USING btree (company_id, case_id, at);

create table complaint_verdicts (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  verdict text not null,
  liability text not null,
  liable_unit_id uuid,
  grounds_id uuid not null,
  given_by uuid not null,
  given_at timestamp with time zone not null,
  state text not null,
  constraint complaint_verdicts_pkey PRIMARY KEY (company_id, id),
  constraint complaint_verdicts_check CHECK ((liability = ANY (ARRAY['unit'::text, 'person'::text])) = (liable_unit_id IS NOT NULL)),
  constraint complaint_verdicts_liability_check CHECK (liability = ANY (ARRAY['none'::text, 'unit'::text, 'person'::text, 'outside'::text])),
  constraint complaint_verdicts_state_check CHECK (state = ANY (ARRAY['standing'::text, 'replaced'::text])),
  constraint complaint_verdicts_verdict_check CHECK (verdict = ANY (ARRAY['founded'::text, 'partly'::text, 'unfounded'::text]))
);
CREATE UNIQUE INDEX complaint_verdicts_standing ON complaint_verdicts USING btree (company_id, case_id) WHERE state = 'standing'::text;
CREATE INDEX complaint_verdicts_unit ON complaint_verdicts USING btree (company_id, liable_unit_id, given_at) WHERE liable_unit_id IS NOT NULL;

create table crew_assignments (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  crew_id uuid not null,
  lead_id uuid not null,
  sent_by uuid not null,
  sent_at timestamp with time zone not null,
  automatic boolean not null,
  expected_at timestamp with time zone not null,
  from_lon double precision not null,
  from_lat double precision not null,
  to_lon double precision not null,
  to_lat double precision not null,
  zone text not null,
  repair_minutes integer not null,
  dispatch_step text not null,
  arrive_step text not null,
  done_step text not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  end_reason text,
  materials jsonb default '{}'::jsonb not null,
  back_reason text,
  constraint crew_assignments_pkey PRIMARY KEY (company_id, id),
  constraint crew_assignments_check CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
  constraint crew_assignments_check1 CHECK (back_reason IS NULL OR end_reason = 'returned'::text),
  constraint crew_assignments_end_reason_check CHECK (end_reason = ANY (ARRAY['crew-cannot-come'::text, 'wrong-skill'::text, 'nearer-crew'::text, 'shift-over'::text, 'important-first'::text, 'returned'::text, 'other'::text])),
  constraint crew_assignments_repair_minutes_check CHECK (repair_minutes > 0),
  constraint crew_assignments_zone_check CHECK (zone = ANY (ARRAY['city'::text, 'rural'::text, 'remote'::text]))
);
CREATE INDEX crew_assignments_crew ON crew_assignments USING btree (company_id, crew_id, sent_at DESC);
CREATE UNIQUE INDEX crew_assignments_one ON crew_assignments USING btree (company_id, order_id) WHERE ended_at IS NULL;
CREATE INDEX crew_assignments_order ON crew_assignments USING btree (company_id, order_id);
CREATE INDEX crew_assignments_sent ON crew_assignments USING btree (company_id, sent_at);

create table crew_members (
  company_id uuid not null,
  crew_id uuid not null,
  person_id uuid not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  constraint crew_members_pkey PRIMARY KEY (company_id, crew_id, person_id, since),
  constraint crew_members_check CHECK (until IS NULL OR since < until)
);
CREATE INDEX crew_members_crew ON crew_members USING btree (company_id, crew_id) WHERE until IS NULL;
CREATE UNIQUE INDEX crew_members_now ON crew_members USING btree (company_id, person_id) WHERE until IS NULL;

create table crew_positions (
  company_id uuid not null,
  crew_id uuid not null,
  at timestamp with time zone not null,
  place text not null,
  accuracy_m integer not null,
  by_id uuid not null,
  constraint crew_positions_pkey PRIMARY KEY (company_id, crew_id, at),
  constraint crew_positions_accuracy_m_check CHECK (accuracy_m >= 0)
);

create table crew_shifts (
  company_id uuid not null,
  id uuid not null,
  crew_id uuid not null,
  kind text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  lead_id uuid not null,
  watcher_id uuid not null,
  others uuid[] default '{}'::uuid[] not null,
  set_by uuid not null,
  set_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  constraint crew_shifts_pkey PRIMARY KEY (company_id, id),
  constraint crew_shifts_check CHECK (from_at < until_at),
  constraint crew_shifts_check1 CHECK (lead_id <> watcher_id),
  constraint crew_shifts_check2 CHECK (NOT others && ARRAY[lead_id, watcher_id]),
  constraint crew_shifts_kind_check CHECK (kind = ANY (ARRAY['duty'::text, 'on-call'::text]))
);
CREATE INDEX crew_shifts_crew ON crew_shifts USING btree (company_id, crew_id, from_at) WHERE withdrawn_at IS NULL;
CREATE INDEX crew_shifts_until ON crew_shifts USING btree (company_id, until_at) WHERE withdrawn_at IS NULL;

create table crew_stand_bys (
  company_id uuid not null,
  id uuid not null,
  crew_id uuid not null,
  grid_point_id uuid not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  expected_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  end_reason text,
  arrived_at timestamp with time zone,
  constraint crew_stand_bys_pkey PRIMARY KEY (company_id, id),
  constraint crew_stand_bys_check CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
  constraint crew_stand_bys_check1 CHECK (arrived_at >= asked_at),
  constraint crew_stand_bys_end_reason_check CHECK (end_reason = ANY (ARRAY['sent'::text, 'called-back'::text, 'asked-elsewhere'::text]))
);
CREATE UNIQUE INDEX crew_stand_bys_one ON crew_stand_bys USING btree (company_id, crew_id) WHERE ended_at IS NULL;

create table crew_vehicles (
  company_id uuid not null,
  id uuid not null,
  grid_point_id uuid not null,
  plate text not null,
  kind text not null,
  out_since timestamp with time zone,
  gone_at timestamp with time zone,
  constraint crew_vehicles_pkey PRIMARY KEY (company_id, id),
  constraint crew_vehicles_company_id_plate_key UNIQUE (company_id, plate),
  constraint crew_vehicles_kind_check CHECK (kind = ANY (ARRAY['van'::text, 'pickup'::text, 'bucket'::text, 'crane'::text, 'generator'::text]))
);

create table crews (
  company_id uuid not null,
  id uuid not null,
  grid_point_id uuid not null,
  name text not null,
  kind text not null,
  closed_at timestamp with time zone,
  constraint crews_pkey PRIMARY KEY (company_id, id),
  constraint crews_company_id_grid_point_id_name_key UNIQUE (company_id, grid_point_id, name),
  constraint crews_kind_check CHECK (kind = ANY (ARRAY['point'::text, 'medium-voltage'::text, 'live-line'::text, 'generator'::text]))
);

create table customers (
  company_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  phone text,
  demonstration boolean default false not null,
  blanked_at timestamp with time zone,
  email text,
  reach_by text default 'sms'::text not null,
  language text default 'zh'::text not null,
  outage_news boolean default true not null,
  constraint customers_pkey PRIMARY KEY (company_id, id),
  constraint customers_kind_check CHECK (kind = ANY (ARRAY['person'::text, 'organisation'::text])),
  constraint customers_language_check CHECK (language = ANY (ARRAY['zh'::text, 'en'::text])),
  constraint customers_mail_needs_address CHECK (reach_by = 'sms'::text OR email IS NOT NULL),
  constraint customers_reach_by_check CHECK (reach_by = ANY (ARRAY['sms'::text, 'mail'::text]))
);
CREATE INDEX customers_phone ON customers USING btree (company_id, phone) WHERE phone IS NOT NULL;

create table dark_alarms (
  company_id uuid not null,
  id uuid not null,
  transformer_id uuid not null,
  households integer not null,
  since timestamp with time zone not null,
  raised_at timestamp with time zone not null,
  outcome text,
  ended_at timestamp with time zone,
  ended_by uuid,
  told_at timestamp with time zone,
  constraint dark_alarms_pkey PRIMARY KEY (company_id, id),
  constraint dark_alarms_check CHECK ((outcome IS NULL) = (ended_at IS NULL)),
  constraint dark_alarms_check1 CHECK (since <= raised_at),
  constraint dark_alarms_check2 CHECK (told_at >= raised_at),
  constraint dark_alarms_households_check CHECK (households > 0),
  constraint dark_alarms_outcome_check CHECK (outcome = ANY (ARRAY['explained'::text, 'false-alarm'::text, 'found'::text]))
);
CREATE UNIQUE INDEX dark_alarms_open ON dark_alarms USING btree (company_id, transformer_id) WHERE ended_at IS NULL;
CREATE INDEX dark_alarms_raised ON dark_alarms USING btree (company_id, raised_at DESC);
CREATE INDEX dark_alarms_told ON dark_alarms USING btree (company_id, told_at);

create table demo_messages (
  company_id uuid not null,
  outbox_id uuid not null,
  receiver text not null,
  body text not null,
  constraint demo_messages_pkey PRIMARY KEY (company_id, outbox_id)
);

create table devices (
  company_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  unit_id uuid not null,
  token_hash text not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  seen_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint devices_pkey PRIMARY KEY (company_id, id),
  constraint devices_company_id_token_hash_key UNIQUE (company_id, token_hash),
  constraint devices_kind_check CHECK (kind = ANY (ARRAY['hall-screen'::text, 'ticket-machine'::text, 'exchange'::text]))
);

create table dispatch_plans (
  company_id uuid not null,
  at timestamp with time zone not null,
  plan jsonb not null,
  constraint dispatch_plans_pkey PRIMARY KEY (company_id)
);

create table dispatch_settings (
  company_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  by_id uuid not null,
  storm boolean not null,
  automatic boolean not null,
  most_customers integer not null,
  most_minutes integer not null,
  reason text not null,
  note text,
  constraint dispatch_settings_pkey PRIMARY KEY (company_id, id),
  constraint dispatch_settings_most_customers_check CHECK (most_customers > 0),
  constraint dispatch_settings_most_minutes_check CHECK (most_minutes > 0),
  constraint dispatch_settings_reason_check CHECK (reason = ANY (ARRAY['typhoon'::text, 'rain'::text, 'snow'::text, 'wind'::text, 'lightning'::text, 'over'::text, 'trial'::text, 'other'::text]))
);
CREATE INDEX dispatch_settings_at ON dispatch_settings USING btree (company_id, at DESC);

create table door_keys (
  company_id uuid not null,
  id uuid not null,
  door text not null,
  name text not null,
  scopes text[] not null,
  key_hash text not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint door_keys_pkey PRIMARY KEY (company_id, id),
  constraint door_keys_check CHECK (made_at < expires_at),
  constraint door_keys_door_check CHECK (door = ANY (ARRAY['95598'::text, '12398'::text, '12345'::text, 'meters'::text]))
);

create table drill_findings (
  company_id uuid not null,
  id uuid not null,
  drill_id uuid not null,
  words text not null,
  unit_id uuid not null,
  due_at timestamp with time zone not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  closed_by uuid,
  closed_at timestamp with time zone,
  closing text,
  owner_id uuid,
  checked_by uuid,
  checked_at timestamp with time zone,
  times_reopened integer default 0 not null,
  constraint drill_findings_pkey PRIMARY KEY (company_id, id),
  constraint drill_findings_check CHECK ((closed_at IS NULL) = (closing IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)),
  constraint drill_findings_check1 CHECK ((checked_at IS NULL) = (checked_by IS NULL)),
  constraint drill_findings_check2 CHECK (checked_by IS NULL OR closed_at IS NOT NULL AND checked_by <> closed_by)
);
CREATE INDEX drill_findings_drill ON drill_findings USING btree (company_id, drill_id);
CREATE INDEX drill_findings_open ON drill_findings USING btree (company_id, due_at) WHERE closed_at IS NULL;
CREATE INDEX drill_findings_unchecked ON drill_findings USING btree (company_id, due_at) WHERE checked_at IS NULL;

create table drill_injects (
  company_id uuid not null,
  id uuid not null,
  drill_id uuid not null,
  after_minutes integer not null,
  words text not null,
  process text,
  place text,
  area text,
  given_at timestamp with time zone,
  case_id uuid,
  answered_at timestamp with time zone,
  constraint drill_injects_pkey PRIMARY KEY (company_id, id),
  constraint drill_injects_after_minutes_check CHECK (after_minutes >= 0),
  constraint drill_injects_area_check CHECK (area = ANY (ARRAY['city'::text, 'rural'::text, 'remote'::text])),
  constraint drill_injects_check CHECK (process IS NULL OR area IS NOT NULL AND place IS NOT NULL),
  constraint drill_injects_check1 CHECK (answered_at IS NULL OR given_at <= answered_at)
);
CREATE INDEX drill_injects_drill ON drill_injects USING btree (company_id, drill_id, after_minutes);

create table drill_parties (
  company_id uuid not null,
  id uuid not null,
  drill_id uuid not null,
  unit_id uuid,
  body text,
  came boolean,
  constraint drill_parties_pkey PRIMARY KEY (company_id, id),
  constraint drill_parties_check CHECK ((unit_id IS NULL) <> (body IS NULL))
);
CREATE INDEX drill_parties_drill ON drill_parties USING btree (company_id, drill_id);

create table drills (
  company_id uuid not null,
  id uuid not null,
  title text not null,
  scene text not null,
  planned_at timestamp with time zone not null,
  state text not null,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  began_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint drills_pkey PRIMARY KEY (company_id, id),
  constraint drills_check CHECK ((began_at IS NULL) = (state = ANY (ARRAY['planned'::text, 'cancelled'::text]))),
  constraint drills_check1 CHECK (state <> 'done'::text OR ended_at IS NOT NULL),
  constraint drills_state_check CHECK (state = ANY (ARRAY['planned'::text, 'running'::text, 'done'::text, 'cancelled'::text]))
);
CREATE INDEX drills_planned ON drills USING btree (company_id, planned_at DESC);

create table end_requests (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  reason_id uuid not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  state text not null,
  constraint end_requests_pkey PRIMARY KEY (company_id, id),
  constraint end_requests_check CHECK (decided_by IS NULL OR decided_by <> asked_by),
  constraint end_requests_kind_check CHECK (kind = ANY (ARRAY['stopped'::text, 'withdrawn'::text])),
  constraint end_requests_state_check CHECK (state = ANY (ARRAY['asked'::text, 'approved'::text, 'refused'::text]))
);
CREATE UNIQUE INDEX end_requests_open ON end_requests USING btree (company_id, case_id) WHERE state = 'asked'::text;

create table erasures (
  company_id uuid not null,
  household_id uuid not null,
  asked_at timestamp with time zone not null,
  by_person_id uuid not null,
  reason text not null,
  id uuid not null,
  constraint erasures_pkey PRIMARY KEY (company_id, id)
);
CREATE INDEX erasures_household ON erasures USING btree (company_id, household_id);

create table fault_trainings (
  company_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  card text not null,
  trained_on date not null,
  until_on date not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint fault_trainings_pkey PRIMARY KEY (company_id, id),
  constraint fault_trainings_company_id_person_id_card_trained_on_key UNIQUE (company_id, person_id, card, trained_on),
  constraint fault_trainings_check CHECK (trained_on < until_on)
);

create table file_contents (
  company_id uuid not null,
  hash text not null,
  bytes bytea not null,
  constraint file_contents_pkey PRIMARY KEY (company_id, hash)
);

create table gateways (
  company_id uuid not null,
  channel text not null,
  failures integer not null,
  failed_since timestamp with time zone,
  alarmed_at timestamp with time zone,
  next_probe_at timestamp with time zone,
  constraint gateways_pkey PRIMARY KEY (company_id, channel),
  constraint gateways_channel_check CHECK (channel = ANY (ARRAY['sms'::text, 'mail'::text]))
);

create table grid_points (
  company_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  station_id uuid not null,
  division_code text not null,
  lon double precision not null,
  lat double precision not null,
  coverage_minutes integer not null,
  constraint grid_points_pkey PRIMARY KEY (company_id, id),
  constraint grid_points_company_id_code_key UNIQUE (company_id, code)
);

create table hall_slots (
  company_id uuid not null,
  hall_id uuid not null,
  from_minute integer not null,
  to_minute integer not null,
  capacity integer not null,
  constraint hall_slots_pkey PRIMARY KEY (company_id, hall_id, from_minute),
  constraint hall_slots_capacity_check CHECK (capacity >= 0),
  constraint hall_slots_check CHECK (from_minute < to_minute),
  constraint hall_slots_from_minute_check CHECK (from_minute >= 0),
  constraint hall_slots_to_minute_check CHECK (to_minute <= 1440)
);

create table handbook_versions (
  company_id uuid not null,
  id uuid not null,
  hash text not null,
  content text not null,
  published_at timestamp with time zone not null,
  published_by uuid,
  constraint handbook_versions_pkey PRIMARY KEY (company_id, id),
  constraint handbook_versions_company_id_hash_key UNIQUE (company_id, hash),
  constraint handbook_versions_hash_check CHECK (hash ~ '^[0-9a-f]{64}$'::text)
);

create table handovers (
  company_id uuid not null,
  id uuid not null,
  task_id uuid not null,
  order_id uuid not null,
  from_unit_id uuid not null,
  from_post text not null,
  from_holder_id uuid,
  to_unit_id uuid not null,
  to_post text not null,
  to_person_id uuid,
  text_id uuid not null,
  offered_by uuid not null,
  offered_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  state text not null,
  ended_at timestamp with time zone,
  constraint handovers_pkey PRIMARY KEY (company_id, id),
  constraint handovers_state_check CHECK (state = ANY (ARRAY['offered'::text, 'accepted'::text, 'bounced'::text]))
);
CREATE INDEX handovers_due ON handovers USING btree (due_at) WHERE state = 'offered'::text;
CREATE UNIQUE INDEX handovers_open ON handovers USING btree (company_id, task_id) WHERE state = 'offered'::text;

create table household_contacts (
  company_id uuid not null,
  id uuid not null,
  household_id uuid not null,
  role text not null,
  name text not null,
  phone text not null,
  constraint household_contacts_pkey PRIMARY KEY (company_id, id),
  constraint household_contacts_role_check CHECK (role = ANY (ARRAY['occupant'::text, 'relative'::text, 'agent'::text, 'executive'::text, 'finance'::text, 'power-head'::text]))
);
CREATE INDEX household_contacts_household ON household_contacts USING btree (company_id, household_id);
CREATE INDEX household_contacts_phone ON household_contacts USING btree (company_id, phone);

create table household_flags (
  company_id uuid not null,
  id uuid not null,
  household_id uuid not null,
  kind text not null,
  evidence text not null,
  evidence_note text not null,
  consent boolean not null,
  set_by uuid,
  set_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_by uuid,
  ended_at timestamp with time zone,
  end_reason text,
  constraint household_flags_pkey PRIMARY KEY (company_id, id),
  constraint household_flags_check CHECK (set_at < expires_at),
  constraint household_flags_evidence_check CHECK (evidence = ANY (ARRAY['document'::text, 'register'::text, 'visit'::text, 'own-statement'::text, 'case-record'::text]))
);
CREATE UNIQUE INDEX household_flags_open ON household_flags USING btree (company_id, household_id, kind) WHERE ended_at IS NULL;

create table household_reveals (
  company_id uuid not null,
  id uuid not null,
  household_id uuid not null,
  person_id uuid not null,
  reason text not null,
  at timestamp with time zone not null,
  constraint household_reveals_pkey PRIMARY KEY (company_id, id)
);
CREATE INDEX household_reveals_household ON household_reveals USING btree (company_id, household_id, at);
CREATE INDEX household_reveals_person ON household_reveals USING btree (company_id, person_id, at);

create table household_search (
  company_id uuid not null,
  household_id uuid not null,
  version smallint not null,
  name text not null,
  address text not null,
  supply text not null,
  py_full text not null,
  py_primary text not null,
  py_initials text[] not null,
  phone text,
  account_no text not null,
  meter_no text not null,
  grams tsvector not null,
  constraint household_search_pkey PRIMARY KEY (company_id, household_id)
);
CREATE INDEX household_search_account ON household_search USING btree (company_id, account_no text_pattern_ops);
CREATE INDEX household_search_full ON household_search USING btree (company_id, py_full text_pattern_ops);
CREATE INDEX household_search_grams ON household_search USING gin (grams);
CREATE INDEX household_search_initials ON household_search USING gin (py_initials);
CREATE INDEX household_search_meter ON household_search USING btree (company_id, meter_no text_pattern_ops);
CREATE INDEX household_search_name ON household_search USING btree (company_id, name text_pattern_ops);
CREATE INDEX household_search_phone ON household_search USING btree (company_id, phone text_pattern_ops);
CREATE INDEX household_search_primary ON household_search USING btree (company_id, py_primary text_pattern_ops);
CREATE INDEX household_search_version ON household_search USING btree (company_id, version);

create table households (
  company_id uuid not null,
  id uuid not null,
  account_no text not null,
  customer_id uuid not null,
  premises_id uuid not null,
  station_id uuid not null,
  use_class text not null,
  tariff text not null,
  voltage text not null,
  capacity_kva numeric(12,1) not null,
  yearly_kwh integer,
  important_grade text,
  key_account boolean default false not null,
  account_manager_id uuid,
  transformer_code text not null,
  transformer_name text not null,
  feeder_code text not null,
  feeder_name text not null,
  opened_on date not null,
  closed_on date,
  constraint households_pkey PRIMARY KEY (company_id, id),
  constraint households_company_id_account_no_key UNIQUE (company_id, account_no),
  constraint households_capacity_kva_check CHECK (capacity_kva > 0::numeric),
  constraint households_important_grade_check CHECK (important_grade = ANY (ARRAY['special'::text, 'first'::text, 'second'::text, 'temporary'::text])),
  constraint households_tariff_check CHECK (tariff = ANY (ARRAY['residential-tiered'::text, 'residential-shared'::text, 'agricultural'::text, 'commercial-single'::text, 'commercial-two-part'::text])),
  constraint households_use_class_check CHECK (use_class = ANY (ARRAY['residential'::text, 'commercial'::text, 'industrial'::text, 'agricultural'::text, 'public'::text])),
  constraint households_voltage_check CHECK (voltage = ANY (ARRAY['220V'::text, '380V'::text, '10kV'::text, '35kV'::text]))
);
CREATE INDEX households_customer ON households USING btree (company_id, customer_id);
CREATE INDEX households_feeder ON households USING btree (company_id, feeder_code);
CREATE INDEX households_important ON households USING btree (company_id, id) WHERE important_grade IS NOT NULL;
CREATE INDEX households_key ON households USING btree (company_id, account_manager_id) WHERE key_account;
CREATE INDEX households_premises ON households USING btree (company_id, premises_id);
CREATE INDEX households_transformer ON households USING btree (company_id, transformer_code);

create table idempotency_keys (
  company_id uuid not null,
  actor_id uuid not null,
  key text not null,
  request_hash text not null,
  created_at timestamp with time zone not null,
  answer text,
  constraint idempotency_keys_pkey PRIMARY KEY (company_id, actor_id, key)
);

create table intake_drafts (
  company_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  content jsonb not null,
  seq integer not null,
  created_at timestamp with time zone not null,
  saved_at timestamp with time zone not null,
  constraint intake_drafts_pkey PRIMARY KEY (company_id, id)
);
CREATE INDEX intake_drafts_person ON intake_drafts USING btree (company_id, person_id, created_at);

create table joint_requests (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  unit_id uuid not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  question_id uuid not null,
  answer_id uuid,
  answered_by uuid,
  answered_at timestamp with time zone,
  state text not null,
  kind text default 'joint'::text not null,
  constraint joint_requests_pkey PRIMARY KEY (company_id, id),
  constraint joint_requests_kind_check CHECK (kind = ANY (ARRAY['joint'::text, 'supervision'::text, 'decision'::text])),
  constraint joint_requests_state_check CHECK (state = ANY (ARRAY['open'::text, 'answered'::text, 'withdrawn'::text]))
);
CREATE INDEX joint_requests_case ON joint_requests USING btree (company_id, case_id);
CREATE INDEX joint_requests_unit ON joint_requests USING btree (company_id, unit_id, due_at) WHERE state = 'open'::text;

create table laid_earths (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  earths integer not null,
  laid_at timestamp with time zone not null,
  laid_by uuid not null,
  lifted_at timestamp with time zone,
  lifted_by uuid,
  lifted_told_by uuid,
  lifted_way text,
  lifted_why text,
  lifted_entered_at timestamp with time zone,
  constraint laid_earths_pkey PRIMARY KEY (company_id, id),
  constraint laid_earths_check CHECK ((lifted_at IS NULL) = (lifted_by IS NULL)),
  constraint laid_earths_check1 CHECK ((lifted_told_by IS NULL) = (lifted_way IS NULL)),
  constraint laid_earths_check2 CHECK ((lifted_told_by IS NULL) = (lifted_why IS NULL)),
  constraint laid_earths_check3 CHECK ((lifted_told_by IS NULL) = (lifted_entered_at IS NULL)),
  constraint laid_earths_check4 CHECK (lifted_told_by IS NULL OR lifted_at IS NOT NULL),
  constraint laid_earths_earths_check CHECK (earths > 0),
  constraint laid_earths_lifted_way_check CHECK (lifted_way = ANY (ARRAY['phone'::text, 'face'::text])),
  constraint laid_earths_lifted_why_check CHECK (lifted_why = ANY (ARRAY['off-duty'::text, 'device'::text, 'no-signal'::text, 'reported-by-phone'::text]))
);
CREATE UNIQUE INDEX laid_earths_now ON laid_earths USING btree (company_id, order_id) WHERE lifted_at IS NULL;

create table material_bookings (
  company_id uuid not null,
  id uuid not null,
  grid_point_id uuid not null,
  material text not null,
  change integer not null,
  why text not null,
  order_id uuid,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint material_bookings_pkey PRIMARY KEY (company_id, id),
  constraint material_bookings_change_check CHECK (change <> 0),
  constraint material_bookings_why_check CHECK (why = ANY (ARRAY['use'::text, 'refill'::text, 'count'::text]))
);
CREATE INDEX material_bookings_point ON material_bookings USING btree (company_id, grid_point_id, at DESC);

create table meeting_cases (
  company_id uuid not null,
  meeting_id uuid not null,
  case_id uuid not null,
  purpose_id uuid not null,
  constraint meeting_cases_pkey PRIMARY KEY (company_id, meeting_id, case_id)
);
CREATE INDEX meeting_cases_case ON meeting_cases USING btree (company_id, case_id);

create table meeting_decisions (
  company_id uuid not null,
  meeting_id uuid not null,
  id uuid not null,
  request_id uuid,
  commitment_id uuid,
  constraint meeting_decisions_pkey PRIMARY KEY (company_id, id),
  constraint meeting_decisions_check CHECK ((request_id IS NULL) <> (commitment_id IS NULL))
);
CREATE INDEX meeting_decisions_meeting ON meeting_decisions USING btree (company_id, meeting_id);

create table meeting_units (
  company_id uuid not null,
  meeting_id uuid not null,
  unit_id uuid not null,
  came boolean,
  constraint meeting_units_pkey PRIMARY KEY (company_id, meeting_id, unit_id)
);

create table meetings (
  company_id uuid not null,
  id uuid not null,
  called_by uuid not null,
  called_at timestamp with time zone not null,
  meets_at timestamp with time zone not null,
  state text not null,
  ended_by uuid,
  ended_at timestamp with time zone,
  constraint meetings_pkey PRIMARY KEY (company_id, id),
  constraint meetings_check CHECK ((state = 'called'::text) = (ended_at IS NULL)),
  constraint meetings_state_check CHECK (state = ANY (ARRAY['called'::text, 'held'::text, 'cancelled'::text]))
);
CREATE INDEX meetings_recent ON meetings USING btree (company_id, meets_at DESC);

create table meters (
  company_id uuid not null,
  id uuid not null,
  household_id uuid not null,
  meter_no text not null,
  phases smallint not null,
  installed_on date not null,
  removed_on date,
  constraint meters_pkey PRIMARY KEY (company_id, id),
  constraint meters_company_id_meter_no_key UNIQUE (company_id, meter_no),
  constraint meters_phases_check CHECK (phases = ANY (ARRAY[1, 3]))
);
CREATE INDEX meters_household ON meters USING btree (company_id, household_id) WHERE removed_on IS NULL;

create table network_dark (
  company_id uuid not null,
  device_id uuid not null,
  began_by uuid not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  ended_by uuid,
  constraint network_dark_pkey PRIMARY KEY (company_id, device_id, began_by),
  constraint network_dark_check CHECK (since <= until),
  constraint network_dark_check1 CHECK ((until IS NULL) = (ended_by IS NULL))
);
CREATE UNIQUE INDEX network_dark_now ON network_dark USING btree (company_id, device_id) WHERE until IS NULL;
CREATE INDEX network_dark_since ON network_dark USING btree (company_id, since);

create table network_devices (
  company_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null,
  km double precision not null,
  kva numeric(10,1),
  lon double precision,
  lat double precision,
  placed boolean not null,
  constraint network_devices_pkey PRIMARY KEY (company_id, id),
  constraint network_devices_company_id_code_key UNIQUE (company_id, code),
  constraint network_devices_check CHECK ((lon IS NULL) = (lat IS NULL)),
  constraint network_devices_kind_check CHECK (kind = ANY (ARRAY['substation'::text, 'breaker'::text, 'recloser'::text, 'switch'::text, 'fuse'::text, 'section'::text, 'transformer'::text, 'lv_branch'::text, 'meter_box'::text])),
  constraint network_devices_km_check CHECK (km >= 0::double precision),
  constraint network_devices_kva_check CHECK (kva > 0::numeric)
);

create table network_imports (
  company_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  format text not null,
  by_id uuid,
  devices_new integer not null,
  devices_moved integer not null,
  devices_unchanged integer not null,
  meters_new integer not null,
  meters_moved integer not null,
  meters_unchanged integer not null,
  constraint network_imports_pkey PRIMARY KEY (company_id, id),
  constraint network_imports_format_check CHECK (format = ANY (ARRAY['csv'::text, 'dss'::text, 'cim'::text]))
);

create table network_places (
  company_id uuid not null,
  device_id uuid not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  parent_id uuid,
  tie_id uuid,
  normally_open boolean not null,
  feeder_id uuid,
  transformer_id uuid,
  constraint network_places_pkey PRIMARY KEY (company_id, device_id, since),
  constraint network_places_check CHECK (until IS NULL OR since < until),
  constraint network_places_check1 CHECK (feeder_id IS NULL OR transformer_id IS NULL)
);
CREATE INDEX network_places_low ON network_places USING btree (company_id, transformer_id) WHERE transformer_id IS NOT NULL;
CREATE INDEX network_places_medium ON network_places USING btree (company_id, feeder_id) WHERE transformer_id IS NULL;
CREATE UNIQUE INDEX network_places_now ON network_places USING btree (company_id, device_id) WHERE until IS NULL;
CREATE INDEX network_places_parent ON network_places USING btree (company_id, parent_id) WHERE until IS NULL;

create table network_states (
  company_id uuid not null,
  device_id uuid not null,
  open boolean not null,
  since timestamp with time zone not null,
  switching_id uuid not null,
  constraint network_states_pkey PRIMARY KEY (company_id, device_id)
);

create table network_supplies (
  company_id uuid not null,
  meter_id uuid not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  household_id uuid not null,
  device_id uuid not null,
  transformer_id uuid not null,
  constraint network_supplies_pkey PRIMARY KEY (company_id, meter_id, since),
  constraint network_supplies_check CHECK (until IS NULL OR since < until)
);
CREATE INDEX network_supplies_device ON network_supplies USING btree (company_id, device_id) WHERE until IS NULL;
CREATE INDEX network_supplies_household ON network_supplies USING btree (company_id, household_id);
CREATE UNIQUE INDEX network_supplies_now ON network_supplies USING btree (company_id, meter_id) WHERE until IS NULL;
CREATE INDEX network_supplies_transformer ON network_supplies USING btree (company_id, transformer_id, device_id, household_id);

create table network_switchings (
  company_id uuid not null,
  id uuid not null,
  device_id uuid not null,
  open boolean not null,
  planned boolean not null,
  reason text not null,
  note text,
  at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  by_id uuid not null,
  darkened integer not null,
  restored integer not null,
  constraint network_switchings_pkey PRIMARY KEY (company_id, id),
  constraint network_switchings_check CHECK (at <= recorded_at),
  constraint network_switchings_darkened_check CHECK (darkened >= 0),
  constraint network_switchings_reason_check CHECK (reason = ANY (ARRAY['maintenance'::text, 'transfer'::text, 'trip'::text, 'isolation'::text, 'emergency'::text, 'restoration'::text, 'other'::text])),
  constraint network_switchings_restored_check CHECK (restored >= 0)
);
CREATE INDEX network_switchings_at ON network_switchings USING btree (company_id, at DESC);
CREATE INDEX network_switchings_device ON network_switchings USING btree (company_id, device_id, at DESC, id DESC);
CREATE INDEX network_switchings_recorded ON network_switchings USING btree (recorded_at);

create table one_time_codes (
  company_id uuid not null,
  code_hash text not null,
  purpose text not null,
  person_id uuid,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint one_time_codes_pkey PRIMARY KEY (company_id, code_hash),
  constraint one_time_codes_purpose_check CHECK (purpose = ANY (ARRAY['first-administrator'::text, 'password-reset'::text]))
);

create table order_events (
  company_id uuid not null,
  stream_id uuid not null,
  seq integer not null,
  type text not null,
  v smallint not null,
  occurred_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  actor_id uuid,
  data jsonb not null,
  constraint order_events_pkey PRIMARY KEY (company_id, stream_id, seq)
);
CREATE INDEX order_events_recorded ON order_events USING btree (company_id, recorded_at);

create table order_exceptions (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  one text not null,
  reason text not null,
  excuse boolean not null,
  told_at timestamp with time zone,
  by_id uuid not null,
  at timestamp with time zone not null,
  text_id uuid,
  constraint order_exceptions_pkey PRIMARY KEY (company_id, id),
  constraint order_exceptions_one_check CHECK (one = ANY (ARRAY['report'::text, 'order'::text, 'crew'::text, 'arrival'::text, 'fix'::text]))
);
CREATE INDEX order_exceptions_order ON order_exceptions USING btree (company_id, order_id);

create table orders (
  company_id uuid not null,
  id uuid not null,
  process text not null,
  business text not null,
  handbook_version_id uuid not null,
  station_id uuid,
  lead_unit_id uuid not null,
  state text not null,
  process_state jsonb not null,
  seq integer not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  parked_at timestamp with time zone,
  crew_unit_id uuid,
  crew_lead_id uuid,
  constraint orders_pkey PRIMARY KEY (company_id, id),
  constraint orders_crew_both CHECK ((crew_unit_id IS NULL) = (crew_lead_id IS NULL)),
  constraint orders_parked_check CHECK ((state = 'parked'::text) = (parked_at IS NOT NULL)),
  constraint orders_state_check CHECK (state = ANY (ARRAY['open'::text, 'finished'::text, 'stopped'::text, 'parked'::text]))
);
CREATE INDEX orders_open ON orders USING btree (company_id, business, started_at) WHERE state = 'open'::text;
CREATE INDEX orders_started ON orders USING btree (company_id, process, started_at);

create table outage_estimates (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  estimated_at timestamp with time zone not null,
  source text not null,
  set_by uuid not null,
  set_at timestamp with time zone not null,
  moved_late boolean not null,
  constraint outage_estimates_pkey PRIMARY KEY (company_id, id),
  constraint outage_estimates_check CHECK (set_at < estimated_at),
  constraint outage_estimates_source_check CHECK (source = ANY (ARRAY['crew'::text, 'card'::text, 'learnt'::text, 'dispatcher'::text]))
);
CREATE INDEX outage_estimates_order ON outage_estimates USING btree (company_id, order_id, set_at DESC);

create table outage_groups (
  company_id uuid not null,
  order_id uuid not null,
  audience text not null,
  since timestamp with time zone not null,
  last_told_at timestamp with time zone,
  last_news text,
  told_estimate timestamp with time zone,
  restored_at timestamp with time zone,
  due_at timestamp with time zone,
  why text,
  warned_at timestamp with time zone,
  told_households integer,
  held_households integer,
  tried_at timestamp with time zone,
  constraint outage_groups_pkey PRIMARY KEY (company_id, order_id, audience),
  constraint outage_groups_audience_check CHECK (audience = ANY (ARRAY['reporters'::text, 'households'::text, 'important'::text, 'authorities'::text])),
  constraint outage_groups_check CHECK ((last_told_at IS NULL) = (last_news IS NULL)),
  constraint outage_groups_check1 CHECK ((due_at IS NULL) = (why IS NULL)),
  constraint outage_groups_held_households_check CHECK (held_households > 0),
  constraint outage_groups_last_news_check CHECK (last_news = ANY (ARRAY['sought'::text, 'crew-sent'::text, 'crew-there'::text, 'awaiting-permission'::text, 'repairing'::text, 'estimate'::text, 'moved'::text, 'late'::text, 'partly-back'::text, 'back'::text])),
  constraint outage_groups_told_households_check CHECK (told_households >= 0),
  constraint outage_groups_why_check CHECK (why = ANY (ARRAY['first'::text, 'regular'::text, 'before-estimate'::text, 'estimate-moved'::text, 'grown'::text, 'restored'::text]))
);
CREATE INDEX outage_groups_due ON outage_groups USING btree (due_at) WHERE due_at IS NOT NULL AND warned_at IS NULL;

create table outage_incident_events (
  company_id uuid not null,
  incident_id uuid not null,
  seq integer not null,
  type text not null,
  at timestamp with time zone not null,
  by_id uuid,
  from_device_id uuid,
  to_device_id uuid,
  other_id uuid,
  posterior double precision,
  constraint outage_incident_events_pkey PRIMARY KEY (company_id, incident_id, seq),
  constraint outage_incident_events_type_check CHECK (type = ANY (ARRAY['begun'::text, 'moved'::text, 'confirmed'::text, 'split'::text, 'merged'::text, 'false-alarm'::text, 'ordered'::text, 'joined'::text, 'held'::text, 'released'::text, 'restored'::text, 'still-dark'::text, 'reopened'::text, 'closed'::text]))
);
CREATE INDEX outage_incident_events_merged ON outage_incident_events USING btree (company_id, at) WHERE type = 'merged'::text;

create table outage_incidents (
  company_id uuid not null,
  id uuid not null,
  device_id uuid,
  household_id uuid,
  hazard text,
  state text not null,
  posterior double precision not null,
  since timestamp with time zone not null,
  restored_at timestamp with time zone,
  ended_at timestamp with time zone,
  places uuid[] not null,
  households integer not null,
  reports integer not null,
  nested uuid[] not null,
  planned boolean not null,
  order_id uuid,
  held boolean not null,
  parent_id uuid,
  word text,
  word_by uuid,
  word_at timestamp with time zone,
  explained jsonb,
  asked_at timestamp with time zone,
  version integer not null,
  changed_at timestamp with time zone not null,
  constraint outage_incidents_pkey PRIMARY KEY (company_id, id),
  constraint outage_incidents_check CHECK ((word IS NULL) = (word_by IS NULL) AND (word IS NULL) = (word_at IS NULL)),
  constraint outage_incidents_check1 CHECK ((state = 'closed'::text) = (ended_at IS NOT NULL)),
  constraint outage_incidents_check2 CHECK (state <> 'restored'::text OR restored_at IS NOT NULL),
  constraint outage_incidents_hazard_check CHECK (hazard = ANY (ARRAY['line-down'::text, 'pole'::text, 'shock'::text, 'fire'::text])),
  constraint outage_incidents_households_check CHECK (households >= 0),
  constraint outage_incidents_posterior_check CHECK (posterior >= 0::double precision AND posterior <= 1::double precision),
  constraint outage_incidents_reports_check CHECK (reports >= 0),
  constraint outage_incidents_state_check CHECK (state = ANY (ARRAY['suspected'::text, 'confirmed'::text, 'restored'::text, 'closed'::text])),
  constraint outage_incidents_word_check CHECK (word = ANY (ARRAY['confirmed'::text, 'moved'::text, 'split'::text, 'merged'::text, 'false-alarm'::text]))
);
CREATE INDEX outage_incidents_changed ON outage_incidents USING btree (changed_at);
CREATE INDEX outage_incidents_open ON outage_incidents USING btree (company_id, since) WHERE state <> 'closed'::text;
CREATE INDEX outage_incidents_order ON outage_incidents USING btree (company_id, order_id) WHERE order_id IS NOT NULL;
CREATE INDEX outage_incidents_places ON outage_incidents USING gin (places) WHERE state <> 'closed'::text;
CREATE INDEX outage_incidents_unasked ON outage_incidents USING btree (company_id, restored_at) WHERE state = 'restored'::text AND asked_at IS NULL;

create table outage_reports (
  company_id uuid not null,
  id uuid not null,
  source text not null,
  key text not null,
  says text not null,
  household_id uuid,
  meter_id uuid,
  device_id uuid,
  case_id uuid,
  hazard text,
  at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  taken_at timestamp with time zone,
  incident_id uuid,
  joined boolean not null,
  constraint outage_reports_pkey PRIMARY KEY (company_id, id),
  constraint outage_reports_company_id_source_key_key UNIQUE (company_id, source, key),
  constraint outage_reports_check CHECK ((says = ANY (ARRAY['off'::text, 'on'::text, 'silent'::text])) OR device_id IS NOT NULL),
  constraint outage_reports_hazard_check CHECK (hazard = ANY (ARRAY['line-down'::text, 'pole'::text, 'shock'::text, 'fire'::text])),
  constraint outage_reports_says_check CHECK (says = ANY (ARRAY['off'::text, 'on'::text, 'silent'::text, 'open'::text, 'closed'::text])),
  constraint outage_reports_source_check CHECK (source = ANY (ARRAY['phone'::text, 'counter'::text, 'page'::text, 'sms'::text, 'door'::text, 'last_gasp'::text, 'telemetry'::text, 'patrol'::text, 'ping'::text]))
);
CREATE INDEX outage_reports_answers ON outage_reports USING btree (company_id, received_at) WHERE says <> 'off'::text AND incident_id IS NULL;
CREATE INDEX outage_reports_case ON outage_reports USING btree (company_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX outage_reports_device ON outage_reports USING btree (company_id, device_id, at DESC) WHERE device_id IS NOT NULL;
CREATE INDEX outage_reports_incident ON outage_reports USING btree (company_id, incident_id) WHERE incident_id IS NOT NULL;
CREATE INDEX outage_reports_meter ON outage_reports USING btree (company_id, meter_id, at DESC) WHERE meter_id IS NOT NULL;
CREATE INDEX outage_reports_new ON outage_reports USING btree (company_id, id) WHERE taken_at IS NULL;
CREATE INDEX outage_reports_received ON outage_reports USING btree (company_id, received_at);
CREATE INDEX outage_reports_to_join ON outage_reports USING btree (company_id, incident_id) WHERE case_id IS NOT NULL AND NOT joined;

create table outage_source_contacts (
  company_id uuid not null,
  key_id uuid not null,
  hour timestamp with time zone not null,
  constraint outage_source_contacts_pkey PRIMARY KEY (company_id, key_id, hour)
);
CREATE INDEX outage_source_contacts_hour ON outage_source_contacts USING btree (company_id, hour);

create table outage_tellings (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  audience text not null,
  news text not null,
  way text not null,
  estimated_at timestamp with time zone,
  told_at timestamp with time zone not null,
  told_by uuid,
  late boolean not null,
  messages integer not null,
  automatic boolean default false not null,
  unreached integer default 0 not null,
  constraint outage_tellings_pkey PRIMARY KEY (company_id, id),
  constraint outage_tellings_audience_check CHECK (audience = ANY (ARRAY['reporters'::text, 'households'::text, 'important'::text, 'authorities'::text])),
  constraint outage_tellings_messages_check CHECK (messages >= 0),
  constraint outage_tellings_news_check CHECK (news = ANY (ARRAY['sought'::text, 'crew-sent'::text, 'crew-there'::text, 'awaiting-permission'::text, 'repairing'::text, 'estimate'::text, 'moved'::text, 'late'::text, 'partly-back'::text, 'back'::text])),
  constraint outage_tellings_unreached_check CHECK (unreached >= 0),
  constraint outage_tellings_way_check CHECK (way = ANY (ARRAY['message'::text, 'text'::text, 'phone'::text]))
);
CREATE INDEX outage_tellings_households ON outage_tellings USING btree (company_id, told_at) WHERE audience = 'households'::text AND messages > 0;
CREATE INDEX outage_tellings_order ON outage_tellings USING btree (company_id, order_id, told_at DESC);
CREATE INDEX outage_tellings_told ON outage_tellings USING btree (told_at);

create table outage_told_households (
  company_id uuid not null,
  message_id uuid not null,
  telling_id uuid not null,
  order_id uuid not null,
  household_id uuid not null,
  customer_id uuid not null,
  news text not null,
  estimated_at timestamp with time zone,
  told_at timestamp with time zone not null,
  constraint outage_told_households_pkey PRIMARY KEY (company_id, message_id),
  constraint outage_told_households_news_check CHECK (news = ANY (ARRAY['sought'::text, 'crew-sent'::text, 'crew-there'::text, 'awaiting-permission'::text, 'repairing'::text, 'estimate'::text, 'moved'::text, 'late'::text, 'partly-back'::text, 'back'::text]))
);
CREATE INDEX outage_told_households_customer ON outage_told_households USING btree (company_id, order_id, customer_id, told_at DESC);
CREATE INDEX outage_told_households_household ON outage_told_households USING btree (company_id, household_id, told_at DESC);
CREATE INDEX outage_told_households_telling ON outage_told_households USING btree (company_id, telling_id);

create table outbox (
  company_id uuid not null,
  id uuid not null,
  key text not null,
  channel text not null,
  template text not null,
  case_id uuid,
  person_id uuid,
  data jsonb default '{}'::jsonb not null,
  run_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  state text not null,
  attempts integer default 0 not null,
  gateway_id text,
  fault text,
  sent_at timestamp with time zone,
  lease_until timestamp with time zone,
  next_try_at timestamp with time zone,
  read_at timestamp with time zone,
  household_id uuid,
  sender_id uuid,
  delivered_at timestamp with time zone,
  undelivered_at timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (company_id, id),
  constraint outbox_company_id_key_key UNIQUE (company_id, key),
  constraint outbox_channel_check CHECK (channel = ANY (ARRAY['sms'::text, 'mail'::text, 'desk'::text])),
  constraint outbox_one_receiver CHECK (num_nonnulls(case_id, person_id, household_id, sender_id) = 1),
  constraint outbox_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'withdrawn'::text]))
);
CREATE INDEX outbox_case ON outbox USING btree (company_id, case_id, created_at) WHERE case_id IS NOT NULL;
CREATE INDEX outbox_due ON outbox USING btree (company_id, channel, run_at, id) WHERE state = 'waiting'::text;
CREATE INDEX outbox_household ON outbox USING btree (company_id, household_id, created_at DESC) WHERE household_id IS NOT NULL;
CREATE INDEX outbox_leased ON outbox USING btree (lease_until) WHERE state = 'sending'::text;
CREATE INDEX outbox_person ON outbox USING btree (company_id, person_id, created_at DESC) WHERE person_id IS NOT NULL;
CREATE INDEX outbox_queue ON outbox USING btree (company_id, state, created_at DESC) WHERE channel <> 'desk'::text;
CREATE INDEX outbox_rung ON outbox USING btree (sent_at) WHERE channel = 'desk'::text AND state = 'sent'::text;
CREATE INDEX outbox_sender ON outbox USING btree (company_id, sender_id) WHERE sender_id IS NOT NULL;
CREATE INDEX outbox_told ON outbox USING btree (company_id, sent_at) WHERE channel = 'sms'::text AND state = 'sent'::text AND case_id IS NOT NULL;

create table outside_objections (
  company_id uuid not null,
  id uuid not null,
  outside_order_id uuid not null,
  reason text not null,
  words text not null,
  evidence text not null,
  raised_by uuid not null,
  raised_at timestamp with time zone not null,
  state text not null,
  answer text,
  answered_by uuid,
  answered_at timestamp with time zone,
  constraint outside_objections_pkey PRIMARY KEY (company_id, id),
  constraint outside_objections_check CHECK ((state = 'raised'::text) = (answered_at IS NULL)),
  constraint outside_objections_reason_check CHECK (reason = ANY (ARRAY['not-ours'::text, 'duplicate'::text, 'facts-differ'::text, 'unreachable'::text, 'start-wrong'::text])),
  constraint outside_objections_state_check CHECK (state = ANY (ARRAY['raised'::text, 'upheld'::text, 'rejected'::text, 'withdrawn'::text]))
);
CREATE UNIQUE INDEX outside_objections_open ON outside_objections USING btree (company_id, outside_order_id) WHERE state = 'raised'::text;

create table outside_order_updates (
  company_id uuid not null,
  id uuid not null,
  outside_order_id uuid not null,
  content jsonb,
  content_hash text not null,
  at timestamp with time zone not null,
  seen_by uuid,
  seen_at timestamp with time zone,
  constraint outside_order_updates_pkey PRIMARY KEY (company_id, id),
  constraint outside_order_updates_company_id_outside_order_id_content_h_key UNIQUE (company_id, outside_order_id, content_hash)
);

create table outside_orders (
  company_id uuid not null,
  id uuid not null,
  door text not null,
  number text not null,
  content jsonb,
  content_hash text not null,
  started_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  way text not null,
  key_id uuid,
  received_by uuid,
  state text not null,
  faults text[] default '{}'::text[] not null,
  case_id uuid,
  decided_by uuid,
  decided_at timestamp with time zone,
  note text,
  constraint outside_orders_pkey PRIMARY KEY (company_id, id),
  constraint outside_orders_company_id_door_number_key UNIQUE (company_id, door, number),
  constraint outside_orders_check CHECK ((state = 'accepted'::text) = (case_id IS NOT NULL)),
  constraint outside_orders_check1 CHECK (key_id IS NOT NULL OR received_by IS NOT NULL),
  constraint outside_orders_door_check CHECK (door = ANY (ARRAY['95598'::text, '12398'::text, '12345'::text])),
  constraint outside_orders_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'to-complete'::text, 'accepted'::text, 'set-aside'::text])),
  constraint outside_orders_way_check CHECK (way = ANY (ARRAY['http'::text, 'csv'::text, 'paste'::text]))
);
CREATE INDEX outside_orders_case ON outside_orders USING btree (company_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX outside_orders_received ON outside_orders USING btree (company_id, received_at DESC, id DESC);
CREATE INDEX outside_orders_waiting ON outside_orders USING btree (received_at) WHERE state = 'waiting'::text;

create table outside_replies (
  company_id uuid not null,
  id uuid not null,
  outside_order_id uuid not null,
  round integer not null,
  fields jsonb,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  handed_at timestamp with time zone,
  handed_way text,
  handed_by uuid,
  returned_at timestamp with time zone,
  return_reason text,
  constraint outside_replies_pkey PRIMARY KEY (company_id, id),
  constraint outside_replies_company_id_outside_order_id_round_key UNIQUE (company_id, outside_order_id, round),
  constraint outside_replies_check CHECK ((handed_at IS NULL) = (handed_way IS NULL)),
  constraint outside_replies_check1 CHECK (returned_at IS NULL OR handed_at IS NOT NULL),
  constraint outside_replies_handed_way_check CHECK (handed_way = ANY (ARRAY['http'::text, 'csv'::text, 'copy'::text])),
  constraint outside_replies_round_check CHECK (round > 0)
);
CREATE INDEX outside_replies_ready ON outside_replies USING btree (company_id, made_at) WHERE handed_at IS NULL;

create table owed_calls (
  company_id uuid not null,
  id uuid not null,
  case_id uuid,
  unit_id uuid not null,
  reason text not null,
  due_at timestamp with time zone not null,
  owed_at timestamp with time zone not null,
  state text not null,
  ended_at timestamp with time zone,
  call_id uuid,
  constraint owed_calls_pkey PRIMARY KEY (company_id, id),
  constraint owed_calls_call_once UNIQUE (company_id, call_id),
  constraint owed_calls_of_check CHECK (num_nonnulls(case_id, call_id) = 1 AND (call_id IS NOT NULL) = (reason = ANY (ARRAY['dropped'::text, 'missed'::text]))),
  constraint owed_calls_reason_check CHECK (reason = ANY (ARRAY['dissatisfied'::text, 'not-solved-again'::text, 'promised'::text, 'dropped'::text, 'missed'::text])),
  constraint owed_calls_state_check CHECK (state = ANY (ARRAY['open'::text, 'reached'::text, 'given-up'::text]))
);
CREATE INDEX owed_calls_case ON owed_calls USING btree (company_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX owed_calls_unit ON owed_calls USING btree (company_id, unit_id, due_at) WHERE state = 'open'::text;

create table page_limits (
  company_id uuid not null,
  subject text not null,
  hour timestamp with time zone not null,
  n integer not null,
  constraint page_limits_pkey PRIMARY KEY (company_id, subject, hour)
);

create table page_reports (
  company_id uuid not null,
  case_id uuid not null,
  item text not null,
  division_code text,
  at timestamp with time zone not null,
  constraint page_reports_pkey PRIMARY KEY (company_id, case_id)
);
CREATE INDEX page_reports_division ON page_reports USING btree (company_id, division_code, at) WHERE division_code IS NOT NULL;

create table people (
  company_id uuid not null,
  id uuid not null,
  staff_no text not null,
  name text not null,
  py_full text not null,
  py_initials text not null,
  phone text,
  demonstration boolean default false not null,
  left_at timestamp with time zone,
  email text,
  system boolean default false not null,
  mail_digest boolean default false not null,
  constraint people_pkey PRIMARY KEY (company_id, id),
  constraint people_company_id_staff_no_key UNIQUE (company_id, staff_no)
);

create table person_skills (
  company_id uuid not null,
  person_id uuid not null,
  skill text not null,
  until_on date not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint person_skills_pkey PRIMARY KEY (company_id, person_id, skill),
  constraint person_skills_skill_check CHECK (skill = ANY (ARRAY['low-voltage'::text, 'medium-voltage'::text, 'cable'::text, 'live-line'::text, 'meter'::text]))
);

create table planned_consultations (
  company_id uuid not null,
  plan_id uuid not null,
  household_id uuid not null,
  important boolean not null,
  manager_id uuid,
  asked_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  contacts integer default 0 not null,
  contacted_at timestamp with time zone,
  answer text,
  reason text,
  window_from timestamp with time zone,
  window_to timestamp with time zone,
  answered_at timestamp with time zone,
  answered_by uuid,
  constraint planned_consultations_pkey PRIMARY KEY (company_id, plan_id, household_id),
  constraint planned_consultations_answer_check CHECK (answer = ANY (ARRAY['agrees'::text, 'adjust'::text, 'disagrees'::text])),
  constraint planned_consultations_check CHECK ((answer IS NULL) = (answered_at IS NULL)),
  constraint planned_consultations_check1 CHECK ((window_from IS NULL) = (window_to IS NULL)),
  constraint planned_consultations_check2 CHECK (window_from < window_to),
  constraint planned_consultations_contacts_check CHECK (contacts >= 0),
  constraint planned_consultations_reason_check CHECK (reason = ANY (ARRAY['production'::text, 'event'::text, 'medical'::text, 'cold-chain'::text, 'construction'::text, 'other'::text]))
);
CREATE INDEX planned_consultations_manager ON planned_consultations USING btree (company_id, manager_id) WHERE answer IS NULL;

create table planned_devices (
  company_id uuid not null,
  plan_id uuid not null,
  device_id uuid not null,
  opened_by uuid,
  closed_by uuid,
  constraint planned_devices_pkey PRIMARY KEY (company_id, plan_id, device_id)
);

create table planned_events (
  company_id uuid not null,
  plan_id uuid not null,
  seq integer not null,
  type text not null,
  at timestamp with time zone not null,
  by_id uuid,
  data jsonb default '{}'::jsonb not null,
  constraint planned_events_pkey PRIMARY KEY (company_id, plan_id, seq)
);
CREATE INDEX planned_events_at ON planned_events USING btree (at);

create table planned_households (
  company_id uuid not null,
  plan_id uuid not null,
  household_id uuid not null,
  kinds text[] not null,
  keeps_supply boolean not null,
  constraint planned_households_pkey PRIMARY KEY (company_id, plan_id, household_id)
);
CREATE INDEX planned_households_household ON planned_households USING btree (company_id, household_id);

create table planned_outages (
  company_id uuid not null,
  id uuid not null,
  no text not null,
  seq integer not null,
  kind text not null,
  stage text not null,
  reason text not null,
  work text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  traffic boolean not null,
  drafted_by uuid not null,
  drafted_at timestamp with time zone not null,
  computed_at timestamp with time zone,
  households integer default 0 not null,
  keeping integer default 0 not null,
  meets_on date,
  approved_by uuid,
  approved_at timestamp with time zone,
  approved_way text,
  override_reason text,
  announced_at timestamp with time zone,
  round integer default 0 not null,
  first_until timestamp with time zone,
  started_at timestamp with time zone,
  restored_at timestamp with time zone,
  closed_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  approved_over integer default 0 not null,
  authority_ref text,
  authority_at timestamp with time zone,
  authority_by uuid,
  constraint planned_outages_pkey PRIMARY KEY (company_id, id),
  constraint planned_outages_company_id_no_key UNIQUE (company_id, no),
  constraint planned_outages_approved_over_check CHECK (approved_over >= 0),
  constraint planned_outages_approved_way_check CHECK (approved_way = ANY (ARRAY['meeting'::text, 'approval'::text, 'deputy'::text])),
  constraint planned_outages_authority CHECK ((authority_ref IS NULL) = (authority_at IS NULL) AND (authority_ref IS NULL) = (authority_by IS NULL)),
  constraint planned_outages_check CHECK (from_at < until_at),
  constraint planned_outages_check1 CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
  constraint planned_outages_check2 CHECK (started_at <= restored_at),
  constraint planned_outages_kind_check CHECK (kind = ANY (ARRAY['planned'::text, 'temporary'::text])),
  constraint planned_outages_reason_check CHECK (reason = ANY (ARRAY['maintenance'::text, 'construction'::text, 'connection'::text, 'defect'::text, 'customer'::text, 'municipal'::text])),
  constraint planned_outages_stage_check CHECK (stage = ANY (ARRAY['need'::text, 'consulting'::text, 'deciding'::text, 'approved'::text, 'announced'::text, 'underway'::text, 'restored'::text, 'closed'::text, 'cancelled'::text]))
);
CREATE INDEX planned_outages_open ON planned_outages USING btree (company_id, stage, from_at) WHERE stage <> ALL (ARRAY['closed'::text, 'cancelled'::text]);
CREATE INDEX planned_outages_week ON planned_outages USING btree (company_id, from_at);

create table planned_places (
  company_id uuid not null,
  plan_id uuid not null,
  device_id uuid not null,
  feeder_id uuid,
  constraint planned_places_pkey PRIMARY KEY (company_id, plan_id, device_id)
);
CREATE INDEX planned_places_device ON planned_places USING btree (company_id, device_id);

create table planned_reasons (
  company_id uuid not null,
  plan_id uuid not null,
  seq integer not null,
  reason text not null,
  constraint planned_reasons_pkey PRIMARY KEY (company_id, plan_id, seq)
);

create table planned_tellings (
  company_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  round integer not null,
  cause text not null,
  target text not null,
  household_id uuid,
  division_code text,
  way text not null,
  limit_id text,
  due_at timestamp with time zone,
  told_at timestamp with time zone,
  told_by uuid,
  receipt_at timestamp with time zone,
  receipt_by uuid,
  decision text,
  decided_by uuid,
  decided_at timestamp with time zone,
  decision_reason text,
  constraint planned_tellings_pkey PRIMARY KEY (company_id, id),
  constraint planned_tellings_cause_check CHECK (cause = ANY (ARRAY['notice'::text, 'change'::text, 'reminder'::text, 'cancelled'::text, 'late'::text])),
  constraint planned_tellings_check CHECK (receipt_at IS NULL OR told_at IS NOT NULL),
  constraint planned_tellings_decided CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decision_reason IS NULL)),
  constraint planned_tellings_decision_check CHECK (decision = ANY (ARRAY['in-person'::text, 'go-on'::text])),
  constraint planned_tellings_round_check CHECK (round >= 0),
  constraint planned_tellings_target_check CHECK (target = ANY (ARRAY['public'::text, 'village'::text, 'household'::text, 'important'::text, 'traffic'::text])),
  constraint planned_tellings_way_check CHECK (way = ANY (ARRAY['post'::text, 'sms'::text, 'print'::text, 'letter'::text, 'phone'::text]))
);
CREATE INDEX planned_tellings_household ON planned_tellings USING btree (company_id, household_id) WHERE household_id IS NOT NULL;
CREATE INDEX planned_tellings_plan ON planned_tellings USING btree (company_id, plan_id, cause, target);

create table point_materials (
  company_id uuid not null,
  grid_point_id uuid not null,
  material text not null,
  amount integer not null,
  minimum integer not null,
  constraint point_materials_pkey PRIMARY KEY (company_id, grid_point_id, material),
  constraint point_materials_amount_check CHECK (amount >= 0),
  constraint point_materials_minimum_check CHECK (minimum >= 0)
);

create table premises (
  company_id uuid not null,
  id uuid not null,
  division_code text not null,
  place text not null,
  house_no text not null,
  area_class text not null,
  lon double precision not null,
  lat double precision not null,
  constraint premises_pkey PRIMARY KEY (company_id, id),
  constraint premises_area_class_check CHECK (area_class = ANY (ARRAY['city'::text, 'rural'::text, 'remote'::text]))
);
CREATE INDEX premises_division ON premises USING btree (company_id, division_code);

create table queue_tickets (
  company_id uuid not null,
  id uuid not null,
  hall_id uuid not null,
  day date not null,
  class text not null,
  n integer not null,
  state text not null,
  issued_at timestamp with time zone not null,
  called_at timestamp with time zone,
  calls integer default 0 not null,
  serving_at timestamp with time zone,
  ended_at timestamp with time zone,
  window_no integer,
  clerk_id uuid,
  constraint queue_tickets_pkey PRIMARY KEY (company_id, id),
  constraint queue_tickets_company_id_hall_id_day_class_n_key UNIQUE (company_id, hall_id, day, class, n),
  constraint queue_tickets_class_check CHECK (class = ANY (ARRAY['pay'::text, 'business'::text, 'booked'::text, 'care'::text])),
  constraint queue_tickets_n_check CHECK (n > 0),
  constraint queue_tickets_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'called'::text, 'serving'::text, 'served'::text, 'no-show'::text]))
);
CREATE INDEX queue_tickets_clerk ON queue_tickets USING btree (company_id, clerk_id, day);
CREATE INDEX queue_tickets_waiting ON queue_tickets USING btree (company_id, hall_id, day, issued_at) WHERE state = 'waiting'::text;

create table reclassifications (
  company_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  from_type text not null,
  to_type text not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  reason_id uuid not null,
  state text not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  decision_id uuid,
  constraint reclassifications_pkey PRIMARY KEY (company_id, id),
  constraint reclassifications_check CHECK ((state = 'asked'::text) = (decided_by IS NULL)),
  constraint reclassifications_check1 CHECK (decided_by IS NULL OR decided_by <> asked_by),
  constraint reclassifications_state_check CHECK (state = ANY (ARRAY['asked'::text, 'approved'::text, 'refused'::text]))
);
CREATE INDEX reclassifications_case ON reclassifications USING btree (company_id, case_id, asked_at);
CREATE UNIQUE INDEX reclassifications_open ON reclassifications USING btree (company_id, case_id) WHERE state = 'asked'::text;

create table recovery_codes (
  company_id uuid not null,
  person_id uuid not null,
  code_hash text not null,
  used_at timestamp with time zone,
  constraint recovery_codes_pkey PRIMARY KEY (company_id, person_id, code_hash)
);

create table role_grants (
  company_id uuid not null,
  person_id uuid not null,
  role text not null,
  granted_at timestamp with time zone not null,
  granted_by uuid,
  constraint role_grants_pkey PRIMARY KEY (company_id, person_id, role)
);

create table schema_migrations (
  version integer not null,
  name text not null,
  hash text not null,
  applied_at timestamp with time zone not null,
  constraint schema_migrations_pkey PRIMARY KEY (version)
);

create table second_factors (
  company_id uuid not null,
  person_id uuid not null,
  secret text not null,
  begun_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_step bigint default 0 not null,
  constraint second_factors_pkey PRIMARY KEY (company_id, person_id)
);

create table service_areas (
  company_id uuid not null,
  division_code text not null,
  name text not null,
  town_code text not null,
  town_name text not null,
  area_class text not null,
  station_id uuid not null,
  lon double precision not null,
  lat double precision not null,
  constraint service_areas_pkey PRIMARY KEY (company_id, division_code),
  constraint service_areas_area_class_check CHECK (area_class = ANY (ARRAY['city'::text, 'rural'::text, 'remote'::text]))
);
CREATE INDEX service_areas_station ON service_areas USING btree (company_id, station_id);

create table sessions (
  company_id uuid not null,
  token_hash text not null,
  id uuid not null,
  person_id uuid not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  locked_at timestamp with time zone,
  ended_at timestamp with time zone,
  device text not null,
  constraint sessions_pkey PRIMARY KEY (company_id, token_hash),
  constraint sessions_company_id_id_key UNIQUE (company_id, id)
);
CREATE INDEX sessions_person ON sessions USING btree (company_id, person_id) WHERE ended_at IS NULL;

create table shift_handovers (
  company_id uuid not null,
  id uuid not null,
  unit_id uuid not null,
  place text not null,
  from_person_id uuid not null,
  to_person_id uuid,
  state text not null,
  content jsonb not null,
  note text,
  offered_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  constraint shift_handovers_pkey PRIMARY KEY (company_id, id),
  constraint shift_handovers_place_check CHECK (place = ANY (ARRAY['hall'::text, 'dispatch'::text, 'control'::text])),
  constraint shift_handovers_state_check CHECK (state = ANY (ARRAY['offered'::text, 'accepted'::text, 'withdrawn'::text]))
);
CREATE INDEX shift_handovers_unit ON shift_handovers USING btree (company_id, unit_id, offered_at);

create table sms_senders (
  company_id uuid not null,
  id uuid not null,
  phone text,
  language text not null,
  heard_at timestamp with time zone not null,
  constraint sms_senders_pkey PRIMARY KEY (company_id, id),
  constraint sms_senders_language_check CHECK (language = ANY (ARRAY['zh'::text, 'en'::text]))
);
CREATE INDEX sms_senders_phone ON sms_senders USING btree (company_id, phone, heard_at) WHERE phone IS NOT NULL;

create table supply_groups (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  label text not null,
  households integer not null,
  energised_at timestamp with time zone,
  resupplied_at timestamp with time zone,
  added_by uuid not null,
  added_at timestamp with time zone not null,
  device_id uuid,
  otherwise_supplied integer default 0 not null,
  way text,
  constraint supply_groups_pkey PRIMARY KEY (company_id, id),
  constraint supply_groups_company_id_order_id_label_key UNIQUE (company_id, order_id, label),
  constraint supply_groups_check CHECK (resupplied_at IS NULL OR energised_at <= resupplied_at),
  constraint supply_groups_households_check CHECK (households > 0),
  constraint supply_groups_otherwise_supplied_check CHECK (otherwise_supplied >= 0),
  constraint supply_groups_way_check CHECK (way = ANY (ARRAY['repair'::text, 'transfer'::text, 'generator'::text]))
);

create table supply_losses (
  company_id uuid not null,
  household_id uuid not null,
  incident_id uuid not null,
  supplies integer not null,
  lost integer not null,
  remaining integer not null,
  lost_at timestamp with time zone not null,
  manager_id uuid,
  returned_at timestamp with time zone,
  constraint supply_losses_pkey PRIMARY KEY (company_id, household_id, incident_id),
  constraint supply_losses_check CHECK (lost > 0 AND lost < supplies),
  constraint supply_losses_check1 CHECK (remaining >= 0 AND remaining < supplies),
  constraint supply_losses_check2 CHECK (returned_at >= lost_at),
  constraint supply_losses_supplies_check CHECK (supplies > 1)
);
CREATE INDEX supply_losses_incident ON supply_losses USING btree (company_id, incident_id);
CREATE INDEX supply_losses_open ON supply_losses USING btree (company_id, household_id) WHERE returned_at IS NULL;

create table supply_notice_places (
  company_id uuid not null,
  notice_id uuid not null,
  device_id uuid not null,
  constraint supply_notice_places_pkey PRIMARY KEY (company_id, notice_id, device_id)
);
CREATE INDEX supply_notice_places_device ON supply_notice_places USING btree (company_id, device_id);

create table supply_notice_reports (
  company_id uuid not null,
  notice_id uuid not null,
  seq integer not null,
  what text not null,
  at timestamp with time zone not null,
  by_id uuid,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  late boolean not null,
  constraint supply_notice_reports_pkey PRIMARY KEY (company_id, notice_id, seq),
  constraint supply_notice_reports_what_check CHECK (what = ANY (ARRAY['report'::text, 'change'::text, 'restored'::text, 'closed'::text]))
);

create table supply_notices (
  company_id uuid not null,
  id uuid not null,
  no text not null,
  seq integer not null,
  kind text not null,
  state text not null,
  reason text not null,
  plan_id uuid,
  incident_id uuid,
  order_id uuid,
  switching_id uuid,
  due_at timestamp with time zone,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  actual_from timestamp with time zone,
  actual_until timestamp with time zone,
  households integer not null,
  cancelled boolean default false not null,
  reported_at timestamp with time zone not null,
  changed_at timestamp with time zone not null,
  constraint supply_notices_pkey PRIMARY KEY (company_id, id),
  constraint supply_notices_company_id_no_key UNIQUE (company_id, no),
  constraint supply_notices_check CHECK (from_at < until_at),
  constraint supply_notices_households_check CHECK (households >= 0),
  constraint supply_notices_kind_check CHECK (kind = ANY (ARRAY['planned'::text, 'temporary'::text, 'grid-fault'::text, 'shortage'::text, 'theft'::text, 'breach'::text, 'arrears'::text, 'orderly'::text])),
  constraint supply_notices_reason_check CHECK (reason = ANY (ARRAY['maintenance'::text, 'construction'::text, 'connection'::text, 'defect'::text, 'customer'::text, 'municipal'::text, 'fault'::text, 'shortage'::text, 'company'::text])),
  constraint supply_notices_state_check CHECK (state = ANY (ARRAY['reported'::text, 'restored'::text, 'closed'::text]))
);
CREATE INDEX supply_notices_changed ON supply_notices USING btree (company_id, changed_at DESC);
CREATE INDEX supply_notices_open ON supply_notices USING btree (company_id, from_at) WHERE state = 'reported'::text;
CREATE UNIQUE INDEX supply_notices_plan ON supply_notices USING btree (company_id, plan_id) WHERE plan_id IS NOT NULL;
CREATE UNIQUE INDEX supply_notices_switching ON supply_notices USING btree (company_id, switching_id) WHERE switching_id IS NOT NULL;

create table support_reviews (
  company_id uuid not null,
  id uuid not null,
  month text not null,
  request_id uuid not null,
  front_unit_id uuid not null,
  drawn_at timestamp with time zone not null,
  verdict text,
  words_id uuid,
  reviewed_by uuid,
  reviewed_at timestamp with time zone,
  constraint support_reviews_pkey PRIMARY KEY (company_id, id),
  constraint support_reviews_company_id_request_id_key UNIQUE (company_id, request_id),
  constraint support_reviews_check CHECK ((verdict IS NULL) = (reviewed_by IS NULL)),
  constraint support_reviews_check1 CHECK ((verdict IS NULL) = (reviewed_at IS NULL)),
  constraint support_reviews_month_check CHECK (month ~ '^\d{4}-\d{2}$'::text),
  constraint support_reviews_verdict_check CHECK (verdict = ANY (ARRAY['helped'::text, 'partly'::text, 'not'::text]))
);
CREATE INDEX support_reviews_front ON support_reviews USING btree (company_id, front_unit_id) WHERE verdict IS NULL;
CREATE INDEX support_reviews_month ON support_reviews USING btree (company_id, month);

create table tasks (
  company_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  case_id uuid,
  step text not null,
  round integer not null,
  unit_id uuid not null,
  post text not null,
  holder_id uuid,
  rework boolean not null,
  state text not null,
  ready_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint tasks_pkey PRIMARY KEY (company_id, id),
  constraint tasks_state_check CHECK (state = ANY (ARRAY['open'::text, 'done'::text, 'withdrawn'::text, 'parked'::text]))
);
CREATE INDEX tasks_done ON tasks USING btree (company_id, ended_at) WHERE state = 'done'::text;
CREATE INDEX tasks_holder ON tasks USING btree (company_id, holder_id) WHERE state = 'open'::text;
CREATE INDEX tasks_open ON tasks USING btree (company_id, order_id) WHERE state = 'open'::text;
CREATE UNIQUE INDEX tasks_round ON tasks USING btree (company_id, order_id, step, COALESCE(case_id, order_id), round);
CREATE INDEX tasks_unit ON tasks USING btree (company_id, unit_id, post) WHERE state = 'open'::text;

create table telling_paces (
  company_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  by_id uuid not null,
  pace integer not null,
  constraint telling_paces_pkey PRIMARY KEY (company_id, id),
  constraint telling_paces_pace_check CHECK (pace > 0)
);
CREATE INDEX telling_paces_at ON telling_paces USING btree (company_id, at DESC);

create table telling_settings (
  company_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  by_id uuid not null,
  automatic boolean not null,
  constraint telling_settings_pkey PRIMARY KEY (company_id, id)
);
CREATE INDEX telling_settings_at ON telling_settings USING btree (company_id, at DESC);

create table travel_fits (
  company_id uuid not null,
  at timestamp with time zone not null,
  model jsonb not null,
  zones jsonb not null,
  constraint travel_fits_pkey PRIMARY KEY (company_id, at)
);

create table units (
  company_id uuid not null,
  id uuid not null,
  parent_id uuid,
  code text not null,
  kind text not null,
  name text not null,
  name_en text not null,
  phone text,
  sort integer default 0 not null,
  closed_at timestamp with time zone,
  constraint units_pkey PRIMARY KEY (company_id, id),
  constraint units_company_id_code_key UNIQUE (company_id, code),
  constraint units_kind_check CHECK (kind = ANY (ARRAY['company'::text, 'department'::text, 'centre'::text, 'group'::text, 'station'::text, 'hall'::text, 'crew'::text]))
);

create table verdict_appeals (
  company_id uuid not null,
  id uuid not null,
  verdict_id uuid not null,
  unit_id uuid not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  words_id uuid not null,
  result text,
  decided_by uuid,
  decided_at timestamp with time zone,
  grounds_id uuid,
  constraint verdict_appeals_pkey PRIMARY KEY (company_id, id),
  constraint verdict_appeals_company_id_verdict_id_key UNIQUE (company_id, verdict_id),
  constraint verdict_appeals_check CHECK ((result IS NULL) = (decided_by IS NULL)),
  constraint verdict_appeals_check1 CHECK (decided_by IS NULL OR decided_by <> asked_by),
  constraint verdict_appeals_result_check CHECK (result = ANY (ARRAY['upheld'::text, 'changed'::text]))
);

alter table accounts
  add constraint accounts_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id);

alter table appointments
  add constraint appointments_company_id_booked_by_fkey FOREIGN KEY (company_id, booked_by) REFERENCES people(company_id, id),
  add constraint appointments_company_id_call_id_fkey FOREIGN KEY (company_id, call_id) REFERENCES calls(company_id, id),
  add constraint appointments_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint appointments_company_id_hall_id_fkey FOREIGN KEY (company_id, hall_id) REFERENCES units(company_id, id),
  add constraint appointments_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id),
  add constraint appointments_company_id_ticket_id_fkey FOREIGN KEY (company_id, ticket_id) REFERENCES queue_tickets(company_id, id);

alter table assignments
  add constraint assignments_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id),
  add constraint assignments_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table audit_seals
  add constraint audit_seals_company_id_entry_id_fkey FOREIGN KEY (company_id, entry_id) REFERENCES audit_entries(company_id, id);

alter table calendar_years
  add constraint calendar_years_company_id_change_id_fkey FOREIGN KEY (company_id, change_id) REFERENCES clock_changes(company_id, id);

alter table call_attempts
  add constraint call_attempts_company_id_by_person_id_fkey FOREIGN KEY (company_id, by_person_id) REFERENCES people(company_id, id),
  add constraint call_attempts_company_id_owed_call_id_fkey FOREIGN KEY (company_id, owed_call_id) REFERENCES owed_calls(company_id, id),
  add constraint call_attempts_company_id_text_id_fkey FOREIGN KEY (company_id, text_id) REFERENCES case_texts(company_id, id),
  add constraint call_attempts_task_fk FOREIGN KEY (company_id, task_id) REFERENCES tasks(company_id, id);

alter table calls
  add constraint calls_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint calls_company_id_device_id_fkey FOREIGN KEY (company_id, device_id) REFERENCES devices(company_id, id),
  add constraint calls_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint calls_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id),
  add constraint calls_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id),
  add constraint calls_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table case_access
  add constraint case_access_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint case_access_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table case_evaluations
  add constraint case_evaluations_company_id_by_person_id_fkey FOREIGN KEY (company_id, by_person_id) REFERENCES people(company_id, id),
  add constraint case_evaluations_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint case_evaluations_company_id_text_id_fkey FOREIGN KEY (company_id, text_id) REFERENCES case_texts(company_id, id);

alter table case_events
  add constraint case_events_company_id_stream_id_fkey FOREIGN KEY (company_id, stream_id) REFERENCES cases(company_id, id);

alter table case_files
  add constraint case_files_company_id_by_person_id_fkey FOREIGN KEY (company_id, by_person_id) REFERENCES people(company_id, id),
  add constraint case_files_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint case_files_company_id_hash_fkey FOREIGN KEY (company_id, hash) REFERENCES file_contents(company_id, hash);

alter table case_kept_away
  add constraint case_kept_away_company_id_by_person_id_fkey FOREIGN KEY (company_id, by_person_id) REFERENCES people(company_id, id),
  add constraint case_kept_away_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint case_kept_away_company_id_reason_id_fkey FOREIGN KEY (company_id, reason_id) REFERENCES case_texts(company_id, id);

alter table case_link_tries
  add constraint case_link_tries_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id);

alter table case_links
  add constraint case_links_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id);

alter table case_orders
  add constraint case_orders_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint case_orders_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id);

alter table case_papers
  add constraint case_papers_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint case_papers_company_id_received_by_fkey FOREIGN KEY (company_id, received_by) REFERENCES people(company_id, id),
  add constraint case_papers_company_id_text_id_fkey FOREIGN KEY (company_id, text_id) REFERENCES case_texts(company_id, id),
  add constraint case_papers_company_id_told_by_fkey FOREIGN KEY (company_id, told_by) REFERENCES people(company_id, id);

alter table case_readers
  add constraint case_readers_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint case_readers_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id);

alter table case_texts
  add constraint case_texts_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id);

alter table cases
  add constraint cases_company_id_accused_unit_id_fkey FOREIGN KEY (company_id, accused_unit_id) REFERENCES units(company_id, id),
  add constraint cases_company_id_drill_id_fkey FOREIGN KEY (company_id, drill_id) REFERENCES drills(company_id, id),
  add constraint cases_company_id_first_asked_id_fkey FOREIGN KEY (company_id, first_asked_id) REFERENCES people(company_id, id),
  add constraint cases_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint cases_company_id_handbook_version_id_fkey FOREIGN KEY (company_id, handbook_version_id) REFERENCES handbook_versions(company_id, id),
  add constraint cases_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id),
  add constraint cases_company_id_intake_unit_id_fkey FOREIGN KEY (company_id, intake_unit_id) REFERENCES units(company_id, id),
  add constraint cases_company_id_station_id_fkey FOREIGN KEY (company_id, station_id) REFERENCES units(company_id, id);

alter table clock_changes
  add constraint clock_changes_company_id_asked_by_fkey FOREIGN KEY (company_id, asked_by) REFERENCES people(company_id, id),
  add constraint clock_changes_company_id_decided_by_fkey FOREIGN KEY (company_id, decided_by) REFERENCES people(company_id, id),
  add constraint clock_changes_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table clock_deadlines
  add constraint clock_deadlines_company_id_change_id_fkey FOREIGN KEY (company_id, change_id) REFERENCES clock_changes(company_id, id),
  add constraint clock_deadlines_company_id_clock_id_fkey FOREIGN KEY (company_id, clock_id) REFERENCES clocks(company_id, id);

alter table clock_firings
  add constraint clock_firings_company_id_clock_id_fkey FOREIGN KEY (company_id, clock_id) REFERENCES clocks(company_id, id);

alter table clock_pause_clocks
  add constraint clock_pause_clocks_company_id_clock_id_fkey FOREIGN KEY (company_id, clock_id) REFERENCES clocks(company_id, id),
  add constraint clock_pause_clocks_company_id_pause_id_fkey FOREIGN KEY (company_id, pause_id) REFERENCES clock_pauses(company_id, id);

alter table clock_pauses
  add constraint clock_pauses_company_id_asked_by_fkey FOREIGN KEY (company_id, asked_by) REFERENCES people(company_id, id),
  add constraint clock_pauses_company_id_decided_by_fkey FOREIGN KEY (company_id, decided_by) REFERENCES people(company_id, id),
  add constraint clock_pauses_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id);

alter table clocks
  add constraint clocks_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint clocks_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id);

alter table commitments
  add constraint commitments_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint commitments_company_id_ended_by_fkey FOREIGN KEY (company_id, ended_by) REFERENCES people(company_id, id),
  add constraint commitments_company_id_made_by_fkey FOREIGN KEY (company_id, made_by) REFERENCES people(company_id, id),
  add constraint commitments_company_id_text_id_fkey FOREIGN KEY (company_id, text_id) REFERENCES case_texts(company_id, id),
  add constraint commitments_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table companies
  add constraint companies_handbook_version_fkey FOREIGN KEY (company_id, handbook_version_id) REFERENCES handbook_versions(company_id, id);

alter table complaint_duties
  add constraint complaint_duties_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint complaint_duties_company_id_done_by_fkey FOREIGN KEY (company_id, done_by) REFERENCES people(company_id, id);

alter table complaint_grades
  add constraint complaint_grades_company_id_by_person_id_fkey FOREIGN KEY (company_id, by_person_id) REFERENCES people(company_id, id),
  add constraint complaint_grades_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id);

alter table complaint_verdicts
  add constraint complaint_verdicts_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint complaint_verdicts_company_id_given_by_fkey FOREIGN KEY (company_id, given_by) REFERENCES people(company_id, id),
  add constraint complaint_verdicts_company_id_grounds_id_fkey FOREIGN KEY (company_id, grounds_id) REFERENCES case_texts(company_id, id),
  add constraint complaint_verdicts_company_id_liable_unit_id_fkey FOREIGN KEY (company_id, liable_unit_id) REFERENCES units(company_id, id);

alter table crew_assignments
  add constraint crew_assignments_company_id_crew_id_fkey FOREIGN KEY (company_id, crew_id) REFERENCES crews(company_id, id),
  add constraint crew_assignments_company_id_ended_by_fkey FOREIGN KEY (company_id, ended_by) REFERENCES people(company_id, id),
  add constraint crew_assignments_company_id_lead_id_fkey FOREIGN KEY (company_id, lead_id) REFERENCES people(company_id, id),
  add constraint crew_assignments_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id),
  add constraint crew_assignments_company_id_sent_by_fkey FOREIGN KEY (company_id, sent_by) REFERENCES people(company_id, id);

alter table crew_members
  add constraint crew_members_company_id_crew_id_fkey FOREIGN KEY (company_id, crew_id) REFERENCES crews(company_id, id),
  add constraint crew_members_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id);

alter table crew_positions
  add constraint crew_positions_company_id_by_id_fkey FOREIGN KEY (company_id, by_id) REFERENCES people(company_id, id),
  add constraint crew_positions_company_id_crew_id_fkey FOREIGN KEY (company_id, crew_id) REFERENCES crews(company_id, id);

alter table crew_shifts
  add constraint crew_shifts_company_id_crew_id_fkey FOREIGN KEY (company_id, crew_id) REFERENCES crews(company_id, id),
  add constraint crew_shifts_company_id_lead_id_fkey FOREIGN KEY (company_id, lead_id) REFERENCES people(company_id, id),
  add constraint crew_shifts_company_id_set_by_fkey FOREIGN KEY (company_id, set_by) REFERENCES people(company_id, id),
  add constraint crew_shifts_company_id_watcher_id_fkey FOREIGN KEY (company_id, watcher_id) REFERENCES people(company_id, id);

alter table crew_stand_bys
  add constraint crew_stand_bys_company_id_asked_by_fkey FOREIGN KEY (company_id, asked_by) REFERENCES people(company_id, id),
  add constraint crew_stand_bys_company_id_crew_id_fkey FOREIGN KEY (company_id, crew_id) REFERENCES crews(company_id, id),
  add constraint crew_stand_bys_company_id_ended_by_fkey FOREIGN KEY (company_id, ended_by) REFERENCES people(company_id, id),
  add constraint crew_stand_bys_company_id_grid_point_id_fkey FOREIGN KEY (company_id, grid_point_id) REFERENCES grid_points(company_id, id);

alter table crew_vehicles
  add constraint crew_vehicles_company_id_grid_point_id_fkey FOREIGN KEY (company_id, grid_point_id) REFERENCES grid_points(company_id, id);

alter table crews
  add constraint crews_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint crews_company_id_grid_point_id_fkey FOREIGN KEY (company_id, grid_point_id) REFERENCES grid_points(company_id, id);

alter table customers
  add constraint customers_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table dark_alarms
  add constraint dark_alarms_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table demo_messages
  add constraint demo_messages_company_id_outbox_id_fkey FOREIGN KEY (company_id, outbox_id) REFERENCES outbox(company_id, id);

alter table devices
  add constraint devices_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint devices_company_id_made_by_fkey FOREIGN KEY (company_id, made_by) REFERENCES people(company_id, id),
  add constraint devices_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table dispatch_plans
  add constraint dispatch_plans_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table dispatch_settings
  add constraint dispatch_settings_company_id_by_id_fkey FOREIGN KEY (company_id, by_id) REFERENCES people(company_id, id),
  add constraint dispatch_settings_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table door_keys
  add constraint door_keys_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint door_keys_company_id_made_by_fkey FOREIGN KEY (company_id, made_by) REFERENCES people(company_id, id);

alter table drill_findings
  add constraint drill_findings_company_id_checked_by_fkey FOREIGN KEY (company_id, checked_by) REFERENCES people(company_id, id),
  add constraint drill_findings_company_id_closed_by_fkey FOREIGN KEY (company_id, closed_by) REFERENCES people(company_id, id),
  add constraint drill_findings_company_id_drill_id_fkey FOREIGN KEY (company_id, drill_id) REFERENCES drills(company_id, id),
  add constraint drill_findings_company_id_made_by_fkey FOREIGN KEY (company_id, made_by) REFERENCES people(company_id, id),
  add constraint drill_findings_company_id_owner_id_fkey FOREIGN KEY (company_id, owner_id) REFERENCES people(company_id, id),
  add constraint drill_findings_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table drill_injects
  add constraint drill_injects_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint drill_injects_company_id_drill_id_fkey FOREIGN KEY (company_id, drill_id) REFERENCES drills(company_id, id);

alter table drill_parties
  add constraint drill_parties_company_id_drill_id_fkey FOREIGN KEY (company_id, drill_id) REFERENCES drills(company_id, id),
  add constraint drill_parties_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table drills
  add constraint drills_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint drills_company_id_made_by_fkey FOREIGN KEY (company_id, made_by) REFERENCES people(company_id, id);

alter table end_requests
  add constraint end_requests_company_id_asked_by_fkey FOREIGN KEY (company_id, asked_by) REFERENCES people(company_id, id),
  add constraint end_requests_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint end_requests_company_id_decided_by_fkey FOREIGN KEY (company_id, decided_by) REFERENCES people(company_id, id),
  add constraint end_requests_company_id_reason_id_fkey FOREIGN KEY (company_id, reason_id) REFERENCES case_texts(company_id, id);

alter table erasures
  add constraint erasures_company_id_by_person_id_fkey FOREIGN KEY (company_id, by_person_id) REFERENCES people(company_id, id),
  add constraint erasures_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint erasures_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id);

alter table fault_trainings
  add constraint fault_trainings_company_id_by_id_fkey FOREIGN KEY (company_id, by_id) REFERENCES people(company_id, id),
  add constraint fault_trainings_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id);

alter table file_contents
  add constraint file_contents_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table gateways
  add constraint gateways_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table grid_points
  add constraint grid_points_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint grid_points_company_id_station_id_fkey FOREIGN KEY (company_id, station_id) REFERENCES units(company_id, id);

alter table hall_slots
  add constraint hall_slots_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint hall_slots_company_id_hall_id_fkey FOREIGN KEY (company_id, hall_id) REFERENCES units(company_id, id);

alter table handbook_versions
  add constraint handbook_versions_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table handovers
  add constraint handovers_company_id_from_unit_id_fkey FOREIGN KEY (company_id, from_unit_id) REFERENCES units(company_id, id),
  add constraint handovers_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id),
  add constraint handovers_company_id_task_id_fkey FOREIGN KEY (company_id, task_id) REFERENCES tasks(company_id, id),
  add constraint handovers_company_id_text_id_fkey FOREIGN KEY (company_id, text_id) REFERENCES case_texts(company_id, id),
  add constraint handovers_company_id_to_unit_id_fkey FOREIGN KEY (company_id, to_unit_id) REFERENCES units(company_id, id);

alter table household_contacts
  add constraint household_contacts_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint household_contacts_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id);

alter table household_flags
  add constraint household_flags_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint household_flags_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id);

alter table household_reveals
  add constraint household_reveals_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id),
  add constraint household_reveals_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id);

alter table household_search
  add constraint household_search_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id);

alter table households
  add constraint households_company_id_account_manager_id_fkey FOREIGN KEY (company_id, account_manager_id) REFERENCES people(company_id, id),
  add constraint households_company_id_customer_id_fkey FOREIGN KEY (company_id, customer_id) REFERENCES customers(company_id, id),
  add constraint households_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint households_company_id_premises_id_fkey FOREIGN KEY (company_id, premises_id) REFERENCES premises(company_id, id),
  add constraint households_company_id_station_id_fkey FOREIGN KEY (company_id, station_id) REFERENCES units(company_id, id);

alter table intake_drafts
  add constraint intake_drafts_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint intake_drafts_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id),
  add constraint intake_drafts_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table joint_requests
  add constraint joint_requests_company_id_answer_id_fkey FOREIGN KEY (company_id, answer_id) REFERENCES case_texts(company_id, id),
  add constraint joint_requests_company_id_asked_by_fkey FOREIGN KEY (company_id, asked_by) REFERENCES people(company_id, id),
  add constraint joint_requests_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint joint_requests_company_id_question_id_fkey FOREIGN KEY (company_id, question_id) REFERENCES case_texts(company_id, id),
  add constraint joint_requests_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table laid_earths
  add constraint laid_earths_company_id_laid_by_fkey FOREIGN KEY (company_id, laid_by) REFERENCES people(company_id, id),
  add constraint laid_earths_company_id_lifted_by_fkey FOREIGN KEY (company_id, lifted_by) REFERENCES people(company_id, id),
  add constraint laid_earths_company_id_lifted_told_by_fkey FOREIGN KEY (company_id, lifted_told_by) REFERENCES people(company_id, id),
  add constraint laid_earths_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id);

alter table material_bookings
  add constraint material_bookings_company_id_by_id_fkey FOREIGN KEY (company_id, by_id) REFERENCES people(company_id, id),
  add constraint material_bookings_company_id_grid_point_id_material_fkey FOREIGN KEY (company_id, grid_point_id, material) REFERENCES point_materials(company_id, grid_point_id, material),
  add constraint material_bookings_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id);

alter table meeting_cases
  add constraint meeting_cases_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint meeting_cases_company_id_meeting_id_fkey FOREIGN KEY (company_id, meeting_id) REFERENCES meetings(company_id, id),
  add constraint meeting_cases_company_id_purpose_id_fkey FOREIGN KEY (company_id, purpose_id) REFERENCES case_texts(company_id, id);

alter table meeting_decisions
  add constraint meeting_decisions_company_id_commitment_id_fkey FOREIGN KEY (company_id, commitment_id) REFERENCES commitments(company_id, id),
  add constraint meeting_decisions_company_id_meeting_id_fkey FOREIGN KEY (company_id, meeting_id) REFERENCES meetings(company_id, id),
  add constraint meeting_decisions_company_id_request_id_fkey FOREIGN KEY (company_id, request_id) REFERENCES joint_requests(company_id, id);

alter table meeting_units
  add constraint meeting_units_company_id_meeting_id_fkey FOREIGN KEY (company_id, meeting_id) REFERENCES meetings(company_id, id),
  add constraint meeting_units_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table meetings
  add constraint meetings_company_id_called_by_fkey FOREIGN KEY (company_id, called_by) REFERENCES people(company_id, id),
  add constraint meetings_company_id_ended_by_fkey FOREIGN KEY (company_id, ended_by) REFERENCES people(company_id, id);

alter table meters
  add constraint meters_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint meters_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id);

alter table network_dark
  add constraint network_dark_company_id_began_by_fkey FOREIGN KEY (company_id, began_by) REFERENCES network_switchings(company_id, id),
  add constraint network_dark_company_id_device_id_fkey FOREIGN KEY (company_id, device_id) REFERENCES network_devices(company_id, id),
  add constraint network_dark_company_id_ended_by_fkey FOREIGN KEY (company_id, ended_by) REFERENCES network_switchings(company_id, id);

alter table network_devices
  add constraint network_devices_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table network_imports
  add constraint network_imports_company_id_by_id_fkey FOREIGN KEY (company_id, by_id) REFERENCES people(company_id, id),
  add constraint network_imports_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table network_places
  add constraint network_places_company_id_device_id_fkey FOREIGN KEY (company_id, device_id) REFERENCES network_devices(company_id, id),
  add constraint network_places_company_id_feeder_id_fkey FOREIGN KEY (company_id, feeder_id) REFERENCES network_devices(company_id, id),
  add constraint network_places_company_id_parent_id_fkey FOREIGN KEY (company_id, parent_id) REFERENCES network_devices(company_id, id),
  add constraint network_places_company_id_tie_id_fkey FOREIGN KEY (company_id, tie_id) REFERENCES network_devices(company_id, id),
  add constraint network_places_company_id_transformer_id_fkey FOREIGN KEY (company_id, transformer_id) REFERENCES network_devices(company_id, id);

alter table network_states
  add constraint network_states_company_id_device_id_fkey FOREIGN KEY (company_id, device_id) REFERENCES network_devices(company_id, id),
  add constraint network_states_company_id_switching_id_fkey FOREIGN KEY (company_id, switching_id) REFERENCES network_switchings(company_id, id);

alter table network_supplies
  add constraint network_supplies_company_id_device_id_fkey FOREIGN KEY (company_id, device_id) REFERENCES network_devices(company_id, id),
  add constraint network_supplies_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id),
  add constraint network_supplies_company_id_meter_id_fkey FOREIGN KEY (company_id, meter_id) REFERENCES meters(company_id, id),
  add constraint network_supplies_company_id_transformer_id_fkey FOREIGN KEY (company_id, transformer_id) REFERENCES network_devices(company_id, id);

alter table network_switchings
  add constraint network_switchings_company_id_by_id_fkey FOREIGN KEY (company_id, by_id) REFERENCES people(company_id, id),
  add constraint network_switchings_company_id_device_id_fkey FOREIGN KEY (company_id, device_id) REFERENCES network_devices(company_id, id);

alter table one_time_codes
  add constraint one_time_codes_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table order_events
  add constraint order_events_company_id_stream_id_fkey FOREIGN KEY (company_id, stream_id) REFERENCES orders(company_id, id);

alter table order_exceptions
  add constraint order_exceptions_company_id_by_id_fkey FOREIGN KEY (company_id, by_id) REFERENCES people(company_id, id),
  add constraint order_exceptions_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id),
  add constraint order_exceptions_company_id_text_id_fkey FOREIGN KEY (company_id, text_id) REFERENCES case_texts(company_id, id);

alter table orders
  add constraint orders_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint orders_company_id_handbook_version_id_fkey FOREIGN KEY (company_id, handbook_version_id) REFERENCES handbook_versions(company_id, id),
  add constraint orders_company_id_lead_unit_id_fkey FOREIGN KEY (company_id, lead_unit_id) REFERENCES units(company_id, id),
  add constraint orders_company_id_station_id_fkey FOREIGN KEY (company_id, station_id) REFERENCES units(company_id, id),
  add constraint orders_crew_lead FOREIGN KEY (company_id, crew_lead_id) REFERENCES people(company_id, id),
  add constraint orders_crew_unit FOREIGN KEY (company_id, crew_unit_id) REFERENCES units(company_id, id);

alter table outage_estimates
  add constraint outage_estimates_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id),
  add constraint outage_estimates_company_id_set_by_fkey FOREIGN KEY (company_id, set_by) REFERENCES people(company_id, id);

alter table outage_groups
  add constraint outage_groups_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id);

alter table outage_incident_events
  add constraint outage_incident_events_company_id_by_id_fkey FOREIGN KEY (company_id, by_id) REFERENCES people(company_id, id),
  add constraint outage_incident_events_company_id_incident_id_fkey FOREIGN KEY (company_id, incident_id) REFERENCES outage_incidents(company_id, id);

alter table outage_incidents
  add constraint outage_incidents_company_id_device_id_fkey FOREIGN KEY (company_id, device_id) REFERENCES network_devices(company_id, id),
  add constraint outage_incidents_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint outage_incidents_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id),
  add constraint outage_incidents_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id),
  add constraint outage_incidents_company_id_parent_id_fkey FOREIGN KEY (company_id, parent_id) REFERENCES outage_incidents(company_id, id),
  add constraint outage_incidents_company_id_word_by_fkey FOREIGN KEY (company_id, word_by) REFERENCES people(company_id, id);

alter table outage_reports
  add constraint outage_reports_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint outage_reports_company_id_device_id_fkey FOREIGN KEY (company_id, device_id) REFERENCES network_devices(company_id, id),
  add constraint outage_reports_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint outage_reports_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id),
  add constraint outage_reports_company_id_incident_id_fkey FOREIGN KEY (company_id, incident_id) REFERENCES outage_incidents(company_id, id),
  add constraint outage_reports_company_id_meter_id_fkey FOREIGN KEY (company_id, meter_id) REFERENCES meters(company_id, id);

alter table outage_source_contacts
  add constraint outage_source_contacts_company_id_key_id_fkey FOREIGN KEY (company_id, key_id) REFERENCES door_keys(company_id, id);

alter table outage_tellings
  add constraint outage_tellings_company_id_order_id_audience_fkey FOREIGN KEY (company_id, order_id, audience) REFERENCES outage_groups(company_id, order_id, audience),
  add constraint outage_tellings_company_id_told_by_fkey FOREIGN KEY (company_id, told_by) REFERENCES people(company_id, id);

alter table outage_told_households
  add constraint outage_told_households_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id),
  add constraint outage_told_households_company_id_telling_id_fkey FOREIGN KEY (company_id, telling_id) REFERENCES outage_tellings(company_id, id);

alter table outbox
  add constraint outbox_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table outside_objections
  add constraint outside_objections_company_id_answered_by_fkey FOREIGN KEY (company_id, answered_by) REFERENCES people(company_id, id),
  add constraint outside_objections_company_id_outside_order_id_fkey FOREIGN KEY (company_id, outside_order_id) REFERENCES outside_orders(company_id, id),
  add constraint outside_objections_company_id_raised_by_fkey FOREIGN KEY (company_id, raised_by) REFERENCES people(company_id, id);

alter table outside_order_updates
  add constraint outside_order_updates_company_id_outside_order_id_fkey FOREIGN KEY (company_id, outside_order_id) REFERENCES outside_orders(company_id, id),
  add constraint outside_order_updates_company_id_seen_by_fkey FOREIGN KEY (company_id, seen_by) REFERENCES people(company_id, id);

alter table outside_orders
  add constraint outside_orders_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint outside_orders_company_id_decided_by_fkey FOREIGN KEY (company_id, decided_by) REFERENCES people(company_id, id),
  add constraint outside_orders_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint outside_orders_company_id_key_id_fkey FOREIGN KEY (company_id, key_id) REFERENCES door_keys(company_id, id),
  add constraint outside_orders_company_id_received_by_fkey FOREIGN KEY (company_id, received_by) REFERENCES people(company_id, id);

alter table outside_replies
  add constraint outside_replies_company_id_handed_by_fkey FOREIGN KEY (company_id, handed_by) REFERENCES people(company_id, id),
  add constraint outside_replies_company_id_made_by_fkey FOREIGN KEY (company_id, made_by) REFERENCES people(company_id, id),
  add constraint outside_replies_company_id_outside_order_id_fkey FOREIGN KEY (company_id, outside_order_id) REFERENCES outside_orders(company_id, id);

alter table owed_calls
  add constraint owed_calls_call_fk FOREIGN KEY (company_id, call_id) REFERENCES calls(company_id, id),
  add constraint owed_calls_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint owed_calls_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table page_limits
  add constraint page_limits_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table page_reports
  add constraint page_reports_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint page_reports_company_id_division_code_fkey FOREIGN KEY (company_id, division_code) REFERENCES service_areas(company_id, division_code);

alter table people
  add constraint people_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table person_skills
  add constraint person_skills_company_id_by_id_fkey FOREIGN KEY (company_id, by_id) REFERENCES people(company_id, id),
  add constraint person_skills_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id);

alter table planned_consultations
  add constraint planned_consultations_company_id_plan_id_fkey FOREIGN KEY (company_id, plan_id) REFERENCES planned_outages(company_id, id);

alter table planned_devices
  add constraint planned_devices_company_id_plan_id_fkey FOREIGN KEY (company_id, plan_id) REFERENCES planned_outages(company_id, id);

alter table planned_events
  add constraint planned_events_company_id_plan_id_fkey FOREIGN KEY (company_id, plan_id) REFERENCES planned_outages(company_id, id);

alter table planned_households
  add constraint planned_households_company_id_plan_id_fkey FOREIGN KEY (company_id, plan_id) REFERENCES planned_outages(company_id, id);

alter table planned_outages
  add constraint planned_outages_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table planned_places
  add constraint planned_places_company_id_plan_id_fkey FOREIGN KEY (company_id, plan_id) REFERENCES planned_outages(company_id, id);

alter table planned_reasons
  add constraint planned_reasons_company_id_plan_id_seq_fkey FOREIGN KEY (company_id, plan_id, seq) REFERENCES planned_events(company_id, plan_id, seq);

alter table planned_tellings
  add constraint planned_tellings_company_id_plan_id_fkey FOREIGN KEY (company_id, plan_id) REFERENCES planned_outages(company_id, id);

alter table point_materials
  add constraint point_materials_company_id_grid_point_id_fkey FOREIGN KEY (company_id, grid_point_id) REFERENCES grid_points(company_id, id);

alter table premises
  add constraint premises_company_id_division_code_fkey FOREIGN KEY (company_id, division_code) REFERENCES service_areas(company_id, division_code),
  add constraint premises_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table queue_tickets
  add constraint queue_tickets_company_id_clerk_id_fkey FOREIGN KEY (company_id, clerk_id) REFERENCES people(company_id, id),
  add constraint queue_tickets_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint queue_tickets_company_id_hall_id_fkey FOREIGN KEY (company_id, hall_id) REFERENCES units(company_id, id);

alter table reclassifications
  add constraint reclassifications_company_id_asked_by_fkey FOREIGN KEY (company_id, asked_by) REFERENCES people(company_id, id),
  add constraint reclassifications_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint reclassifications_company_id_decided_by_fkey FOREIGN KEY (company_id, decided_by) REFERENCES people(company_id, id),
  add constraint reclassifications_company_id_decision_id_fkey FOREIGN KEY (company_id, decision_id) REFERENCES case_texts(company_id, id),
  add constraint reclassifications_company_id_reason_id_fkey FOREIGN KEY (company_id, reason_id) REFERENCES case_texts(company_id, id);

alter table recovery_codes
  add constraint recovery_codes_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id);

alter table role_grants
  add constraint role_grants_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id);

alter table second_factors
  add constraint second_factors_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id);

alter table service_areas
  add constraint service_areas_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint service_areas_company_id_station_id_fkey FOREIGN KEY (company_id, station_id) REFERENCES units(company_id, id);

alter table sessions
  add constraint sessions_company_id_person_id_fkey FOREIGN KEY (company_id, person_id) REFERENCES people(company_id, id);

alter table shift_handovers
  add constraint shift_handovers_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint shift_handovers_company_id_from_person_id_fkey FOREIGN KEY (company_id, from_person_id) REFERENCES people(company_id, id),
  add constraint shift_handovers_company_id_to_person_id_fkey FOREIGN KEY (company_id, to_person_id) REFERENCES people(company_id, id),
  add constraint shift_handovers_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table sms_senders
  add constraint sms_senders_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table supply_groups
  add constraint supply_groups_company_id_added_by_fkey FOREIGN KEY (company_id, added_by) REFERENCES people(company_id, id),
  add constraint supply_groups_company_id_device_id_fkey FOREIGN KEY (company_id, device_id) REFERENCES network_devices(company_id, id),
  add constraint supply_groups_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id);

alter table supply_losses
  add constraint supply_losses_company_id_household_id_fkey FOREIGN KEY (company_id, household_id) REFERENCES households(company_id, id),
  add constraint supply_losses_company_id_incident_id_fkey FOREIGN KEY (company_id, incident_id) REFERENCES outage_incidents(company_id, id),
  add constraint supply_losses_company_id_manager_id_fkey FOREIGN KEY (company_id, manager_id) REFERENCES people(company_id, id);

alter table supply_notice_places
  add constraint supply_notice_places_company_id_notice_id_fkey FOREIGN KEY (company_id, notice_id) REFERENCES supply_notices(company_id, id);

alter table supply_notice_reports
  add constraint supply_notice_reports_company_id_notice_id_fkey FOREIGN KEY (company_id, notice_id) REFERENCES supply_notices(company_id, id);

alter table supply_notices
  add constraint supply_notices_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table support_reviews
  add constraint support_reviews_company_id_front_unit_id_fkey FOREIGN KEY (company_id, front_unit_id) REFERENCES units(company_id, id),
  add constraint support_reviews_company_id_request_id_fkey FOREIGN KEY (company_id, request_id) REFERENCES joint_requests(company_id, id),
  add constraint support_reviews_company_id_reviewed_by_fkey FOREIGN KEY (company_id, reviewed_by) REFERENCES people(company_id, id),
  add constraint support_reviews_company_id_words_id_fkey FOREIGN KEY (company_id, words_id) REFERENCES case_texts(company_id, id);

alter table tasks
  add constraint tasks_company_id_case_id_fkey FOREIGN KEY (company_id, case_id) REFERENCES cases(company_id, id),
  add constraint tasks_company_id_holder_id_fkey FOREIGN KEY (company_id, holder_id) REFERENCES people(company_id, id),
  add constraint tasks_company_id_order_id_fkey FOREIGN KEY (company_id, order_id) REFERENCES orders(company_id, id),
  add constraint tasks_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id);

alter table telling_paces
  add constraint telling_paces_company_id_by_id_fkey FOREIGN KEY (company_id, by_id) REFERENCES people(company_id, id);

alter table telling_settings
  add constraint telling_settings_company_id_by_id_fkey FOREIGN KEY (company_id, by_id) REFERENCES people(company_id, id);

alter table travel_fits
  add constraint travel_fits_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id);

alter table units
  add constraint units_company_id_fkey FOREIGN KEY (company_id) REFERENCES companies(company_id),
  add constraint units_company_id_parent_id_fkey FOREIGN KEY (company_id, parent_id) REFERENCES units(company_id, id);

alter table verdict_appeals
  add constraint verdict_appeals_company_id_asked_by_fkey FOREIGN KEY (company_id, asked_by) REFERENCES people(company_id, id),
  add constraint verdict_appeals_company_id_decided_by_fkey FOREIGN KEY (company_id, decided_by) REFERENCES people(company_id, id),
  add constraint verdict_appeals_company_id_grounds_id_fkey FOREIGN KEY (company_id, grounds_id) REFERENCES case_texts(company_id, id),
  add constraint verdict_appeals_company_id_unit_id_fkey FOREIGN KEY (company_id, unit_id) REFERENCES units(company_id, id),
  add constraint verdict_appeals_company_id_verdict_id_fkey FOREIGN KEY (company_id, verdict_id) REFERENCES complaint_verdicts(company_id, id),
  add constraint verdict_appeals_company_id_words_id_fkey FOREIGN KEY (company_id, words_id) REFERENCES case_texts(company_id, id);

CREATE TRIGGER audit_entries_guard BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_guard();

CREATE TRIGGER audit_seals_guard BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_seals FOR EACH STATEMENT EXECUTE FUNCTION audit_guard();
