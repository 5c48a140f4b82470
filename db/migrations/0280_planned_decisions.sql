-- What a person decided about somebody whom the message did not reach, or reached late: told in person, or gone on without.
alter table planned_tellings
  add column decision text check (decision in ('in-person', 'go-on')),
  add column decided_by uuid,
  add column decided_at timestamptz,
  add column decision_reason text,
  add constraint planned_tellings_decided check (
    (decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)
    and (decision is null) = (decision_reason is null));

alter table planned_outages
  -- How many households were over the limit of repeated outages when it was approved: more of them later were not decided.
  add column approved_over integer not null default 0 check (approved_over >= 0),
  -- The consent of the approving department (主管部门): the number of its paper.
  add column authority_ref text,
  add column authority_at timestamptz,
  add column authority_by uuid,
  add constraint planned_outages_authority check (
    (authority_ref is null) = (authority_at is null) and (authority_ref is null) = (authority_by is null));

-- The words of a step that asked for a reason, beside its event, which carries none.
create table planned_reasons (
  company_id uuid not null,
  plan_id uuid not null,
  seq integer not null,
  reason text not null,
  primary key (company_id, plan_id, seq),
  foreign key (company_id, plan_id, seq) references planned_events (company_id, plan_id, seq)
);
