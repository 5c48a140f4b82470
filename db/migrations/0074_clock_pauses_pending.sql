-- What waits for a second person's word: asked for by each page of who may approve.
create index clock_pauses_pending on clock_pauses (company_id, asked_at) where state in ('asked', 'provisional');
