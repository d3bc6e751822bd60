create schema quality;
comment on schema quality is 'Clean data (đúng, đủ, sạch, sống): rules, what they found, who works on it, and four measures over time.';

create table quality.rule (
  code        text     primary key check (code ~ '^[a-z]+(-[a-z]+)*$'),
  measure     text     not null check (measure in ('correct', 'complete', 'clean', 'live')),
  severity    text     not null check (severity in ('wrong', 'doubt', 'notice')),
  base        text     not null check (base in ('person', 'household', 'kin', 'shared-old-id', 'shared-phone', 'duplicate')),
  desk        text     not null check (desk in ('police', 'justice')),
  days        smallint not null check (days > 0),
  mend        text     not null,
  condition   text     not null,
  note        text     not null,
  ground      text     not null,
  sentence_vi text     not null,
  sentence_en text     not null,
  stopped     boolean  not null default false);
comment on table  quality.rule is 'What must not be so in a record; from reference/quality_rules.csv.';
comment on column quality.rule.code is 'Its name, for ever.';
comment on column quality.rule.measure is 'Which of the four it belongs to: correct (đúng), complete (đủ), clean (sạch), live (sống).';
comment on column quality.rule.severity is 'wrong: cannot be so; doubt: is seldom so; notice: to be asked at the next occasion, counts in no measure.';
comment on column quality.rule.base is 'What is looked at: persons, households, lines of kin, values that several share, proposals of duplicates.';
comment on column quality.rule.desk is 'Whose work it is in the commune: police or justice (civil status).';
comment on column quality.rule.days is 'Days from finding to the end of the term.';
comment on column quality.rule.mend is 'Which act mends it.';
comment on column quality.rule.condition is 'SQL over the aliases of its base (Rules/Bases.cs): true where the rule is broken.';
comment on column quality.rule.note is 'SQL: the text that {0} of the sentence stands for.';
comment on column quality.rule.ground is 'Article and law; (*) from memory.';
comment on column quality.rule.sentence_vi is 'What is wrong, for officers.';
comment on column quality.rule.sentence_en is 'The same in English.';
comment on column quality.rule.stopped is 'The province does not look for it any more.';

create table quality.unit (
  area_id  integer primary key references places.area(id),
  today_id integer references places.area(id),
  in_force boolean not null,
  code     text);
comment on table  quality.unit is 'What has become of the units that records name; made anew by each run.';
comment on column quality.unit.area_id is 'A version of a unit.';
comment on column quality.unit.today_id is 'The unit its territory belongs to today, where that is certain.';
comment on column quality.unit.in_force is 'The version is in force today.';
comment on column quality.unit.code is 'The three digits at the head of numbers of those whose birth was registered there.';

create table quality.run (
  id        uuid        primary key,
  kind      text        not null check (kind in ('rules', 'duplicates')),
  day       date        not null,
  begun_at  timestamptz not null,
  ended_at  timestamptz,
  persons   bigint,
  found     bigint,
  gone      bigint);
create index run_kind on quality.run (kind, begun_at);
comment on table  quality.run is 'Times that the whole register was gone through.';
comment on column quality.run.id is 'Key; the subject of its job.';
comment on column quality.run.kind is 'rules or duplicates.';
comment on column quality.run.day is 'The day for which it asked: ages and terms are those of it.';
comment on column quality.run.begun_at is 'When it was asked for.';
comment on column quality.run.ended_at is 'When it was through.';
comment on column quality.run.persons is 'Records that it looked at.';
comment on column quality.run.found is 'Findings that were new or came back.';
comment on column quality.run.gone is 'Findings that had gone.';

