-- Nobody reads a person without a reason: a purpose with its legal ground, and a case that is open and his.
create table journal.purpose (
  code      text      not null constraint "journal.purpose-code" check (code ~ '^[a-z]+(-[a-z]+)*$'),
  valid     daterange not null,
  name_vi   text      not null,
  name_en   text      not null,
  ground    text      not null check (ground <> ''),
  classes   text[]    not null,
  officials boolean   not null,
  systems   boolean   not null,
  needs     text      not null default '',
  note      text      not null default '',
  primary key (code, valid),
  exclude using gist (code with =, valid with &&));
comment on table  journal.purpose is 'What persons may be read for, as law by date: its ground, what it lets be read, and by whom.';
comment on column journal.purpose.code is 'Which purpose; stands in journal.disclosure.';
comment on column journal.purpose.valid is 'From the day it came into force to the day it ceased to be.';
comment on column journal.purpose.name_vi is 'As officials read it.';
comment on column journal.purpose.name_en is 'As officials read it, in English.';
comment on column journal.purpose.ground is 'Article and law.';
comment on column journal.purpose.classes is 'Classes of fields that may be read for it; none: no person at all.';
comment on column journal.purpose.officials is 'Officials may read for it.';
comment on column journal.purpose.systems is 'Systems may read for it.';
comment on column journal.purpose.needs is 'A permission that it takes, module.kebab-name; empty: none beyond that of the reading.';
comment on column journal.purpose.note is 'How sure the source is.';

create table journal.case_file (
  id        uuid        primary key,
  kind      text        not null constraint "journal.case-kind-unknown" check (kind in ('dossier', 'work-item', 'act', 'reconciliation', 'request', 'emergency')),
  reference text        not null constraint "journal.case-reference-malformed" check (length(reference) between 1 and 200 and reference = btrim(reference) and reference !~ '[[:cntrl:]]'),
  office    text        not null,
  purpose   text        not null,
  opened_by text        not null,
  opened_at timestamptz not null,
  holder    text        not null,
  until_at  timestamptz,
  seen_until timestamptz,
  closed_by text,
  closed_at timestamptz,
  constraint "journal.case-reference-taken" unique (reference, office),
  constraint "journal.case-end" check ((closed_by is null) = (closed_at is null)));
create index case_file_holder on journal.case_file (holder, opened_at) where closed_at is null;
comment on table  journal.case_file is 'What persons are read for: a dossier, a work item, an act being registered, a reconciliation. Its opening and end stand in the journal.';
comment on column journal.case_file.id is 'Key; the subject of its entries.';
comment on column journal.case_file.kind is 'dossier, work-item, act, reconciliation, request, emergency.';
comment on column journal.case_file.reference is 'Its code as people write it; one case of an office bears it, and keeps it.';
comment on column journal.case_file.office is 'Whose case it is; all its officials may read for it, but for an emergency.';
comment on column journal.case_file.purpose is 'The one purpose it is for.';
comment on column journal.case_file.opened_by is 'Who opened it.';
comment on column journal.case_file.opened_at is 'When.';
comment on column journal.case_file.holder is 'Whose work it is now.';
comment on column journal.case_file.until_at is 'When it ends by itself; an emergency does.';
comment on column journal.case_file.seen_until is 'When those it names leave the reach of its holder, by the server''s clock, which the database itself reads.';
comment on column journal.case_file.closed_by is 'Who ended it.';
comment on column journal.case_file.closed_at is 'When; null: it is open.';

create table journal.case_person (
  case_id   uuid not null references journal.case_file(id),
  person_id uuid not null,
  primary key (person_id, case_id));
comment on table  journal.case_person is 'Whom a case is about, where it was told: the official who holds the case may serve them wherever they live.';
comment on column journal.case_person.case_id is 'The case.';
comment on column journal.case_person.person_id is 'Key of the person''s record.';

create table journal.case_current (
  actor   text primary key,
  case_id uuid not null references journal.case_file(id),
  since   timestamptz not null);
comment on table  journal.case_current is 'What an official is working on at his pages; named once, and not with each question.';
comment on column journal.case_current.actor is 'Who.';
comment on column journal.case_current.case_id is 'On which case.';
comment on column journal.case_current.since is 'Since when.';

create table journal.emergency (
  id         uuid        primary key,
  reference  text        not null,
  why        text        not null,
  person_id  uuid,
  office     text        not null,
  asked_by   text        not null,
  asked_name text        not null,
  asked_at   timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  approved   boolean,
  constraint "journal.emergency-second-person" check (decided_by <> asked_by),
  constraint "journal.emergency-decision" check ((decided_at is null) = (approved is null) and (decided_at is null) = (decided_by is null)));
create index emergency_waiting on journal.emergency (asked_at) where decided_at is null;
comment on table  journal.emergency is 'Readings in an emergency, asked for by one official and approved by a second one, who opens a case of sixty minutes by it.';
comment on column journal.emergency.id is 'Key; of the case too, once it is approved.';
comment on column journal.emergency.reference is 'The code of the case.';
comment on column journal.emergency.why is 'What has happened, in a sentence.';
comment on column journal.emergency.person_id is 'Whom it is about, where that is known.';
comment on column journal.emergency.office is 'The office of the one who asks.';
comment on column journal.emergency.asked_by is 'Who asks.';
comment on column journal.emergency.asked_name is 'His name, for the one who decides.';
comment on column journal.emergency.asked_at is 'When.';
comment on column journal.emergency.decided_by is 'Who decided: another person.';
comment on column journal.emergency.decided_at is 'When.';
comment on column journal.emergency.approved is 'What was decided.';

grant select on journal.purpose to sogoc_app;
grant select, insert on journal.case_file, journal.case_person, journal.emergency to sogoc_app;
grant update (holder, closed_by, closed_at) on journal.case_file to sogoc_app;
grant update (decided_by, decided_at, approved) on journal.emergency to sogoc_app;
grant select, insert, update, delete on journal.case_current to sogoc_app;
