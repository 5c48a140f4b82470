-- What 0123 gave to the texts that were there; from here on the program makes the salt, as it makes every id (design rule 1).
alter table case_texts alter column salt drop default;
