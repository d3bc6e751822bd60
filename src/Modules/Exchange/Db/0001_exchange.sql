create schema exchange;
comment on schema exchange is 'How the outside world learns of acts: partners, what they have to be told by when, deliveries and their answers.';

create table exchange.partner (
  id            uuid        primary key,
  code          text        not null constraint "exchange.code-taken" unique,
  kind          text        not null check (kind in ('police', 'health-insurance', 'social-insurance', 'social-protection', 'tax', 'health', 'education')),
  name          text        not null,
  url           text        not null,
  contact       text        not null,
  secret        text        not null,
  former_secret text,
  former_until  timestamptz,
  made_by       text        not null,
  made_at       timestamptz not null,
  stopped_at    timestamptz,
  stopped_why   text        check (stopped_why in ('official', 'gone')),
  failures      integer     not null default 0,
  rest_until    timestamptz);
comment on table  exchange.partner is 'A system of another agency that is told of acts.';
comment on column exchange.partner.id is 'Key.';
comment on column exchange.partner.code is 'Short name, in lower case; never given again.';
comment on column exchange.partner.kind is 'What it is told, says exchange.rule by this kind.';
comment on column exchange.partner.name is 'As people call it.';
comment on column exchange.partner.url is 'Where events are sent.';
comment on column exchange.partner.contact is 'Whom to call when it does not answer.';
comment on column exchange.partner.secret is 'Secret of its signatures and ours (Standard Webhooks), protected.';
comment on column exchange.partner.former_secret is 'The one before, as long as it still counts.';
comment on column exchange.partner.former_until is 'How long that is.';
comment on column exchange.partner.made_by is 'Who registered it, as the journal writes him.';
comment on column exchange.partner.made_at is 'When.';
comment on column exchange.partner.stopped_at is 'Since when it is told nothing.';
comment on column exchange.partner.stopped_why is 'official: somebody stopped it; gone: it answered 410.';
comment on column exchange.partner.failures is 'Deliveries that failed since the last good one.';
comment on column exchange.partner.rest_until is 'Until when it is left in peace after a failure.';

create table exchange.rule (
  entry_kind   text      not null,
  partner_kind text      not null,
  valid        daterange not null,
  term         text      not null check (term ~ '^[1-9][0-9]*[hd]$'),
  ground       text      not null,
  fields       text[]    not null,
  classes      text[]    not null,
  person       text      not null,
  area         text      not null,
  label        text      not null,
  note         text      not null,
  primary key (entry_kind, partner_kind, valid),
  exclude using gist (entry_kind with =, partner_kind with =, valid with &&));
comment on table  exchange.rule is 'Who has to be told of which kind of journal entry; from reference/obligations.csv.';
comment on column exchange.rule.entry_kind is 'Kind of the entry.';
comment on column exchange.rule.partner_kind is 'Kind of the partner.';
comment on column exchange.rule.valid is 'When the rule is in force.';
comment on column exchange.rule.term is 'By when the partner has to have caught up: 2h working hours, 3d working days.';
comment on column exchange.rule.ground is 'Article and law.';
comment on column exchange.rule.fields is 'What of the entry goes out, and nothing else: paths in its body; @number the person''s number.';
comment on column exchange.rule.classes is 'The classes of fields that these are, for the record of readings.';
comment on column exchange.rule.person is 'Path to the key of the person; @subject: the entry''s subject.';
comment on column exchange.rule.area is 'Path to the key of the unit whose act it is; @home: where the person resides.';
comment on column exchange.rule.label is 'Path to what the act is called by; empty: nothing.';
comment on column exchange.rule.note is 'How sure the source is.';

create table exchange.cursor (
  one   boolean primary key default true check (one),
  place bigint  not null);
comment on table  exchange.cursor is 'How far the sealed journal has been looked through for what has to be told; one row.';
comment on column exchange.cursor.one is 'There is one.';
comment on column exchange.cursor.place is 'The place in the feed to go on from.';
-- A register that is older than this module tells nobody of its past.
insert into exchange.cursor (place) select coalesce((select size from seal.log where name = 'entry'), 0);

