-- Old books of civil status on their way into the register (số hóa sổ hộ tịch). The paper stays what prevails: nothing here changes an entry of a book, and nothing here changes a person.
create table civil.old_book (
  id        uuid     primary key,
  area_id   integer  not null references places.area(id),
  office    text     not null,
  kind      text     not null check (kind in ('birth', 'marriage', 'death', 'recognition', 'guardianship', 'adoption', 'marital-status')),
  number    text     not null,
  year_from smallint not null,
  year_to   smallint not null,
  expected  integer  not null constraint "civil.old-expected" check (expected between 1 and 100000),
  opened_at timestamptz not null,
  opened_by text     not null,
  constraint "civil.old-years" check (year_to between year_from and year_from + 30),
  constraint "civil.old-book-exists" unique (area_id, kind, number, year_from));
comment on table  civil.old_book is 'A book of civil status on paper that is being digitised.';
comment on column civil.old_book.id is 'Key; the subject of the journal entry that opened it.';
comment on column civil.old_book.area_id is 'The commune, in the version of the year in which the book begins.';
comment on column civil.old_book.office is 'The office that kept it, as it was called then.';
comment on column civil.old_book.kind is 'Kind of act.';
comment on column civil.old_book.number is 'Number of the book (quyển số) as it stands on the cover; empty where it has none.';
comment on column civil.old_book.year_from is 'First year of its entries.';
comment on column civil.old_book.year_to is 'Last year of its entries.';
comment on column civil.old_book.expected is 'How many entries it holds, by its closing page.';
comment on column civil.old_book.opened_at is 'When its digitisation began.';
comment on column civil.old_book.opened_by is 'Who began it, as the journal writes him.';

create table civil.old_batch (
  id          uuid        primary key,
  book_id     uuid        not null references civil.old_book(id),
  name        text        not null,
  sha256      bytea       not null,
  sent_at     timestamptz not null,
  sent_by     text        not null,
  rows        integer     not null default 0,
  quarantined integer     not null default 0,
  constraint "civil.old-batch-sent" unique (book_id, sha256));
comment on table  civil.old_batch is 'A file of entries of one book. The same file again is the same batch.';
comment on column civil.old_batch.id is 'Key.';
comment on column civil.old_batch.book_id is 'Which book.';
comment on column civil.old_batch.name is 'File name as sent.';
comment on column civil.old_batch.sha256 is 'Hash of the file.';
comment on column civil.old_batch.sent_at is 'When.';
comment on column civil.old_batch.sent_by is 'By whom, as the journal writes him.';
comment on column civil.old_batch.rows is 'Rows with any text.';
comment on column civil.old_batch.quarantined is 'Rows that were kept apart when it came.';

create table civil.old_image (
  id      uuid        primary key,
  book_id uuid        not null references civil.old_book(id),
  no      integer     not null,
  name    text        not null,
  type    text        not null check (type in ('image/jpeg', 'image/png')),
  bytes   bytea       not null constraint "civil.old-image-size" check (length(bytes) between 1 and 5242880),
  sha256  bytea       not null,
  entries smallint    not null constraint "civil.old-image-entries" check (entries between 1 and 12),
  sent_at timestamptz not null,
  sent_by text        not null,
  constraint "civil.old-image-sent" unique (book_id, sha256),
  constraint "civil.old-image-no" unique (book_id, no));
alter table civil.old_image alter column bytes set storage external;
comment on table  civil.old_image is 'A scanned page of an old book.';
comment on column civil.old_image.id is 'Key.';
comment on column civil.old_image.book_id is 'Which book.';
comment on column civil.old_image.no is 'In the order in which they were sent, from 1.';
comment on column civil.old_image.name is 'File name as sent.';
comment on column civil.old_image.type is 'What it is by its first bytes.';
comment on column civil.old_image.bytes is 'The picture, 5 MiB at most.';
comment on column civil.old_image.sha256 is 'Its hash.';
comment on column civil.old_image.entries is 'How many entries stand on the page.';
comment on column civil.old_image.sent_at is 'When.';
comment on column civil.old_image.sent_by is 'By whom.';

create table civil.old_typing (
  image_id uuid        not null references civil.old_image(id),
  place    smallint    not null check (place >= 1),
  turn     smallint    not null constraint "civil.old-typed-twice" check (turn in (1, 2)),
  typed_by text        not null,
  typed_at timestamptz not null,
  fields   json        not null,
  primary key (image_id, place, turn),
  constraint "civil.old-typed-by-same" unique (image_id, place, typed_by));
