create table civil.filing_step (
  chain  text      not null check (chain in ('birth', 'death')),
  no     smallint  not null check (no > 0),
  step   text      not null check (step in ('birth-registration', 'permanent-residence', 'health-card', 'death-registration', 'residence-removal', 'funeral-allowance')),
  holder text      not null check (holder in ('registrar', 'police', 'partner')),
  term   text      not null check (term ~ '^[1-9][0-9]*[hd]$'),
  valid  daterange not null,
  ground text      not null,
  primary key (chain, no, valid),
  exclude using gist (chain with =, no with =, valid with &&));
comment on table  civil.filing_step is 'The parts of linked filings, from reference/filings.csv.';
comment on column civil.filing_step.chain is 'birth: birth, residence, health-insurance card; death: death, residence, allowance.';
comment on column civil.filing_step.no is 'Its place; the first is the act itself.';
comment on column civil.filing_step.step is 'What is decided in it.';
comment on column civil.filing_step.holder is 'registrar: the act; police: an officer of the commune police; partner: another agency, through the exchange.';
comment on column civil.filing_step.term is 'Until when, from the act on.';
comment on column civil.filing_step.valid is 'When the rule is in force.';
comment on column civil.filing_step.ground is 'Article and law.';

create table civil.filing_day (
  area_id integer not null references places.area(id),
  day     date    not null,
  last_no integer not null,
  primary key (area_id, day));
comment on table  civil.filing_day is 'How many linked filings a commune has taken in on a day; their codes run by it.';
comment on column civil.filing_day.area_id is 'The commune.';
comment on column civil.filing_day.day is 'The day.';
comment on column civil.filing_day.last_no is 'Number of the last one.';

create table civil.filing (
  id        uuid        primary key,
  code      text        not null constraint "civil.filing-repeated" unique,
  chain     text        not null check (chain in ('birth', 'death')),
  person_id uuid        not null references population.person(id),
  entry_id  uuid        not null references civil.entry(id),
  area_id   integer     not null references places.area(id),
  office    text        not null,
  made_by   text        not null,
  made_at   timestamptz not null,
  closed_at timestamptz);
comment on table  civil.filing is 'A linked filing (hồ sơ liên thông): one submission, one code, several offices; NĐ 63/2024.';
comment on column civil.filing.id is 'Key.';
comment on column civil.filing.code is 'What citizens track it by: LT.<commune>-<yyMMdd>-<number of the day>.';
comment on column civil.filing.chain is 'birth or death.';
comment on column civil.filing.person_id is 'The child, or the deceased.';
comment on column civil.filing.entry_id is 'The act in the book with which it came.';
comment on column civil.filing.area_id is 'The commune.';
comment on column civil.filing.office is 'The office that took it in.';
comment on column civil.filing.made_by is 'Who took it in, as the journal writes him.';
comment on column civil.filing.made_at is 'When.';
comment on column civil.filing.closed_at is 'When its last part was settled.';

create table civil.filing_part (
  id         uuid        primary key,
  filing_id  uuid        not null references civil.filing(id),
  no         smallint    not null,
  step       text        not null,
  holder     text        not null,
  ground     text        not null,
  due_at     timestamptz not null,
  state      text        not null check (state in ('open', 'done', 'refused')),
  settled_at timestamptz,
  settled_by text,
  result     text,
  reason     text,
  unique (filing_id, no),
  check ((state = 'open') = (settled_at is null)),
  check (state <> 'refused' or reason is not null));
create index filing_part_open on civil.filing_part (due_at) where state = 'open';
comment on table  civil.filing_part is 'What one office does in a linked filing.';
comment on column civil.filing_part.id is 'Key; the subject of what a partner is asked.';
comment on column civil.filing_part.filing_id is 'The filing.';
comment on column civil.filing_part.no is 'Its place.';
comment on column civil.filing_part.step is 'What is decided in it.';
comment on column civil.filing_part.holder is 'Who decides: registrar, police, partner.';
comment on column civil.filing_part.ground is 'Why, as the rule said that day.';
comment on column civil.filing_part.due_at is 'By when.';
comment on column civil.filing_part.state is 'open, done, refused.';
comment on column civil.filing_part.settled_at is 'When it was settled.';
comment on column civil.filing_part.settled_by is 'By whom: as the journal writes him, or the partner''s name.';
comment on column civil.filing_part.result is 'What came of it: a number, a sentence.';
comment on column civil.filing_part.reason is 'Why it was refused.';

grant select on civil.filing_step to sogoc_app;
grant select, insert, update on civil.filing_day to sogoc_app;
grant select, insert on civil.filing to sogoc_app;
grant update (closed_at) on civil.filing to sogoc_app;
grant select, insert on civil.filing_part to sogoc_app;
grant update (state, settled_at, settled_by, result, reason) on civil.filing_part to sogoc_app;

-- A filing is seen by who is on duty in its commune.
alter table civil.filing enable row level security;
create policy all_rows on civil.filing using (true);
create policy within_office on civil.filing as restrictive to sogoc_desk
  using (area_id = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[])) with check (true);
alter table civil.filing_part enable row level security;
create policy all_rows on civil.filing_part using (true);
create policy within_office on civil.filing_part as restrictive to sogoc_desk using (exists (select from civil.filing f where f.id = filing_id)) with check (true);
