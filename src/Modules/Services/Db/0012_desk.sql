-- A desk of many hands: who gets a file, offices that have had it, sentences of the office, warnings, and an end for files that nobody pays for.
create table services.assignment_rule (
  id        uuid        primary key,
  area_id   integer     references places.area(id),
  desk      text        not null,
  scope     text        not null default '',
  officials text[]      not null check (cardinality(officials) between 1 and 20),
  made_at   timestamptz not null,
  made_by   text        not null);
create unique index assignment_once on services.assignment_rule (coalesce(area_id, 0), desk, scope);
comment on table  services.assignment_rule is 'To whom a desk gives what it receives, as its head has set it.';
comment on column services.assignment_rule.id is 'Key; subject of its journal entries.';
comment on column services.assignment_rule.area_id is 'The commune of the desk; null: an agency of the province.';
comment on column services.assignment_rule.desk is 'justice or police of the commune, or the code of an agency.';
comment on column services.assignment_rule.scope is 'Code of a procedure, or sector:… for a group of them; empty: all others.';
comment on column services.assignment_rule.officials is 'The officials, as the journal names them; of several the one who has the least open.';
comment on column services.assignment_rule.made_at is 'When it was set.';
comment on column services.assignment_rule.made_by is 'By whom, as the journal names officials.';
grant select, insert, update, delete on services.assignment_rule to sogoc_app;

create table services.former_desk (
  file_id uuid        not null references services.file(id),
  code    text        not null,
  area_id integer     references places.area(id),
  desk    text        not null,
  office  text        not null,
  left_at timestamptz not null,
  primary key (file_id, left_at));
comment on table  services.former_desk is 'Offices that have had a file and handed it over: they take part in what is said about it inside.';
comment on column services.former_desk.file_id is 'The file.';
create index former_code on services.former_desk (code);
comment on column services.former_desk.code is 'Its code, by which such an office asks.';
comment on column services.former_desk.area_id is 'The commune of the office; null: an agency of the province.';
comment on column services.former_desk.desk is 'justice or police of the commune, or the code of an agency.';
comment on column services.former_desk.office is 'Name of the office.';
comment on column services.former_desk.left_at is 'When it was handed over.';
insert into services.former_desk (file_id, code, area_id, desk, office, left_at)
  select subject, code, area, desk, office, left_at
    from (select e.subject, e.body ->> 'code' as code, e.kind, lag((e.body ->> 'area')::integer) over w as area, lag(e.body ->> 'desk') over w as desk, e.body ->> 'from' as office, e.at as left_at
            from journal.entry e where e.kind in ('services.file-submitted', 'services.file-handed-over') window w as (partition by e.subject order by e.position)) h
   where kind = 'services.file-handed-over' and desk is not null and exists (select from services.file f where f.id = h.subject) on conflict do nothing;
alter table services.former_desk enable row level security;
create policy all_rows on services.former_desk using (true);
create policy own_office on services.former_desk as restrictive to sogoc_desk using (area_id = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[])) with check (true);
grant select, insert on services.former_desk to sogoc_app;

create table services.phrase (
  id        uuid        primary key,
  area_id   integer     references places.area(id),
  desk      text        not null,
  procedure text        not null,
  kind      text        not null check (kind in ('supplement', 'refusal', 'apology')),
  text      text        not null check (length(text) between 10 and 2000),
  made_at   timestamptz not null,
  made_by   text        not null,
  gone_at   timestamptz);
create unique index phrase_once on services.phrase (coalesce(area_id, 0), desk, procedure, kind, md5(text)) where gone_at is null;
comment on table  services.phrase is 'Sentences that an office uses again: what is missing, why it refuses, why it is late.';
comment on column services.phrase.id is 'Key; subject of its journal entries.';
comment on column services.phrase.area_id is 'The commune of the desk; null: an agency of the province.';
comment on column services.phrase.desk is 'justice or police of the commune, or the code of an agency.';
comment on column services.phrase.procedure is 'For which procedure.';
comment on column services.phrase.kind is 'supplement, refusal or apology.';
comment on column services.phrase.text is 'The sentence; nothing of anybody.';
comment on column services.phrase.made_at is 'When it was kept.';
comment on column services.phrase.made_by is 'By whom, as the journal names officials.';
comment on column services.phrase.gone_at is 'Since when it is offered no more.';
grant select, insert, update on services.phrase to sogoc_app;

create table services.notice (
  file_id uuid        not null references services.file(id),
  kind    text        not null check (kind in ('half', 'near', 'last', 'comment')),
  for_head boolean    not null,
  holder  text,
  at      timestamptz not null,
  seen_at timestamptz,
  primary key (file_id, kind, for_head),
  constraint notice_has_reader check (for_head or holder is not null));
create index notice_holder on services.notice (holder, at) where seen_at is null;
create index notice_head on services.notice (at) where seen_at is null and for_head;
comment on table  services.notice is 'What an official is told of a file: half, three quarters and nine tenths of its time are used, once each; somebody has said something about it.';
comment on column services.notice.file_id is 'The file.';
comment on column services.notice.kind is 'half, near, last: 50, 75 and 90 in 100 of its time; comment: something was said inside.';
comment on column services.notice.for_head is 'To who leads the desk; else to who has the file.';
comment on column services.notice.holder is 'Who had the file then, as the journal names him.';
comment on column services.notice.at is 'When.';
comment on column services.notice.seen_at is 'When he has looked at the file; null: not yet.';
alter table services.notice enable row level security;
create policy all_rows on services.notice using (true);
create policy of_file on services.notice as restrictive to sogoc_desk using (exists (select from services.file f where f.id = file_id)) with check (true);
grant select, insert, update on services.notice to sogoc_app;

alter table services.file add column warned smallint not null default 0 check (warned in (0, 50, 75, 90)), add column warn_at timestamptz, add column payment_until date, add column payment_reminded boolean not null default false, add column dealt_with boolean not null default false;
comment on column services.file.warned is 'The share of its time, in 100, of which was warned last; each once.';
comment on column services.file.warn_at is 'When its clock is to be looked at for the next warning; null: it does not run, or all were given.';
comment on column services.file.payment_until is 'Until when the citizen has time to pay what the office has asked for.';
comment on column services.file.payment_reminded is 'He was reminded of it.';
comment on column services.file.dealt_with is 'An official has begun to deal with it, and not only been given it: what was paid for it is not given back any more.';
-- A clock that has been set is looked at once; what looks says when it has to come again.
create function services.look_at_clock() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' or (new.runs_since, new.due_at) is distinct from (old.runs_since, old.due_at) then
    new.warn_at := case when new.warned < 90 then new.runs_since end;
  end if;
  new.dealt_with := new.dealt_with or new.status in (9, 10) or (new.status = 4 and new.holder is not null);
  return new;
end $$;
create trigger look_at_clock before insert or update on services.file for each row execute function services.look_at_clock();
update services.file set warn_at = runs_since, dealt_with = holder is not null;
create index file_warn on services.file (warn_at) where warn_at is not null;
create index file_unpaid on services.file (payment_until) where status = 6;
