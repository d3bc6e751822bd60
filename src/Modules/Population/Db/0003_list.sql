create table population.list (
  id           uuid primary key,
  name         text not null,
  bytes        bigint not null,
  sha256       bytea not null,
  chunks       integer not null,
  sent_at      timestamptz not null,
  sent_by      text not null,
  office       text not null,
  law_day      date not null,
  state        text not null check (state in ('received', 'checking', 'checked', 'applying', 'done', 'refused', 'cancelled')),
  shape        json not null,
  mapping      text[] not null,
  begun_at     timestamptz,
  ended_at     timestamptz,
  checked_row  bigint not null default 0,
  applied_row  bigint not null default 0,
  rows         bigint not null default 0,
  entered      bigint not null default 0,
  completed    bigint not null default 0,
  unchanged    bigint not null default 0,
  refusal      text,
  refusal_data text[] not null default '{}');
create index list_sent on population.list (sent_at);
comment on table  population.list is 'A list of people that was sent in, and how far its way into the register is.';
comment on column population.list.id is 'Key; also the ground of the entries it brings.';
comment on column population.list.name is 'File name as sent.';
comment on column population.list.bytes is 'Size in bytes.';
comment on column population.list.sha256 is 'Hash of the file, so that what was sent can be proved.';
comment on column population.list.chunks is 'Number of parts it is kept in.';
comment on column population.list.sent_at is 'When.';
comment on column population.list.sent_by is 'By whom.';
comment on column population.list.office is 'For which office.';
comment on column population.list.law_day is 'The law of this day decides which fields the register holds and which are mandatory.';
comment on column population.list.state is 'received, checking (dry run), checked, applying, done; refused as a whole; cancelled.';
comment on column population.list.shape is 'Format, charset, separator and heads as found.';
comment on column population.list.mapping is 'For each column the field it holds, or an empty text.';
comment on column population.list.begun_at is 'When the present phase began.';
comment on column population.list.ended_at is 'When it was done.';
comment on column population.list.checked_row is 'Last row that the dry run has looked at.';
comment on column population.list.applied_row is 'Last row that was applied.';
comment on column population.list.rows is 'Rows with any text.';
comment on column population.list.entered is 'Persons who are new.';
comment on column population.list.completed is 'Persons of whom more is known than before.';
comment on column population.list.unchanged is 'Persons who stood in the register just so.';
comment on column population.list.refusal is 'Why the whole list was refused, module.kebab-name.';
comment on column population.list.refusal_data is 'Data of that sentence.';

create table population.list_chunk (
  list_id uuid    not null references population.list(id) on delete cascade,
  no      integer not null,
  bytes   bytea   not null,
  primary key (list_id, no));
alter table population.list_chunk alter column bytes set storage external;
comment on table  population.list_chunk is 'The file as sent, in parts of a mebibyte.';
comment on column population.list_chunk.list_id is 'Which list.';
comment on column population.list_chunk.no is 'Which part, from 0.';
comment on column population.list_chunk.bytes is 'The part.';

create table population.list_key (
  list_id       uuid    not null references population.list(id) on delete cascade,
  row_no        bigint  not null,
  number        text,
  fingerprint   uuid,
  file_number   text,
  head          boolean not null,
  father        text,
  mother        text,
  born_earliest date,
  born_latest   date);
create index list_key_list on population.list_key (list_id, row_no);
comment on table  population.list_key is 'What rows of one list are compared by among themselves while it is being checked; emptied when it is done.';
comment on column population.list_key.list_id is 'Which list.';
comment on column population.list_key.row_no is 'Which row.';
comment on column population.list_key.number is 'The row''s personal number.';
comment on column population.list_key.fingerprint is 'What a row without number is recognised by.';
comment on column population.list_key.file_number is 'The row''s household file.';
comment on column population.list_key.head is 'Whether the row says head of household.';
comment on column population.list_key.father is 'The father''s number.';
comment on column population.list_key.mother is 'The mother''s number.';
comment on column population.list_key.born_earliest is 'First day of birth, where the row is sound.';
comment on column population.list_key.born_latest is 'Last day of birth, where the row is sound.';

create table population.list_fault (
  list_id uuid    not null references population.list(id) on delete cascade,
  row_no  bigint  not null,
  no      smallint not null,
  field   text    not null,
  code    text    not null,
  data    text[]  not null,
  given   text    not null,
  warning boolean not null,
  primary key (list_id, row_no, no));
create index list_fault_code on population.list_fault (list_id, code);
comment on table  population.list_fault is 'What is wrong with a row of a list. A row with a fault that is more than a warning stays in quarantine.';
comment on column population.list_fault.list_id is 'Which list.';
comment on column population.list_fault.row_no is 'Which row, as a spreadsheet shows it.';
comment on column population.list_fault.no is 'Running number in the row.';
comment on column population.list_fault.field is 'Which field.';
comment on column population.list_fault.code is 'Which fault, module.kebab-name.';
comment on column population.list_fault.data is 'Data of its sentence.';
comment on column population.list_fault.given is 'What stands in the cell.';
comment on column population.list_fault.warning is 'The row goes in all the same, with a doubt on the field.';

create table population.known_head (
  head  text primary key,
  field text not null);
comment on table  population.known_head is 'Heads of columns as offices word them, and the field they were mapped to by hand: remembered for the next list.';
comment on column population.known_head.head is 'The head, folded.';
comment on column population.known_head.field is 'The field; empty means: leave it out.';

grant select, insert, update on population.list, population.known_head to sogoc_app;
grant select, insert on population.list_chunk to sogoc_app;
grant select, insert, delete on population.list_key, population.list_fault to sogoc_app;