create table exchange.event (
  id        uuid        primary key,
  place     bigint      not null unique,
  position  bigint      not null,
  kind      text        not null,
  at        timestamptz not null,
  subject   uuid        not null,
  person_id uuid        references population.person(id),
  area_id   integer     references places.area(id),
  label     text);
create index event_person on exchange.event (person_id);
create index event_at on exchange.event (at);
comment on table  exchange.event is 'A journal entry of which somebody outside has to be told.';
comment on column exchange.event.id is 'Key.';
comment on column exchange.event.place is 'Its place in the feed; the order in which events happened.';
comment on column exchange.event.position is 'The journal entry.';
comment on column exchange.event.kind is 'Kind of the entry.';
comment on column exchange.event.at is 'When it was entered.';
comment on column exchange.event.subject is 'Subject of the entry.';
comment on column exchange.event.person_id is 'Whom it concerns.';
comment on column exchange.event.area_id is 'Whose act it is: who is on duty there sees it.';
comment on column exchange.event.label is 'What it is called by, without naming a person: 01/2026.';

create table exchange.obligation (
  id           uuid        primary key,
  event_id     uuid        not null references exchange.event(id),
  partner_kind text        not null,
  partner_id   uuid        references exchange.partner(id),
  fields       text[]      not null,
  classes      text[]      not null,
  ground       text        not null,
  due_at       timestamptz not null,
  next_at      timestamptz not null,
  attempts     integer     not null default 0,
  disclosed_at timestamptz,
  delivered_at timestamptz,
  dead_at      timestamptz,
  fault        text,
  answer       text        check (answer in ('done', 'refused')),
  answered_at  timestamptz,
  reason       text,
  reference    text,
  check ((answer is null) = (answered_at is null)),
  constraint "exchange.told-already" unique nulls not distinct (event_id, partner_kind, partner_id));
create index obligation_waiting on exchange.obligation (next_at) where delivered_at is null and dead_at is null;
create index obligation_open on exchange.obligation (due_at) where answer is distinct from 'done';
comment on table  exchange.obligation is 'One partner that has to know of one event; its key is the id under which it is delivered, at every attempt.';
comment on column exchange.obligation.id is 'Key; webhook-id and id of the CloudEvent.';
comment on column exchange.obligation.event_id is 'The event.';
comment on column exchange.obligation.partner_kind is 'Kind of partner that the rule names.';
comment on column exchange.obligation.partner_id is 'The partner; null while there is none of the kind.';
comment on column exchange.obligation.fields is 'What goes out, as the rule said that day.';
comment on column exchange.obligation.classes is 'Classes of these fields.';
comment on column exchange.obligation.ground is 'Why, as the rule said that day.';
comment on column exchange.obligation.due_at is 'By when the partner has to have caught up.';
comment on column exchange.obligation.next_at is 'When it may be delivered next; while somebody delivers it, when he is taken for dead.';
comment on column exchange.obligation.attempts is 'How often it was tried.';
comment on column exchange.obligation.disclosed_at is 'Since when the record of readings has it; before the data leave.';
comment on column exchange.obligation.delivered_at is 'When the partner took it (2xx).';
comment on column exchange.obligation.dead_at is 'When it was given up, until somebody sends it again.';
comment on column exchange.obligation.fault is 'Why the last attempt failed.';
comment on column exchange.obligation.answer is 'done: the partner''s data have caught up; refused: it will not.';
comment on column exchange.obligation.answered_at is 'When it said so.';
comment on column exchange.obligation.reason is 'Why it refused.';
comment on column exchange.obligation.reference is 'By what the partner calls it.';

grant usage on schema exchange to sogoc_app;
grant select, insert, update on exchange.partner, exchange.obligation to sogoc_app;
grant select on exchange.rule to sogoc_app;
grant select, insert on exchange.event to sogoc_app;
grant select, update on exchange.cursor to sogoc_app;

-- An official on duty for an area sees the events of it.
alter table exchange.event enable row level security;
create policy all_rows on exchange.event using (true);
create policy within_area on exchange.event as restrictive to sogoc_desk
  using (area_id = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[])) with check (true);
alter table exchange.obligation enable row level security;
create policy all_rows on exchange.obligation using (true);
create policy within_area on exchange.obligation as restrictive to sogoc_desk using (exists (select from exchange.event e where e.id = event_id)) with check (true);
