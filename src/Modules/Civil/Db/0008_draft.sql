-- What was filled in of an act that is not decided yet: kept with its case, so that the official goes on after an interruption, or another after him.
create table civil.draft (
  case_id  uuid        primary key,
  about    text        not null check (length(about) <= 400),
  fields   jsonb       not null check (jsonb_typeof(fields) = 'array' and pg_column_size(fields) <= 65536),
  saved_at timestamptz not null);
comment on table  civil.draft is 'What was filled in of an act that is not decided yet; gone when it is decided or left.';
comment on column civil.draft.case_id is 'The case of the act.';
comment on column civil.draft.about is 'Whom it is about, as the official has seen them for the case.';
comment on column civil.draft.fields is 'The fields of its form in their order, each as its name and what was filled in.';
comment on column civil.draft.saved_at is 'At the last step.';
create index draft_saved on civil.draft (saved_at);
grant select, insert, update, delete on civil.draft to sogoc_app;
