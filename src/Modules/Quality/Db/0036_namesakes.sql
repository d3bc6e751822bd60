alter table quality.match_row add column namesakes integer not null default 0 check (namesakes >= 0);
comment on column quality.match_row.namesakes is 'How many of the register bear the name, where the row says too little to tell which of them it is about.';
