create table quality.match_list (
  id         uuid        primary key,
  name       text        not null,
  office     text        not null,
  sent_by    text        not null,
  sent_at    timestamptz not null,
  case_ref   text        not null,
  file       bytea       not null,
  heads      text[]      not null,
  mapping    text[]      not null,
  state      text        not null check (state in ('received', 'matching', 'matched', 'refused')),
  refusal    text,
  rows       integer     not null default 0,
  matched_at timestamptz,
  before_id  uuid        references quality.match_list);
create index match_list_office on quality.match_list (office, sent_at);
comment on table  quality.match_list is 'A list that an agency keeps, to be compared with the register (đối soát).';
comment on column quality.match_list.id is 'Key; subject of its job and journal entries.';
comment on column quality.match_list.name is 'As its owner calls it; the next one of that name is compared with it.';
comment on column quality.match_list.office is 'Whose it is.';
comment on column quality.match_list.sent_by is 'Who sent it, as the journal names officials.';
comment on column quality.match_list.sent_at is 'When.';
comment on column quality.match_list.case_ref is 'The case for which its people are read.';
comment on column quality.match_list.file is 'As it came.';
comment on column quality.match_list.heads is 'Heads of its columns.';
comment on column quality.match_list.mapping is 'What each column is: number, name, born, sex, mother, phone, address, place; empty: left out.';
comment on column quality.match_list.state is 'received: its columns are to be told; matching; matched; refused: it cannot be read.';
comment on column quality.match_list.refusal is 'Code of the sentence that says why.';
comment on column quality.match_list.rows is 'How many it has.';
comment on column quality.match_list.matched_at is 'When the comparison was through.';
comment on column quality.match_list.before_id is 'The list of the same name before it.';

create table quality.match_row (
  list_id    uuid     not null references quality.match_list on delete cascade,
  row_no     integer  not null,
  given      text[]   not null,
  outcome    text     check (outcome in ('matched', 'differs', 'dead', 'several', 'not-found', 'not-a-person')),
  person_id  uuid     references population.person(id),
  differs    text[]   not null default '{}',
  looks      text[]   not null default '{}',
  others     uuid[]   not null default '{}',
  decision   text     check (decision in ('chosen', 'accepted', 'list-wrong', 'register-wrong')),
  decided_at timestamptz,
  decided_by text,
  primary key (list_id, row_no));
create index match_row_outcome on quality.match_row (list_id, outcome, row_no);
comment on table  quality.match_row is 'A row of such a list, and whom of the register it is about.';
comment on column quality.match_row.list_id is 'The list.';
comment on column quality.match_row.row_no is 'Its row, as its owner counts them.';
comment on column quality.match_row.given is 'What it says, in the order number, name, born, sex, mother, phone, address, place.';
comment on column quality.match_row.outcome is 'matched; differs: found, and something is otherwise; dead: found, and dead; several: may be one of these; not-found; not-a-person.';
comment on column quality.match_row.person_id is 'Whom it is about.';
comment on column quality.match_row.differs is 'What is otherwise than in the register.';
comment on column quality.match_row.looks is 'For each of these which side looks right: register, list, or empty.';
comment on column quality.match_row.others is 'Whom it may be about.';
comment on column quality.match_row.decision is 'chosen: an official has said which; accepted: it may differ; list-wrong: the agency mends it; register-wrong: a doubt stands beside the record.';
comment on column quality.match_row.decided_at is 'When.';
comment on column quality.match_row.decided_by is 'Who.';

grant select, insert, update on quality.match_list to sogoc_app;
grant select, insert, update, delete on quality.match_row to sogoc_app;
