create table quality.private_list (
  id         uuid        primary key,
  name       text        not null check (length(name) between 1 and 200),
  office     text        not null,
  asked_by   text        not null,
  asked_at   timestamptz not null,
  case_ref   text        not null,
  key        text,
  file       bytea,
  state      text        not null check (state in ('asked', 'matching', 'matched')),
  rows       integer     not null default 0,
  matched_at timestamptz,
  constraint private_list_forgets check (state in ('asked', 'matching') or (key is null and file is null)));
create index private_list_office on quality.private_list (office, asked_at);
comment on table  quality.private_list is 'A list that an agency compares with the register by keyed digests: no value of either side leaves it.';
comment on column quality.private_list.id is 'Key; subject of its job and journal entries.';
comment on column quality.private_list.name is 'As its owner calls it.';
comment on column quality.private_list.office is 'Whose it is.';
comment on column quality.private_list.asked_by is 'Who asked for the key, as the journal names officials.';
comment on column quality.private_list.asked_at is 'When.';
comment on column quality.private_list.case_ref is 'The case for which its people are looked for.';
comment on column quality.private_list.key is 'Key of its digests, protected; gone once it has been used.';
comment on column quality.private_list.file is 'The digests, while they are compared.';
comment on column quality.private_list.state is 'asked: its digests are awaited; matching; matched.';
comment on column quality.private_list.rows is 'How many it has.';
comment on column quality.private_list.matched_at is 'When the comparison was through.';

create table quality.private_row (
  list_id uuid    not null references quality.private_list on delete cascade,
  row_no  integer not null,
  outcome text    not null check (outcome in ('matched', 'differs', 'other-number', 'dead', 'several', 'not-found', 'empty')),
  primary key (list_id, row_no));
comment on table  quality.private_row is 'How a row of such a list came out. Neither its digests nor whom it was about are kept.';
comment on column quality.private_row.list_id is 'The list.';
comment on column quality.private_row.row_no is 'Row of the list the digests were made of, as its owner counts them.';
comment on column quality.private_row.outcome is 'matched; differs: the number is known, name or birth are otherwise; other-number: name and day of birth are known with another number; dead; several: may be one of several, or only name and year agree; not-found; empty: no digest.';

grant select, insert, update on quality.private_list to sogoc_app;
grant select, insert, delete on quality.private_row to sogoc_app;