comment on table  civil.old_typing is 'An entry as one official typed it from the picture. Each is typed by two people, who do not see each other''s.';
comment on column civil.old_typing.image_id is 'From which page.';
comment on column civil.old_typing.place is 'Which entry of the page, from the top, from 1.';
comment on column civil.old_typing.turn is '1 or 2.';
comment on column civil.old_typing.typed_by is 'Who, as the journal writes him.';
comment on column civil.old_typing.typed_at is 'When.';
comment on column civil.old_typing.fields is 'What was typed, by field; read only through civil.old_typings.';

create table civil.old_row (
  id         uuid        primary key,
  book_id    uuid        not null references civil.old_book(id),
  batch_id   uuid        references civil.old_batch(id),
  row_no     bigint,
  image_id   uuid        references civil.old_image(id),
  place      smallint,
  fields     json        not null,
  faults     json        not null,
  came_at    timestamptz not null,
  settled_at timestamptz,
  settled_by text);
create index old_row_open on civil.old_row (book_id, row_no) where settled_at is null;
comment on table  civil.old_row is 'Quarantine: an entry that cannot be read, or that contradicts itself, with the reasons; never deleted.';
comment on column civil.old_row.id is 'Key.';
comment on column civil.old_row.book_id is 'Which book.';
comment on column civil.old_row.batch_id is 'The file it came by.';
comment on column civil.old_row.row_no is 'Its row there, as a spreadsheet shows it.';
comment on column civil.old_row.image_id is 'The page it was typed from.';
comment on column civil.old_row.place is 'Which entry of the page.';
comment on column civil.old_row.fields is 'What was given, by field, as it was written.';
comment on column civil.old_row.faults is 'What is wrong: field, code and data of the sentence.';
comment on column civil.old_row.came_at is 'When it was kept apart.';
comment on column civil.old_row.settled_at is 'When it was mended, or taken as the book has it.';
comment on column civil.old_row.settled_by is 'By whom.';

create table civil.old_entry (
  id            uuid     primary key,
  book_id       uuid     not null references civil.old_book(id),
  no            text,
  registered_on text     not null,
  fields        json     not null,
  batch_id      uuid     references civil.old_batch(id),
  row_no        bigint,
  image_id      uuid     references civil.old_image(id),
  place         smallint,
  as_written    boolean  not null default false,
  came_at       timestamptz not null,
  undecided     smallint not null check (undecided >= 0),
  constraint "civil.old-entry-repeated" unique (book_id, no),
  constraint "civil.old-place-repeated" unique (image_id, place));
create index old_entry_undecided on civil.old_entry (book_id) where undecided > 0;
comment on table  civil.old_entry is 'An entry of an old book, as it stands on paper.';
comment on column civil.old_entry.id is 'Key; the subject of the journal entries about it.';
comment on column civil.old_entry.book_id is 'Which book.';
comment on column civil.old_entry.no is 'Number as written: with or without year or book; null where the paper has none.';
comment on column civil.old_entry.registered_on is 'Day of registration, as much of it as can be read (yyyy, yyyy-mm, yyyy-mm-dd, unknown).';
comment on column civil.old_entry.fields is 'All fields; dates and sex in the form of the register, everything else as written.';
comment on column civil.old_entry.batch_id is 'The file it came by.';
comment on column civil.old_entry.row_no is 'Its row there.';
comment on column civil.old_entry.image_id is 'The page it was typed from, twice.';
comment on column civil.old_entry.place is 'Which entry of the page.';
comment on column civil.old_entry.as_written is 'It contradicts itself, and an official has seen that the book has it so.';
comment on column civil.old_entry.came_at is 'When it was taken in.';
comment on column civil.old_entry.undecided is 'How many of those it is about are not decided on.';

create table civil.old_party (
  id            uuid     primary key,
  no            bigint   generated always as identity,
  entry_id      uuid     not null references civil.old_entry(id),
  book_id       uuid     not null references civil.old_book(id),
  role          text     not null,
  name          text     not null,
  state         text     not null default 'open' check (state in ('open', 'later', 'linked', 'nobody')),
  person_id     uuid     references population.person(id),
  score         smallint,
  decided_at    timestamptz,
  decided_by    text,
  constraint "civil.old-link-whom" check ((state = 'linked') = (person_id is not null)));
create index old_party_queue on civil.old_party (book_id, state, no);
create index old_party_entry on civil.old_party (entry_id);
create index old_party_person on civil.old_party (person_id) where person_id is not null;
comment on table  civil.old_party is 'Somebody an old entry is about, and which person of the register he is, as an official decided.';
comment on column civil.old_party.id is 'Key.';
comment on column civil.old_party.no is 'In the order in which they came: so they are decided on.';
comment on column civil.old_party.entry_id is 'Which entry.';
comment on column civil.old_party.book_id is 'Which book.';
comment on column civil.old_party.role is 'child, husband, wife, dead …';
comment on column civil.old_party.name is 'Name as written.';
comment on column civil.old_party.state is 'open; later (looked at, left); linked; nobody (not in the register).';
comment on column civil.old_party.person_id is 'The person he was linked with.';
comment on column civil.old_party.score is 'What the evidence came to when it was linked; null where the official named the number himself.';
comment on column civil.old_party.decided_at is 'When.';
comment on column civil.old_party.decided_by is 'By whom, as the journal writes him.';

