create table kernel.answer (
  actor   text        not null,
  key     text        not null constraint "kernel.key-malformed" check (length(key) between 1 and 100),
  route   text        not null,
  request bytea       not null,
  answer  text,
  at      timestamptz not null,
  primary key (actor, key));
create index answer_at on kernel.answer (at);
comment on table  kernel.answer is 'Answers to requests with an Idempotency-Key, kept for a day: the same request sent again gets the same answer and is not done twice.';
comment on column kernel.answer.actor is 'Who asked.';
comment on column kernel.answer.key is 'The key that the client chose.';
comment on column kernel.answer.route is 'What was asked for.';
comment on column kernel.answer.request is 'SHA-256 of the request: a key belongs to one request.';
comment on column kernel.answer.answer is 'The answer as it was sent, JSON.';
comment on column kernel.answer.at is 'When.';
grant select, insert, update, delete on kernel.answer to sogoc_app;
