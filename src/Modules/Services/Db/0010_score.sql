alter table services.file add column last_due_at timestamptz;
comment on column services.file.last_due_at is 'The end that its time had when the clock last ran: what a decision is measured by.';
update services.file set last_due_at = coalesce(due_at, first_due_at);
create function services.keep_due() returns trigger language plpgsql as $$
begin
  new.last_due_at := coalesce(new.due_at, new.last_due_at);
  return new;
end $$;
create trigger keep_due before insert or update on services.file for each row execute function services.keep_due();
create index file_decided on services.file (decided_at) where decided_at is not null;
create index file_received on services.file (received_at) where received_at is not null;
create index file_running on services.file (last_due_at) where status in (2, 4);

create table services.criterion (
  code     text          primary key,
  part     text          not null check (part in ('openness', 'progress', 'online', 'payment', 'digital', 'satisfaction')),
  most     numeric(5, 2) not null check (most > 0),
  counts   text          not null check (counts in ('file', 'procedure')),
  looks_at text,
  good     text,
  ground   text          not null,
  name_vi  text          not null,
  name_en  text          not null,
  means_vi text          not null,
  means_en text          not null,
  position integer       not null,
  constraint whole_condition check ((looks_at is null) = (good is null)));
comment on table  services.criterion is 'Criteria of the service index (Quyết định 766/QĐ-TTg), as reference/service_index.csv has them.';
comment on column services.criterion.code is 'Its name.';
comment on column services.criterion.part is 'One of the six groups.';
comment on column services.criterion.most is 'Points for all good; those of all criteria sum to 100.';
comment on column services.criterion.counts is 'file: each file counts; procedure: each procedure that the files go by.';
comment on column services.criterion.looks_at is 'SQL over f (file) and e (what its procedure asks): which files count; $1 and $2 the period, $3 its end or now. Null: nothing here can tell it, and it gives no points.';
comment on column services.criterion.good is 'SQL: which of those are good.';
comment on column services.criterion.ground is 'Law; what is from memory begins with *.';
comment on column services.criterion.name_vi is 'Name.';
comment on column services.criterion.name_en is 'Name.';
comment on column services.criterion.means_vi is 'How it is counted.';
comment on column services.criterion.means_en is 'How it is counted.';
comment on column services.criterion.position is 'Place in the list.';

create table services.complaint (
  id          uuid        primary key,
  file_id     uuid        not null references services.file(id),
  said        text        not null,
  made_at     timestamptz not null,
  due_at      timestamptz not null,
  answer      text,
  answered_at timestamptz,
  answered_by text,
  constraint answered_whole check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null)));
create unique index one_open_complaint on services.complaint (file_id) where answered_at is null;
create index complaint_made on services.complaint (made_at);
create index complaint_file on services.complaint (file_id);
comment on table  services.complaint is 'What a citizen has to say about how his file was dealt with (phản ánh, kiến nghị), and the answer.';
comment on column services.complaint.id is 'Key.';
comment on column services.complaint.file_id is 'About which file.';
comment on column services.complaint.said is 'As he wrote it.';
comment on column services.complaint.made_at is 'When.';
comment on column services.complaint.due_at is 'Until when it has to be answered.';
comment on column services.complaint.answer is 'As he reads it.';
comment on column services.complaint.answered_at is 'When.';
comment on column services.complaint.answered_by is 'By whom, as the journal names officials.';
-- Who sees the file sees what was said about it.
alter table services.complaint enable row level security;
create policy all_rows on services.complaint using (true);
create policy of_file on services.complaint as restrictive to sogoc_desk using (exists (select from services.file f where f.id = file_id)) with check (true);
grant select, insert, update on services.complaint to sogoc_app;
grant select on services.criterion to sogoc_app;
