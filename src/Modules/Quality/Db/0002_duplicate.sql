create table quality.pair (
  id          uuid        primary key default gen_random_uuid(),
  a           uuid        not null references population.person(id),
  b           uuid        not null references population.person(id),
  area_a      integer     references places.area(id),
  area_b      integer     references places.area(id),
  weight      real        not null,
  probability real        not null,
  band        text        not null check (band in ('sure', 'look')),
  prior       real        not null,
  evidence    jsonb       not null,
  found_at    timestamptz not null,
  run_id      uuid        references quality.run(id),
  state       text        not null default 'open' check (state in ('open', 'asked', 'same', 'different', 'gone')),
  decided_at  timestamptz,
  decided_by  text,
  ground      text,
  act         uuid,
  constraint one_pair unique (a, b),
  constraint pair_in_order check (a < b));
create index pair_b on quality.pair (b);
create index pair_state on quality.pair (state, weight);
comment on table  quality.pair is 'Two records that may be of one person: proposed by reckoning, decided by people. A decided pair is never proposed again.';
comment on column quality.pair.id is 'Key; subject of its journal entries.';
comment on column quality.pair.a is 'One record.';
comment on column quality.pair.b is 'The other.';
comment on column quality.pair.area_a is 'Unit of today where a resides.';
comment on column quality.pair.area_b is 'Unit of today where b resides.';
comment on column quality.pair.weight is 'What the evidence says, in bits: 10 is a thousand to one.';
comment on column quality.pair.probability is 'The same as a chance, 0 to 1.';
comment on column quality.pair.band is 'sure or look, by the run that found it.';
comment on column quality.pair.prior is 'What the odds were before any field was looked at, in bits.';
comment on column quality.pair.evidence is 'Field by field: level, chances, frequency, bits.';
comment on column quality.pair.found_at is 'When it was proposed first.';
comment on column quality.pair.run_id is 'The run that weighed it last.';
comment on column quality.pair.state is 'open; asked: somebody was asked to find out; same: joined; different; gone: the records do not look alike any more.';
comment on column quality.pair.decided_at is 'When it was decided.';
comment on column quality.pair.decided_by is 'Who, as the journal names officials.';
comment on column quality.pair.ground is 'Why.';
comment on column quality.pair.act is 'The act that joined them: subject of its journal entry.';

create table quality.model (
  one  boolean primary key default true check (one),
  json text    not null);
comment on table  quality.model is 'By what records are weighed: learned from invented records of several offices, whose truth is known; from reference/duplicates.model.json.';
comment on column quality.model.one is 'There is one.';
comment on column quality.model.json is 'As the library Linkage writes models.';

alter table quality.pair enable row level security;
create policy all_rows on quality.pair using (true);
create policy within_area on quality.pair as restrictive to sogoc_desk
  using (area_a = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[]) or area_b = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[])) with check (true);

grant select, insert, update on quality.pair to sogoc_app;
grant select on quality.model to sogoc_app;
