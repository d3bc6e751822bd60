create table identity.question (
  id          uuid primary key,
  account_id  uuid        not null references identity.account(id),
  person_id   uuid        not null references population.person(id),
  position    bigint      not null,
  office      text        not null,
  body        text        not null,
  asked_at    timestamptz not null,
  due_at      timestamptz not null,
  answer      text,
  answered_by text,
  answered_at timestamptz,
  constraint "identity.asked-already" unique (person_id, position));
create index question_office on identity.question (office) where answered_at is null;
comment on table  identity.question is 'Hỏi lại: a citizen asks the office that read his data why; it has 72 hours, and what it leaves unanswered rises to the province.';
comment on column identity.question.id is 'Key.';
comment on column identity.question.account_id is 'Who asks.';
comment on column identity.question.person_id is 'Whose data were read.';
comment on column identity.question.position is 'The reading: position in journal.disclosure.';
comment on column identity.question.office is 'The office that read.';
comment on column identity.question.body is 'What is asked.';
comment on column identity.question.asked_at is 'When.';
comment on column identity.question.due_at is 'When an answer is due.';
comment on column identity.question.answer is 'The answer.';
comment on column identity.question.answered_by is 'Who answered.';
comment on column identity.question.answered_at is 'When.';

create table identity.mandate (
  id         uuid primary key,
  giver_id   uuid        not null references population.person(id),
  agent_id   uuid        not null references population.person(id),
  procedures text[]      not null constraint "identity.procedure-missing" check (cardinality(procedures) > 0),
  given_at   timestamptz not null,
  until_on   date        not null,
  ended_at   timestamptz,
  constraint "identity.own-mandate" check (giver_id <> agent_id));
create index mandate_agent on identity.mandate (agent_id);
create index mandate_giver on identity.mandate (giver_id);
comment on table  identity.mandate is 'One adult lets another act for him in named procedures until a day (Bộ luật Dân sự 2015, articles 134 to 143).';
comment on column identity.mandate.id is 'Key.';
comment on column identity.mandate.giver_id is 'Who gives it.';
comment on column identity.mandate.agent_id is 'Who may act.';
comment on column identity.mandate.procedures is 'In which procedures.';
comment on column identity.mandate.given_at is 'When it was given.';
comment on column identity.mandate.until_on is 'The last day.';
comment on column identity.mandate.ended_at is 'When it was taken back.';

grant select, insert, update on identity.question, identity.mandate to sogoc_app;
