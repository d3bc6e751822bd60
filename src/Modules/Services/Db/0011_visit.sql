create table services.visit_slot (
  counter   text        not null,
  starts_at timestamptz not null,
  taken     smallint    not null check (taken >= 0),
  primary key (counter, starts_at));
comment on table  services.visit_slot is 'How many places of a slot at a counter are taken; no row: none. Nobody is named, so that everybody may see what is free.';
comment on column services.visit_slot.counter is 'Which counter: key of the commune''s area, or code of the agency.';
comment on column services.visit_slot.starts_at is 'When it begins.';
comment on column services.visit_slot.taken is 'Places that are taken.';

create table services.visit (
  id          uuid        primary key,
  code        text        not null constraint visit_code unique,
  counter     text        not null,
  area_id     integer     references places.area(id),
  office      text        not null,
  procedure   text        not null,
  person_id   uuid        not null references population.person(id),
  starts_at   timestamptz not null,
  state       text        not null check (state in ('open', 'came', 'cancelled', 'missed')),
  why         text,
  made_at     timestamptz not null,
  reminded_at timestamptz);
create unique index "services.booked-already" on services.visit (person_id, counter, procedure) where state = 'open';
create index visit_open on services.visit (starts_at) where state = 'open';
create index visit_counter on services.visit (counter, starts_at);
create index visit_person on services.visit (person_id);
comment on table  services.visit is 'Times that were booked at a counter (lịch hẹn); deleted some days after their day (rule services.visit-kept-days).';
comment on column services.visit.id is 'Key; subject of its journal entries, which name nobody.';
comment on column services.visit.code is 'As people tell it: eight digits, drawn by lot.';
comment on column services.visit.counter is 'Which counter: key of the commune''s area, or code of the agency.';
comment on column services.visit.area_id is 'The commune of the counter; null: an agency of the province.';
comment on column services.visit.office is 'Name of the counter.';
comment on column services.visit.procedure is 'For which service.';
comment on column services.visit.person_id is 'Who comes.';
comment on column services.visit.starts_at is 'When his slot begins.';
comment on column services.visit.state is 'open; came: he has a number of the queue; cancelled; missed: he did not come.';
comment on column services.visit.why is 'Why it was cancelled by another than himself, as he reads it.';
comment on column services.visit.made_at is 'When it was booked or moved last.';
comment on column services.visit.reminded_at is 'When he was reminded, or need not be.';

create table services.turn (
  id         uuid        primary key,
  counter    text        not null,
  day        date        not null,
  no         integer     not null check (no > 0),
  visit_id   uuid        unique references services.visit(id),
  first_from timestamptz,
  by_self    boolean     not null,
  state      text        not null check (state in ('waiting', 'called', 'aside', 'done')),
  taken_at   timestamptz not null,
  called_at  timestamptz,
  called_by  text,
  at_window  text,
  waited_s   integer     check (waited_s >= 0),
  done_at    timestamptz,
  constraint turn_no unique (counter, day, no),
  constraint called_whole check (state in ('waiting') or (called_at is not null and called_by is not null and at_window is not null and waited_s is not null)));
-- Whoever has one in hand finishes it first: two clicks call one number.
create unique index "services.finish-first" on services.turn (counter, day, called_by) where state = 'called';
create index turn_state on services.turn (counter, day, state);
comment on table  services.turn is 'Numbers of the queue of today (số thứ tự): of nobody, but for who has booked. In the night a day is summed up, and its numbers are deleted.';
comment on column services.turn.id is 'Key.';
comment on column services.turn.counter is 'Which counter: key of the commune''s area, or code of the agency.';
comment on column services.turn.day is 'The day.';
comment on column services.turn.no is 'The number; they begin anew each day.';
comment on column services.turn.visit_id is 'What was booked; null: he came without.';
comment on column services.turn.first_from is 'From when it goes before those who have not booked.';
comment on column services.turn.by_self is 'Taken at the public page, or by who has booked; false: given by a clerk.';
comment on column services.turn.state is 'waiting, called, aside (not there when called), done.';
comment on column services.turn.taken_at is 'When it was taken.';
comment on column services.turn.called_at is 'When it was called last.';
comment on column services.turn.called_by is 'By whom, as the journal names officials.';
comment on column services.turn.at_window is 'To which window.';
comment on column services.turn.waited_s is 'Seconds until it was called first: from when it was taken, of who has booked from his time on.';
comment on column services.turn.done_at is 'When he had been served.';

create table services.queue_day (
  counter   text    not null,
  day       date    not null,
  office    text    not null,
  called    integer not null check (called > 0),
  median_s  integer not null,
  longest_s integer not null,
  primary key (counter, day));
comment on table  services.queue_day is 'How long people waited at a counter on a day: what is left of its numbers.';
comment on column services.queue_day.counter is 'Which counter: key of the commune''s area, or code of the agency.';
comment on column services.queue_day.day is 'The day.';
comment on column services.queue_day.office is 'Name of the counter.';
comment on column services.queue_day.called is 'How many numbers were called.';
comment on column services.queue_day.median_s is 'Seconds that half of them waited at most.';
comment on column services.queue_day.longest_s is 'Seconds that the longest waited.';

-- The second wall: a booking is seen by its counter, and by who has booked.
alter table services.visit enable row level security;
create policy all_rows on services.visit using (true);
create policy within_office on services.visit as restrictive to sogoc_desk
  using (area_id = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[])
      or person_id = any(string_to_array(nullif(current_setting('sogoc.persons', true), ''), ',')::uuid[])) with check (true);

grant select, insert, update, delete on services.visit, services.visit_slot, services.turn to sogoc_app;
grant select, insert on services.queue_day to sogoc_app;