create table quality.finding (
  id           uuid        primary key default gen_random_uuid(),
  rule         text        not null references quality.rule,
  person_id    uuid        references population.person(id),
  household_id uuid,
  subject      uuid        not null generated always as (coalesce(person_id, household_id)) stored,
  part         text        not null default '',
  area_id      integer     references places.area(id),
  hamlet       text,
  note         text        not null default '',
  found_at     timestamptz not null,
  due_on       date        not null,
  gone_at      timestamptz,
  back         smallint    not null default 0,
  holder       text,
  case_ref     text,
  outcome      text        check (outcome in ('confirmed', 'to-correct', 'not-found', 'moved', 'dead')),
  outcome_text text,
  outcome_at   timestamptz,
  outcome_by   text,
  constraint about_one_thing check ((person_id is null) <> (household_id is null)),
  constraint one_finding unique (rule, subject, part));
create index finding_area on quality.finding (area_id, rule) where gone_at is null;
create index finding_person on quality.finding (person_id);
create index finding_household on quality.finding (household_id) where household_id is not null;
create index finding_holder on quality.finding (holder) where gone_at is null and holder is not null;
comment on table  quality.finding is 'A rule that a record breaks, and the work on it; one row for each, however often it comes back.';
comment on column quality.finding.id is 'Key; subject of its journal entries.';
comment on column quality.finding.rule is 'The rule.';
comment on column quality.finding.person_id is 'Whose record; null: a household''s.';
comment on column quality.finding.household_id is 'Which household; null: a person''s record.';
comment on column quality.finding.subject is 'The one or the other.';
comment on column quality.finding.part is 'Which line of kin or which other record, where there are several.';
comment on column quality.finding.area_id is 'The unit of today that works on it: where the person or household has its permanent residence, else the temporary one.';
comment on column quality.finding.hamlet is 'Hamlet or street of the address, for the way to the door.';
comment on column quality.finding.note is 'What {0} in the rule''s sentence stands for.';
comment on column quality.finding.found_at is 'When it was found first, or came back.';
comment on column quality.finding.due_on is 'End of the term.';
comment on column quality.finding.gone_at is 'Since when the rule is not broken any more; null: it is.';
comment on column quality.finding.back is 'How often it came back after it had gone.';
comment on column quality.finding.holder is 'Who works on it, as the journal names officials.';
comment on column quality.finding.case_ref is 'Code of the case for which the holder reads the record.';
comment on column quality.finding.outcome is 'What was found out: confirmed (it is so, and right), to-correct (an act is needed), not-found, moved, dead.';
comment on column quality.finding.outcome_text is 'What the officer wrote.';
comment on column quality.finding.outcome_at is 'When.';
comment on column quality.finding.outcome_by is 'Who.';

create table quality.measure (
  day     date     not null,
  area_id integer  not null references places.area(id),
  measure text     not null check (measure in ('correct', 'complete', 'clean', 'live')),
  good    integer  not null,
  persons integer  not null check (persons >= good),
  primary key (area_id, measure, day));
comment on table  quality.measure is 'The four numbers of each unit on each day: living residents of whom no finding of that measure is open, but notices and what was confirmed.';
comment on column quality.measure.day is 'The day.';
comment on column quality.measure.area_id is 'A commune, in the version of that day.';
comment on column quality.measure.measure is 'correct, complete, clean or live.';
comment on column quality.measure.good is 'Persons without such a finding.';
comment on column quality.measure.persons is 'Living persons who reside there permanently, or where they have no permanent residence temporarily.';

create table quality.cursor (
  one   boolean primary key default true check (one),
  place bigint  not null);
insert into quality.cursor (place) values (0);
comment on table  quality.cursor is 'How far the journal has been read for changes.';
comment on column quality.cursor.one is 'There is one.';
comment on column quality.cursor.place is 'Place in the feed.';

-- The second wall: work lists of a unit are seen by those whose duty covers it.
alter table quality.finding enable row level security;
create policy all_rows on quality.finding using (true);
create policy within_area on quality.finding as restrictive to sogoc_desk
  using (area_id = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[])) with check (true);

grant usage on schema quality to sogoc_app, sogoc_report;
grant select on all tables in schema quality to sogoc_app;
grant insert, update on quality.run, quality.finding to sogoc_app;
grant insert, update, delete on quality.unit, quality.measure to sogoc_app;
grant update on quality.cursor to sogoc_app;
