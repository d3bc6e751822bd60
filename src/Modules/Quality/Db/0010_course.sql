create table quality.hamlet_measure (
  day     date     not null,
  area_id integer  not null references places.area(id),
  hamlet  text     not null,
  measure text     not null check (measure in ('correct', 'complete', 'clean', 'live')),
  good    integer  not null,
  persons integer  not null check (persons >= good),
  primary key (area_id, hamlet, measure, day));
create index hamlet_measure_day on quality.hamlet_measure (day);
comment on table  quality.hamlet_measure is 'The four numbers of each hamlet on each day; after 400 days only those of the first of a month are kept.';
comment on column quality.hamlet_measure.day is 'The day.';
comment on column quality.hamlet_measure.area_id is 'The commune, in the version of that day.';
comment on column quality.hamlet_measure.hamlet is 'Hamlet or street as addresses write it; empty: the address names none.';
comment on column quality.hamlet_measure.measure is 'correct, complete, clean or live.';
comment on column quality.hamlet_measure.good is 'Persons without such a finding.';
comment on column quality.hamlet_measure.persons is 'Living residents.';

create table quality.lateness (
  day          date    not null,
  area_id      integer not null references places.area(id),
  kind         text    not null check (kind in ('birth', 'death', 'residence', 'all')),
  events       integer not null check (events > 0),
  median_hours real    not null,
  most_hours   real    not null,
  primary key (area_id, kind, day));
comment on table  quality.lateness is 'Hours from what happened until it stood in the register, of the acts of the last 30 days.';
comment on column quality.lateness.day is 'The last of the 30 days.';
comment on column quality.lateness.area_id is 'The unit that registered, as it is today; the province for all of them together.';
comment on column quality.lateness.kind is 'birth, death, residence (a decision on residence), or all together.';
comment on column quality.lateness.events is 'How many acts whose day is known.';
comment on column quality.lateness.median_hours is 'Half of them took no more hours, counted from the end of the day on which it happened.';
comment on column quality.lateness.most_hours is 'Nine in ten took no more.';

create table quality.freshness (
  day         date    not null,
  area_id     integer not null references places.area(id),
  persons     integer not null,
  recent      integer not null,
  known       integer not null check (persons >= known and known >= recent),
  median_days integer,
  primary key (area_id, day));
comment on table  quality.freshness is 'How long ago records were confirmed last: an identity card issued, a residence registered, or verified at the door.';
comment on column quality.freshness.day is 'The day.';
comment on column quality.freshness.area_id is 'A commune; the province for all of them together.';
comment on column quality.freshness.persons is 'Living residents.';
comment on column quality.freshness.recent is 'Confirmed within the last 365 days.';
comment on column quality.freshness.known is 'Of whom the day of a confirmation is known.';
comment on column quality.freshness.median_days is 'Half of those were confirmed no more days ago; null: none is known.';

create table quality.waiting (
  day     date    not null,
  area_id integer not null references places.area(id),
  kind    text    not null check (kind in ('filing', 'notice')),
  waits   integer not null check (waits >= late),
  late    integer not null,
  primary key (area_id, kind, day));
comment on table  quality.waiting is 'What has begun and is not through: parts of linked filings, and agencies that have not caught up.';
comment on column quality.waiting.day is 'The day.';
comment on column quality.waiting.area_id is 'The unit; the province for all of them together.';
comment on column quality.waiting.kind is 'filing: a part of a linked filing; notice: an agency that has to be told, and has not said that it is done.';
comment on column quality.waiting.waits is 'How many.';
comment on column quality.waiting.late is 'Of those beyond their term.';

grant select, insert, delete on quality.hamlet_measure, quality.lateness, quality.freshness, quality.waiting to sogoc_app;
