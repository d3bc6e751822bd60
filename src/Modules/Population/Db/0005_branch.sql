comment on column population.provenance.field is 'Which field; empty: the whole record, but for the fields that have a row of their own.';

create table population.followed (
  only_one boolean primary key default true check (only_one),
  next     bigint  not null);
comment on table  population.followed is 'In a branch: how far it has followed the root''s feed.';
comment on column population.followed.only_one is 'There is one root.';
comment on column population.followed.next is 'Cursor of the root''s feed for the next question.';
grant select, insert, update on population.followed to sogoc_app;
