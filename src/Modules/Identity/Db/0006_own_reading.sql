-- Agencies' systems read persons by themselves under an agreement: for purposes of the list, classes of fields, areas, and until a day. A second official approves it.
create table identity.reading (
  id             uuid primary key,
  client_id      text        not null references identity.client(id),
  agreement      text        not null check (agreement <> ''),
  purposes       text[]      not null constraint "identity.reading-purposes" check (cardinality(purposes) > 0),
  classes        text[]      not null constraint "identity.reading-classes" check (cardinality(classes) > 0),
  areas          integer[]   not null,
  whole_province boolean     not null,
  until_on       date        not null,
  asked_by       text        not null,
  asked_at       timestamptz not null,
  decided_by     text,
  decided_at     timestamptz,
  approved       boolean,
  ended_at       timestamptz,
  constraint "identity.reading-areas" check (whole_province = (cardinality(areas) = 0)),
  constraint "identity.reading-second-person" check (decided_by <> asked_by),
  constraint "identity.reading-decision" check ((decided_at is null) = (approved is null) and (decided_at is null) = (decided_by is null)));
create unique index reading_waiting on identity.reading (client_id) where decided_at is null and ended_at is null;
create unique index reading_standing on identity.reading (client_id) where approved and ended_at is null;
comment on table  identity.reading is 'What was agreed about an agency''s system that reads persons by itself (NĐ 278/2025); it works once a second official has approved it.';
comment on column identity.reading.id is 'Key; subject of its entries.';
comment on column identity.reading.client_id is 'The system.';
comment on column identity.reading.agreement is 'Number of the paper that was signed.';
comment on column identity.reading.purposes is 'Codes of the purposes it may read for (journal.purpose).';
comment on column identity.reading.classes is 'Classes of fields it may read.';
comment on column identity.reading.areas is 'Keys of the units whose people it may read, each on the day it was agreed; mergers are followed. None: the whole province.';
comment on column identity.reading.whole_province is 'It may read people of the whole province.';
comment on column identity.reading.until_on is 'The last day.';
comment on column identity.reading.asked_by is 'Who proposed it.';
comment on column identity.reading.asked_at is 'When.';
comment on column identity.reading.decided_by is 'The second official, who approved or refused it.';
comment on column identity.reading.decided_at is 'When.';
comment on column identity.reading.approved is 'Whether it was approved.';
comment on column identity.reading.ended_at is 'When it was ended, or another one took its place.';
grant select, insert on identity.reading to sogoc_app;
grant update (decided_by, decided_at, approved, ended_at) on identity.reading to sogoc_app;
