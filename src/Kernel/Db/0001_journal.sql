create extension if not exists btree_gist;

create schema journal;
comment on schema journal is 'What happened, in one append-only book: history, audit trail, outbox and change feed.';

create table journal.entry (
  position bigint generated always as identity primary key,
  xid      xid8        not null default pg_current_xact_id(),
  at       timestamptz not null,
  actor    text        not null,
  office   text        not null,
  ground   text        not null check (ground <> ''),
  subject  uuid        not null,
  kind     text        not null check (kind ~ '^[a-z]+\.[a-z-]+$'),
  body     json        not null);
create index entry_subject on journal.entry (subject, position);
comment on table  journal.entry is 'One act on one record. Rows are added and never changed.';
comment on column journal.entry.position is 'Order within a transaction; between transactions (xid, position) orders.';
comment on column journal.entry.xid is 'The transaction, so that a reader of the feed can wait for older ones that are still open.';
comment on column journal.entry.at is 'When the office knew it (record time).';
comment on column journal.entry.actor is 'Who did it: official:<id>, or system:<what>.';
comment on column journal.entry.office is 'The office he did it for.';
comment on column journal.entry.ground is 'On what ground: a law article, a document, a request, an imported list.';
comment on column journal.entry.subject is 'The record: a person, a household, an area, a list, an official.';
comment on column journal.entry.kind is 'The kind of act, module.kebab-name; never renamed.';
comment on column journal.entry.body is 'The new values, and the old ones for a correction.';

create table journal.disclosure (
  position bigint generated always as identity primary key,
  at       timestamptz not null,
  actor    text        not null,
  office   text        not null,
  subject  uuid        not null,
  fields   text[]      not null,
  purpose  text        not null check (purpose <> ''),
  case_ref text        not null);
create index disclosure_subject on journal.disclosure (subject, position);
comment on table  journal.disclosure is 'Who has read which fields of whose record, and why. Rows are added and never changed.';
comment on column journal.disclosure.at is 'When it was read.';
comment on column journal.disclosure.actor is 'Who read.';
comment on column journal.disclosure.office is 'The office he read for.';
comment on column journal.disclosure.subject is 'Whose record.';
comment on column journal.disclosure.fields is 'The fields or field groups that were shown.';
comment on column journal.disclosure.purpose is 'Why.';
comment on column journal.disclosure.case_ref is 'The case it was read for; empty where the purpose needs none.';
comment on column journal.disclosure.position is 'Order.';

create function journal.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'journal.append-only: rows of the journal are never changed or removed' using errcode = 'restrict_violation';
end $$;
create trigger entry_append_only before update or delete or truncate on journal.entry for each statement execute function journal.refuse_change();
create trigger disclosure_append_only before update or delete or truncate on journal.disclosure for each statement execute function journal.refuse_change();

grant usage on schema journal to sogoc_app, sogoc_report;
grant select, insert on journal.entry, journal.disclosure to sogoc_app;

grant usage on schema kernel to sogoc_app;

create table kernel.setting (
  name  text primary key,
  value text not null);
comment on table  kernel.setting is 'What this installation is: settled once, when the register is founded.';
comment on column kernel.setting.name is 'For instance role: root (the register of record) or branch (a province''s branch of one).';
comment on column kernel.setting.value is 'Its value.';
grant select on kernel.setting to sogoc_app;

create table kernel.job (
  id         bigint generated always as identity primary key,
  kind       text        not null,
  subject    uuid        not null,
  state      text        not null default 'waiting' check (state in ('waiting', 'done', 'failed', 'cancelled')),
  asked_at   timestamptz not null,
  ended_at   timestamptz,
  attempts   integer     not null default 0,
  done       bigint      not null default 0,
  total      bigint      not null default 0,
  cancel     boolean     not null default false,
  fault      text);
create index job_waiting on kernel.job (id) where state = 'waiting';
create unique index job_once on kernel.job (kind, subject) where state = 'waiting';
comment on table  kernel.job is 'Long work, one row each. A worker holds an advisory lock on the row''s id while it works, so a dead worker lets go at once.';
comment on column kernel.job.kind is 'Which work.';
comment on column kernel.job.subject is 'On which record.';
comment on column kernel.job.state is 'waiting (or being worked on), done, failed, cancelled.';
comment on column kernel.job.asked_at is 'When it was asked for.';
comment on column kernel.job.ended_at is 'When it ended.';
comment on column kernel.job.attempts is 'How many workers have begun it.';
comment on column kernel.job.done is 'How much is done, in units of total.';
comment on column kernel.job.total is 'How much there is to do; 0 when not known yet.';
comment on column kernel.job.cancel is 'Somebody asked to stop it.';
comment on column kernel.job.fault is 'Why it failed.';
grant select, insert, update on kernel.job to sogoc_app;

create table kernel.rule (
  key      text      not null,
  valid    daterange not null,
  value    text      not null,
  citation text      not null,
  note     text      not null default '',
  primary key (key, valid),
  exclude using gist (key with =, valid with &&));
comment on table  kernel.rule is 'Rules of law as data: what was in force on which day, with its citation.';
comment on column kernel.rule.key is 'Which rule, module.kebab-name.';
comment on column kernel.rule.valid is 'From the day it came into force to the day it ceased to be.';
comment on column kernel.rule.value is 'A number, a word, or a list.';
comment on column kernel.rule.citation is 'Article and law.';
comment on column kernel.rule.note is 'What it means, and how sure the source is.';
grant select on kernel.rule to sogoc_app;
