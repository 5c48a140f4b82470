-- Some writes answer with a code or a token that is kept nowhere else: their answers lie sealed (platform/vault.ts). What lay
-- plain goes; whoever repeats a write from before hears that it was done.
alter table idempotency_keys drop column response;
alter table idempotency_keys add column answer text;
