create table kernel.day_off (
  day   date    primary key,
  works boolean not null,
  name  text    not null);
comment on table  kernel.day_off is 'Days that are otherwise than the week says: holidays, days off in their place, Saturdays worked. The clocks of the law run by them.';
comment on column kernel.day_off.day is 'The day.';
comment on column kernel.day_off.works is 'Offices work on it.';
comment on column kernel.day_off.name is 'Why.';
grant select on kernel.day_off to sogoc_app;
