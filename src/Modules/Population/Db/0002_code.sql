create table population.code (
  list        text not null,
  code        text not null,
  name        text not null,
  name_en     text not null default '',
  other_names text[] not null default '{}',
  source      text not null default '',
  primary key (list, code));
comment on table  population.code is 'Code lists of the register''s fields, loaded from the project''s reference files.';
comment on column population.code.list is 'ethnicity, religion, nationality, sex, marital, blood, relation, surname.';
comment on column population.code.code is 'The code as stored with a person.';
comment on column population.code.name is 'Its Vietnamese name.';
comment on column population.code.name_en is 'Its English name, where there is one.';
comment on column population.code.other_names is 'Other ways in which lists write it.';
comment on column population.code.source is 'Decision or regulation that sets the list.';
grant select on population.code to sogoc_app;
