-- Where two records were called different: on the page of the pair, or at a counter before a newcomer was entered or given a number.
alter table quality.pair
  add column counter        text check (counter in ('birth', 'number')),
  add column counter_office text check ((counter_office is null) = (counter is null));
comment on column quality.pair.counter is 'At which counter they were told apart: birth (a birth was registered) or number (a number was given); null: on the page of the pair.';
comment on column quality.pair.counter_office is 'In which office.';

-- Acts that were begun and not registered wait too.
alter table quality.waiting drop constraint waiting_kind_check;
alter table quality.waiting add constraint waiting_kind_check check (kind in ('filing', 'notice', 'begun'));
comment on table  quality.waiting is 'What has begun and is not through: parts of linked filings, agencies that have not caught up, and acts that were begun and neither registered nor left.';
comment on column quality.waiting.kind is 'filing: a part of a linked filing; notice: an agency that has to be told, and has not said that it is done; begun: an act of civil status or residence that somebody has begun.';
