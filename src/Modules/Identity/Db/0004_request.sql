-- What an office is asked about stands beside the question: the reading may be of somebody whom the official who answers does not reach.
alter table identity.question add column read_at timestamptz, add column fields text[], add column purpose text, add column case_ref text;
update identity.question q set read_at = d.at, fields = d.fields, purpose = d.purpose, case_ref = d.case_ref from journal.disclosure d where d.position = q.position;
create index question_due on identity.question (due_at) where answered_at is null;
comment on column identity.question.read_at is 'When it was read.';
comment on column identity.question.fields is 'What was read.';
comment on column identity.question.purpose is 'For which purpose.';
comment on column identity.question.case_ref is 'For which case.';

create table identity.request (
  id          uuid primary key,
  reference   text        not null unique,
  account_id  uuid        not null references identity.account(id),
  person_id   uuid        not null references population.person(id),
  area_id     integer     references places.area(id),
  kind        text        not null check (kind in ('correct', 'delete', 'restrict', 'object')),
  field       text,
  wanted      text,
  why         text        not null,
  made_at     timestamptz not null,
  answer_due  date        not null,
  done_due    date        not null,
  extended_at timestamptz,
  state       text        not null default 'made' check (state in ('made', 'accepted', 'done', 'refused')),
  answer      text,
  answered_by text,
  answered_at timestamptz,
  decided_at  timestamptz,
  constraint "identity.field-missing" check (kind <> 'correct' or (field is not null and wanted is not null)));
create unique index "identity.requested-already" on identity.request (person_id, kind, (coalesce(field, ''))) where decided_at is null;
create index request_account on identity.request (account_id);
create index request_open on identity.request (area_id, done_due) where decided_at is null;
comment on table  identity.request is 'What a citizen asks to be done with his data: correct, delete, restrict, or stop using them (Luật Bảo vệ dữ liệu cá nhân 91/2025), with the days by which the law wants it answered and done.';
comment on column identity.request.id is 'Key.';
comment on column identity.request.reference is 'Its code, as people say it; the case that an official opens for it bears it too.';
comment on column identity.request.account_id is 'Who asks.';
comment on column identity.request.person_id is 'Whose data it is about.';
comment on column identity.request.area_id is 'Where that person lives: the office there answers. Null: the province does.';
comment on column identity.request.kind is 'correct, delete, restrict, object.';
comment on column identity.request.field is 'For correct: which field.';
comment on column identity.request.wanted is 'For correct: what it should be.';
comment on column identity.request.why is 'Why, in the citizen''s words.';
comment on column identity.request.made_at is 'When it was made.';
comment on column identity.request.answer_due is 'The day by which an answer is due.';
comment on column identity.request.done_due is 'The day by which it has to be done or refused.';
comment on column identity.request.extended_at is 'When the time was extended, which happens once.';
comment on column identity.request.state is 'made, accepted, done, refused.';
comment on column identity.request.answer is 'What the office has answered last; what it answered before stands in the journal.';
comment on column identity.request.answered_by is 'Who answered.';
comment on column identity.request.answered_at is 'When the first answer was given.';
comment on column identity.request.decided_at is 'When it was done or refused.';

create table identity.day_off (
  day   date primary key,
  works boolean not null,
  name  text    not null);
comment on table  identity.day_off is 'Days that are otherwise than the week says: holidays, days off in their place, Saturdays worked. The clocks of the law run by them.';
comment on column identity.day_off.day is 'The day.';
comment on column identity.day_off.works is 'Offices work on it.';
comment on column identity.day_off.name is 'Why.';

grant select, insert, update on identity.request to sogoc_app;
grant select on identity.day_off to sogoc_app;
