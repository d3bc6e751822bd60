create table services.file (
  id            uuid        primary key,
  code          text        not null constraint file_code unique,
  once          uuid        not null constraint file_once unique,
  procedure     text        not null,
  version       integer     not null,
  channel       smallint    not null check (channel in (1, 2, 3)),
  status        smallint    not null check (status between 1 and 10),
  applicant_id  uuid        not null references population.person(id),
  subject_id    uuid        not null references population.person(id),
  account_id    uuid,
  area_id       integer     references places.area(id),
  desk          text        not null,
  office        text        not null,
  holder        text,
  answers       jsonb       not null,
  submitted_at  timestamptz not null,
  received_at   timestamptz,
  due_at        timestamptz,
  first_due_at  timestamptz,
  total_minutes integer,
  left_minutes  integer,
  runs_since    timestamptz,
  supplement    text,
  supplements   smallint    not null default 0 check (supplements between 0 and 1),
  supplement_until date,
  before_status smallint,
  apologies     smallint    not null default 0 check (apologies between 0 and 1),
  refusal       text,
  case_ref      text,
  taken_in_by   text,
  act_case      text,
  decided_at    timestamptz,
  decided_by    text,
  result_no     text,
  result_text   text,
  result_link   text,
  used_values   text,
  returned_at   timestamptz,
  stars         smallint    check (stars between 1 and 5),
  stars_text    text,
  foreign key (procedure, version) references services.procedure (code, version),
  constraint clock_is_whole check ((received_at is null) = (total_minutes is null) and (total_minutes is null) = (left_minutes is null)),
  constraint runs_until check ((runs_since is null) = (due_at is null)),
  constraint decided_has_result check (status not in (9, 10) or (decided_at is not null and result_no is not null)),
  constraint refused_has_reason check (status not in (3, 8) or refusal is not null));
create index file_desk on services.file (area_id, desk, due_at) where status in (1, 2, 4, 5, 6);
create index file_agency on services.file (desk, due_at) where status in (1, 2, 4, 5, 6) and area_id is null;
create index file_subject on services.file (subject_id);
create index file_applicant on services.file (applicant_id, submitted_at desc);
create index file_holder on services.file (holder, due_at) where status in (2, 4, 5, 6);
create index file_submitted on services.file (submitted_at);
create index file_act on services.file (act_case) where act_case is not null;
comment on table  services.file is 'A file (hồ sơ) of the one-stop shop: one application of one citizen, from handing in to result.';
comment on column services.file.id is 'Key; subject of its journal entries.';
comment on column services.file.code is 'As people write it: H01.<unit>-<yymmdd>-<number of the day> (Thông tư 01/2018/TT-VPCP).';
comment on column services.file.once is 'The form that was handed in: sent twice, it is one file.';
comment on column services.file.procedure is 'Its procedure.';
comment on column services.file.version is 'The version under which it was handed in, for good.';
comment on column services.file.channel is '1 at a counter, 2 online, 3 by post.';
comment on column services.file.status is 'One of the ten codes of Thông tư 22/2019/TT-VPCP (Files/FileStatus.cs).';
comment on column services.file.applicant_id is 'Who handed it in.';
comment on column services.file.subject_id is 'Whom it is about.';
comment on column services.file.account_id is 'By which account, where it came online.';
comment on column services.file.area_id is 'The commune whose office decides; null: an agency of the province.';
comment on column services.file.desk is 'Who has it: justice or police of the commune, or the code of an agency.';
comment on column services.file.office is 'Name of that office.';
comment on column services.file.holder is 'Which official deals with it, as the journal names him.';
comment on column services.file.answers is 'What was filled in, by field.';
comment on column services.file.submitted_at is 'When it was handed in.';
comment on column services.file.received_at is 'When it was received.';
comment on column services.file.due_at is 'When its time is over; null while the clock stands.';
comment on column services.file.first_due_at is 'What the receipt said.';
comment on column services.file.total_minutes is 'Working minutes that the law gives.';
comment on column services.file.left_minutes is 'Working minutes that were left when the clock last began to run, or stood.';
comment on column services.file.runs_since is 'Since when the clock runs.';
comment on column services.file.supplement is 'What the citizen was asked for.';
comment on column services.file.supplements is 'How often: once at most.';
comment on column services.file.supplement_until is 'Until when he has time.';
comment on column services.file.before_status is 'Where it goes on after a supplement or payment.';
comment on column services.file.apologies is 'How often a new date was promised: once at most.';
comment on column services.file.refusal is 'Why it was not received, or stopped.';
comment on column services.file.case_ref is 'The case for which the office reads the people of the file.';
comment on column services.file.taken_in_by is 'Who took it in at a counter, as the journal names officials: he sees it, whoever decides.';
comment on column services.file.act_case is 'The case of the act that carries it out.';
comment on column services.file.decided_at is 'When it was decided.';
comment on column services.file.decided_by is 'By whom, as the journal names officials.';
comment on column services.file.result_no is 'Number of the result.';
comment on column services.file.result_text is 'What is said with it.';
comment on column services.file.result_link is 'Where the result stands.';
comment on column services.file.used_values is 'SHA-256 of the values on which the decision rests.';
comment on column services.file.returned_at is 'When the result was handed over.';
comment on column services.file.stars is 'How the citizen was satisfied, 1 to 5.';
comment on column services.file.stars_text is 'What he said to it.';