create table civil.old_work (
  id      bigint generated always as identity primary key,
  book_id uuid        not null references civil.old_book(id),
  at      timestamptz not null,
  actor   text        not null,
  name    text        not null,
  kind    text        not null check (kind in ('keyed', 'checked', 'linked')),
  entries integer     not null);
create index old_work_book on civil.old_work (book_id, at);
create index old_work_at on civil.old_work (at);
comment on table  civil.old_work is 'Work done on old books: from it the pace is reckoned, and who has done how much.';
comment on column civil.old_work.id is 'Key.';
comment on column civil.old_work.book_id is 'On which book.';
comment on column civil.old_work.at is 'When.';
comment on column civil.old_work.actor is 'By whom, as the journal writes him.';
comment on column civil.old_work.name is 'His name.';
comment on column civil.old_work.kind is 'keyed: typed, or brought by a file; checked: taken in as sound; linked: decided who somebody is.';
comment on column civil.old_work.entries is 'How many; taken back work counts less than nothing.';

-- What was typed is shown to the other only when he has typed too: nobody may select the column, and this function keeps it back until both are there.
create function civil.old_typings(image uuid, place smallint, who text) returns table (turn smallint, typed_by text, fields json)
language sql stable security definer set search_path = pg_catalog as $$
  select t.turn, t.typed_by, t.fields from civil.old_typing t
   where t.image_id = old_typings.image and t.place = old_typings.place
     and (t.typed_by = who or (select count(*) from civil.old_typing o where o.image_id = t.image_id and o.place = t.place) = 2)
   order by t.turn
$$;
revoke execute on function civil.old_typings(uuid, smallint, text) from public;
create trigger old_typing_append_only before update or delete or truncate on civil.old_typing for each statement execute function journal.refuse_change();

grant execute on function civil.old_typings(uuid, smallint, text) to sogoc_app;
grant select, insert on civil.old_book, civil.old_batch, civil.old_image, civil.old_row, civil.old_entry, civil.old_party, civil.old_work to sogoc_app;
grant insert on civil.old_typing to sogoc_app;
grant select (image_id, place, turn, typed_by, typed_at) on civil.old_typing to sogoc_app;
grant update (rows, quarantined) on civil.old_batch to sogoc_app;
-- The right to lock the row: who types next waits for who types now.
grant update (no) on civil.old_image to sogoc_app;
grant update (settled_at, settled_by) on civil.old_row to sogoc_app;
grant update (undecided) on civil.old_entry to sogoc_app;
grant update (state, person_id, score, decided_at, decided_by) on civil.old_party to sogoc_app;

-- Old papers are seen by the office that has the books of the commune today; an entry that was linked also by who sees the person. That a book exists is no secret.
create function civil.old_book_is_his(book uuid) returns boolean language sql stable as $$
  select exists (select from civil.old_book b where b.id = book and b.area_id = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[]))
$$;
do $$
declare t text;
begin
  foreach t in array array['civil.old_batch', 'civil.old_image', 'civil.old_row', 'civil.old_work'] loop
    execute format('alter table %s enable row level security', t);
    execute format('create policy all_rows on %s using (true)', t);
    execute format('create policy within_office on %s as restrictive to sogoc_desk using (civil.old_book_is_his(book_id)) with check (civil.old_book_is_his(book_id))', t);
  end loop;
end $$;
alter table civil.old_typing enable row level security;
create policy all_rows on civil.old_typing using (true);
create policy within_office on civil.old_typing as restrictive to sogoc_desk using (exists (select from civil.old_image i where i.id = image_id)) with check (exists (select from civil.old_image i where i.id = image_id));
alter table civil.old_party enable row level security;
create policy all_rows on civil.old_party using (true);
create policy within_office on civil.old_party as restrictive to sogoc_desk
  using (civil.old_book_is_his(book_id) or exists (select from population.person p where p.id = person_id)) with check (civil.old_book_is_his(book_id));
alter table civil.old_entry enable row level security;
create policy all_rows on civil.old_entry using (true);
create policy within_office on civil.old_entry as restrictive to sogoc_desk
  using (civil.old_book_is_his(book_id) or exists (select from civil.old_party p where p.entry_id = old_entry.id)) with check (civil.old_book_is_his(book_id));
