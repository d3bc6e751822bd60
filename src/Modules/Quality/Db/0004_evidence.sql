-- Evidence is told by pieces from now on, each of one field or of several; until the next night an older proposal has a piece for each field, and what its start was worth beside them.
update quality.pair set evidence = (select jsonb_agg(jsonb_build_object('fields', jsonb_build_array(jsonb_build_object('field', e ->> 'field', 'level', e ->> 'level')), 'match', e -> 'match', 'stranger', e -> 'stranger', 'weight', e -> 'weight'))
  from jsonb_array_elements(evidence) e) where jsonb_array_length(evidence) > 0;
comment on column quality.pair.prior is 'What the odds are that any two records are of one person, in bits. With the weights of all pieces, and the correction, it makes the weight.';
comment on column quality.pair.evidence is 'Piece by piece: fields with their levels, chances, bits.';

alter table quality.run add column weaker bigint;
comment on column quality.run.weaker is 'Of duplicates: pairs that look somewhat alike and were left out as too weak to be worth the time of an official.';

create table quality.book (
  one     boolean primary key default true check (one),
  made_at timestamptz not null,
  persons bigint      not null,
  bytes   bytea       not null);
comment on table  quality.book is 'How frequent names, dates and places are, by the last night: what is needed to weigh somebody at the counter as the night weighs all. Fingerprints and counts; nobody can be read out of it.';
comment on column quality.book.one is 'There is one.';
comment on column quality.book.made_at is 'When it was counted.';
comment on column quality.book.persons is 'In how many records.';
comment on column quality.book.bytes is 'As the library Linkage writes it.';
grant select, insert, update on quality.book to sogoc_app;
