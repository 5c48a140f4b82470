-- An event keeps of each text its id and a salted hash (design rule 8): a changed text is found as long as it is there, and when
-- it is blanked the salt goes with it, so that the hash tells nothing of it any more.
alter table case_texts add column salt uuid default gen_random_uuid();
update case_texts set salt = null where body is null;
