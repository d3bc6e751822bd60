create schema civil;
comment on schema civil is 'Civil status (hộ tịch): the books of the communes and what is entered in them; Luật Hộ tịch 60/2014.';

create table civil.book (
  id        uuid     primary key,
  area_id   integer  not null references places.area(id),
  office    text     not null,
  kind      text     not null check (kind in ('birth')),
  year      smallint not null,
  last_no   integer  not null default 0,
  closed_on date,
  constraint "civil.book-exists" unique (area_id, kind, year));
comment on table  civil.book is 'A book of civil status (sổ hộ tịch): one for each commune, kind of act and year; kept for ever. Luật Hộ tịch 60/2014, article 59.';
comment on column civil.book.id is 'Key.';
comment on column civil.book.area_id is 'The commune, in the version of its day: a commune made by a merger begins books of its own.';
comment on column civil.book.office is 'The office that keeps it, as it was called when the book began.';
comment on column civil.book.kind is 'Kind of act: birth.';
comment on column civil.book.year is 'Calendar year.';
comment on column civil.book.last_no is 'Number of the last entry; 0: none yet. Who enters holds the row until he commits, so that numbers have no gap.';
comment on column civil.book.closed_on is 'Since when nothing is entered any more.';

create table civil.entry (
  id            uuid    primary key,
  book_id       uuid    not null references civil.book(id),
  no            integer not null,
  registered_on date    not null,
  decided_by    text    not null,
  person_id     uuid    not null references population.person(id),
  notification  text    constraint "civil.notification-used" unique,
  body          json    not null,
  constraint "civil.entry-repeated" unique (book_id, no));
create index entry_person on civil.entry (person_id);
comment on table  civil.entry is 'An act entered in a book; never changed. Shown as number and year: 01/2026.';
comment on column civil.entry.id is 'Key; the subject of the act''s journal entry.';
comment on column civil.entry.book_id is 'The book.';
comment on column civil.entry.no is 'Running number in the book, from 1, without a gap; the database gives it.';
comment on column civil.entry.registered_on is 'The day of the act.';
comment on column civil.entry.decided_by is 'Who decided, as the journal writes him.';
comment on column civil.entry.person_id is 'Whose act it is: of a birth the child.';
comment on column civil.entry.notification is 'Of a birth: number of the birth notification (giấy chứng sinh), which serves once.';
comment on column civil.entry.body is 'What is registered (Luật Hộ tịch 60/2014, article 14), as the journal has it.';

-- Numbers come from here alone. The row of the book is held until the commit: what is rolled back gives its number back, and two who enter at once wait for each other.
create function civil.number_entry() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare next_no integer;
begin
  update civil.book set last_no = last_no + 1 where id = new.book_id and closed_on is null and year = extract(year from new.registered_on) returning last_no into next_no;
  if next_no is null then
    raise exception 'civil.book-closed: an open book of the year takes the entry' using errcode = 'restrict_violation';
  end if;
  if new.no is distinct from next_no and new.no is not null then
    raise exception 'civil.entry-out-of-order: the next number is %', next_no using errcode = 'restrict_violation';
  end if;
  new.no := next_no;
  return new;
end $$;
create function civil.refuse_renumbering() returns trigger language plpgsql as $$
begin
  raise exception 'civil.entry-out-of-order: only an entry moves the last number' using errcode = 'restrict_violation';
end $$;
-- Another commune's entry is not seen, and the notification has served all the same: yes or no, and nothing else.
create function civil.notification_served(number text) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from civil.entry e where e.notification = number)
$$;
revoke execute on function civil.number_entry(), civil.refuse_renumbering(), civil.notification_served(text) from public;
create trigger number_entry before insert on civil.entry for each row execute function civil.number_entry();
create trigger no_renumbering before update on civil.book for each row when (new.last_no <> old.last_no and pg_trigger_depth() = 0) execute function civil.refuse_renumbering();
create trigger entry_append_only before update or delete or truncate on civil.entry for each statement execute function journal.refuse_change();

grant usage on schema civil to sogoc_app;
grant select, insert on civil.book, civil.entry to sogoc_app;
-- The right to lock the row, by which the next number is held; the number itself is moved by an entry alone.
grant update (last_no) on civil.book to sogoc_app;
grant execute on function civil.notification_served(text) to sogoc_app;

-- An entry is seen by the office whose book it is, and by who sees the person.
alter table civil.entry enable row level security;
create policy all_rows on civil.entry using (true);
create policy within_office on civil.entry as restrictive to sogoc_desk
  using (exists (select from civil.book b where b.id = book_id and b.area_id = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[]))
    or exists (select from population.person p where p.id = person_id)) with check (true);
