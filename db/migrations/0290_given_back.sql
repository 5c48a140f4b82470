-- Why a crew gave its order back (退单), a reason of the handbook: the dispatcher sees it beside the order until somebody is sent.
alter table crew_assignments add column back_reason text check (back_reason is null or end_reason = 'returned');
