-- Acts that were begun and are neither registered nor left, as other modules may count them: by unit, without anybody's name.
alter table civil.draft
  add column area_id integer references places.area(id),
  add column due_at  timestamptz;
comment on column civil.draft.area_id is 'Unit of the office where it was begun; null: an office of several, or one begun by an older program.';
comment on column civil.draft.due_at is 'By when the law wants it decided; null: it sets no day, or one begun by an older program.';

create view civil.report_begun with (security_invoker = true) as
  select d.area_id, c.opened_at as begun_at, d.due_at from civil.draft d join journal.case_file c on c.id = d.case_id where c.closed_at is null and (c.until_at is null or c.until_at > now());
comment on view   civil.report_begun is 'Acts of civil status and residence that were begun and are neither registered nor left.';
comment on column civil.report_begun.area_id is 'Unit of the office; null: not known.';
comment on column civil.report_begun.begun_at is 'When.';
comment on column civil.report_begun.due_at is 'End of the term; null: none.';
grant select on civil.report_begun to sogoc_app;