create table services.file_day (
  office text    not null,
  day    date    not null,
  last_no integer not null,
  primary key (office, day));
comment on table  services.file_day is 'Numbers of files: they begin anew each day in each office.';
comment on column services.file_day.office is 'Code of the office in file codes.';
comment on column services.file_day.day is 'The day.';
comment on column services.file_day.last_no is 'The last number given.';

create table services.draft (
  account_id uuid        not null,
  procedure  text        not null,
  subject_id uuid        not null references population.person(id),
  once       uuid        not null,
  answers    jsonb       not null,
  saved_at   timestamptz not null,
  primary key (account_id, procedure, subject_id));
create index draft_saved on services.draft (saved_at);
comment on table  services.draft is 'Forms that citizens have begun and not handed in.';
comment on column services.draft.account_id is 'Whose.';
comment on column services.draft.procedure is 'For which procedure.';
comment on column services.draft.subject_id is 'About whom.';
comment on column services.draft.once is 'What makes the file one, however often the form is sent.';
comment on column services.draft.answers is 'What was filled in so far.';
comment on column services.draft.saved_at is 'When.';

-- A status goes only where the law lets it go, whatever a statement asks.
create function services.check_status() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (new.status = any(case old.status when 1 then array[2,3,5,6,7] when 2 then array[4,5,6,7,8,9] when 4 then array[5,6,7,8,9] when 5 then array[1,4,3,8,7] when 6 then array[1,2,4,3,8,7] when 9 then array[10] else array[]::integer[] end)) then
    raise exception 'A file does not go from status % to %.', old.status, new.status using errcode = 'check_violation', constraint = 'services.not-now';
  end if;
  if (new.procedure, new.version, new.code, new.applicant_id, new.subject_id, new.submitted_at) is distinct from (old.procedure, old.version, old.code, old.applicant_id, old.subject_id, old.submitted_at) then
    raise exception 'What a file was handed in as is never changed.' using errcode = 'check_violation', constraint = 'file_stays';
  end if;
  return new;
end $$;
create trigger check_status before update on services.file for each row execute function services.check_status();

-- The second wall: a file is seen by the offices of its commune, by who handed it in, and by whom it is about.
alter table services.file enable row level security;
create policy all_rows on services.file using (true);
create policy within_office on services.file as restrictive to sogoc_desk
  using (area_id = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[])
      or taken_in_by = current_setting('sogoc.actor', true)
      or applicant_id = any(string_to_array(nullif(current_setting('sogoc.persons', true), ''), ',')::uuid[])
      or subject_id = any(string_to_array(nullif(current_setting('sogoc.persons', true), ''), ',')::uuid[])) with check (true);
alter table services.draft enable row level security;
create policy all_rows on services.draft using (true);
create policy own on services.draft as restrictive to sogoc_desk
  using (account_id = any(string_to_array(nullif(current_setting('sogoc.persons', true), ''), ',')::uuid[])) with check (true);

grant select, insert, update on services.file, services.file_day to sogoc_app;
grant select, insert, update, delete on services.draft to sogoc_app;
