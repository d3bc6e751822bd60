-- The other acts: their books, whom an entry is about besides its first person, and what is written beside an entry afterwards.
alter table civil.book drop constraint book_kind_check;
alter table civil.book add constraint book_kind_check check (kind in ('birth', 'marriage', 'death', 'recognition', 'adoption', 'guardianship', 'change', 'marital-status', 'foreign', 'judgment'));
comment on column civil.book.kind is 'Kind of act: birth, marriage, death, recognition (nhận cha, mẹ, con), adoption, guardianship, change (thay đổi, cải chính, bổ sung), marital-status (cấp giấy xác nhận), foreign (ghi chú việc hộ tịch ở nước ngoài), judgment (theo bản án, quyết định).';
comment on column civil.entry.person_id is 'Whose act it is: of a birth the child, of a death the deceased, of a marriage the husband.';

create table civil.party (
  entry_id  uuid not null references civil.entry(id),
  person_id uuid not null references population.person(id),
  part      text not null,
  primary key (entry_id, person_id));
create index party_person on civil.party (person_id);
comment on table  civil.party is 'All whom an entry is about and whom the register has.';
comment on column civil.party.entry_id is 'The entry.';
comment on column civil.party.person_id is 'The person.';
comment on column civil.party.part is 'What the person is in the act: child, mother, father, husband, wife, deceased ….';

insert into civil.party (entry_id, person_id, part) select id, person_id, 'child' from civil.entry;

create table civil.annotation (
  id         uuid    primary key,
  entry_id   uuid    not null references civil.entry(id),
  no         integer not null,
  noted_on   date    not null,
  decided_by text    not null,
  kind       text    not null check (kind ~ '^[a-z-]+$'),
  cause_id   uuid    references civil.entry(id),
  closes     boolean not null default false,
  body       json    not null,
  constraint "civil.annotation-repeated" unique (entry_id, no));
comment on table  civil.annotation is 'What is written beside an entry afterwards (ghi chú vào sổ): a divorce, an adoption, a correction. The entry itself is never changed.';
comment on column civil.annotation.id is 'Key; the subject of its journal entry.';
comment on column civil.annotation.entry_id is 'The entry beside which it stands.';
comment on column civil.annotation.no is 'First, second … of the entry.';
comment on column civil.annotation.noted_on is 'The day.';
comment on column civil.annotation.decided_by is 'Who decided, as the journal writes him.';
comment on column civil.annotation.kind is 'divorced, annulled, adopted, recognised, corrected, ….';
comment on column civil.annotation.cause_id is 'The act from which it follows.';
comment on column civil.annotation.closes is 'The entry is closed to ordinary eyes from now on (adoption).';
comment on column civil.annotation.body is 'What is noted, as the journal has it.';
create trigger annotation_append_only before update or delete or truncate on civil.annotation for each statement execute function journal.refuse_change();
create trigger party_append_only before update or delete or truncate on civil.party for each statement execute function journal.refuse_change();

create function civil.closed(entry uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from civil.annotation a where a.entry_id = entry and a.closes)
$$;
-- A closed entry is not seen, and its number of annotations counts all the same.
create function civil.next_annotation(entry uuid) returns integer language sql volatile security definer set search_path = pg_catalog as $$
  select count(*)::integer + 1 from civil.annotation a where a.entry_id = entry
$$;
revoke execute on function civil.closed(uuid), civil.next_annotation(uuid) from public;
grant execute on function civil.closed(uuid), civil.next_annotation(uuid) to sogoc_app;
grant select, insert on civil.party, civil.annotation to sogoc_app;

drop policy within_office on civil.entry;
create policy within_office on civil.entry as restrictive to sogoc_desk
  using (not civil.closed(id)
    and (exists (select from civil.book b where b.id = book_id and b.area_id = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[]))
      or exists (select from population.person p where p.id = person_id)
      or exists (select from civil.party y join population.person p on p.id = y.person_id where y.entry_id = entry.id)))
  with check (true);
alter table civil.party enable row level security;
create policy all_rows on civil.party using (true);
create policy within_office on civil.party as restrictive to sogoc_desk using (exists (select from population.person p where p.id = person_id)) with check (true);
alter table civil.annotation enable row level security;
create policy all_rows on civil.annotation using (true);
create policy within_office on civil.annotation as restrictive to sogoc_desk using (exists (select from civil.entry e where e.id = entry_id)) with check (true);
