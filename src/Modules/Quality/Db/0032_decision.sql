alter table quality.pair add column decided_name text, add column decided_office text, add column seen jsonb;
comment on column quality.pair.decided_name is 'The name of who has decided.';
comment on column quality.pair.decided_office is 'His office.';
comment on column quality.pair.seen is 'What was compared, as both records had it when the decision was taken: by record, the cells in the order of RegisterRows.Heads; null: not decided, or before this was kept.';
