-- Papers that citizens send in and officials scan: the bytes once, a row for each who holds them.
create table services.paper_bytes (
  digest  bytea       primary key check (length(digest) = 32),
  bytes   bytea       not null check (length(bytes) between 1 and 10485760),
  kept_at timestamptz not null);
alter table services.paper_bytes alter column bytes set storage external;
comment on table  services.paper_bytes is 'What papers are made of, each content once, however many hold it.';
comment on column services.paper_bytes.digest is 'SHA-256.';
comment on column services.paper_bytes.bytes is 'As they were sent, 10 MiB at most.';
comment on column services.paper_bytes.kept_at is 'Since when.';

create table services.paper (
  id          uuid        primary key,
  person_id   uuid        not null references population.person(id),
  account_id  uuid,
  kind        text        not null,
  name        text        not null,
  type        text        not null check (type in ('application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic')),
  size        integer     not null check (size > 0),
  digest      bytea       not null,
  state       text        not null check (state in ('unscanned', 'waiting', 'clean', 'infected')),
  held        bytea       generated always as (case when state <> 'infected' then digest end) stored references services.paper_bytes(digest),
  given_at    timestamptz not null,
  given_by    text        not null,
  scanned_at  timestamptz,
  checked_at  timestamptz,
  checked_by  text,
  valid_until date,
  constraint checked_is_whole check ((checked_at is null) = (checked_by is null)));
-- Sent by two tabs, it is one.
create unique index paper_once on services.paper (person_id, coalesce(account_id, person_id), kind, digest);
create index paper_account on services.paper (account_id) where account_id is not null;
create index paper_held on services.paper (held) where held is not null;
create index paper_unseen on services.paper (given_at) where state in ('unscanned', 'waiting');
comment on table  services.paper is 'A paper of a citizen: sent by him, or scanned at a counter. Who else holds the same bytes stands nowhere here.';
comment on column services.paper.id is 'Key.';
comment on column services.paper.person_id is 'Whose it is: whom its file is about.';
comment on column services.paper.account_id is 'By which account it was sent; null: scanned by an official.';
comment on column services.paper.kind is 'What it is, as procedures call their papers.';
comment on column services.paper.name is 'File name, cleaned.';
comment on column services.paper.type is 'What it is by its content.';
comment on column services.paper.size is 'Bytes.';
comment on column services.paper.digest is 'SHA-256 of its bytes.';
comment on column services.paper.state is 'unscanned: there is no scanner; waiting: it did not answer, and nobody opens the paper; clean; infected: its bytes are gone.';
comment on column services.paper.held is 'Which bytes it has; none, if they were infected.';
comment on column services.paper.given_at is 'When it came.';
comment on column services.paper.given_by is 'By whom, as the journal names people.';
comment on column services.paper.scanned_at is 'When the scanner has answered.';
comment on column services.paper.checked_at is 'When an official has compared it with the original.';
comment on column services.paper.checked_by is 'Which one, as the journal names officials.';
comment on column services.paper.valid_until is 'Until when it holds, the day included; null: without end.';

create table services.file_paper (
  file_id  uuid        not null references services.file(id),
  paper_id uuid        not null constraint "services.store-in-file" references services.paper(id),
  put_at   timestamptz not null,
  primary key (file_id, paper_id));
create index file_paper_paper on services.file_paper (paper_id);
comment on table  services.file_paper is 'Papers of files. A paper can be of several; it stays as long as one of them has it.';
comment on column services.file_paper.file_id is 'The file.';
comment on column services.file_paper.paper_id is 'The paper.';
comment on column services.file_paper.put_at is 'Since when.';

create table services.draft_paper (
  account_id uuid        not null,
  once       uuid        not null,
  paper_id   uuid        not null references services.paper(id) on delete cascade,
  put_at     timestamptz not null,
  primary key (account_id, once, paper_id));
create index draft_paper_paper on services.draft_paper (paper_id);
comment on table  services.draft_paper is 'Papers of forms that are being filled in; handed in, they are the file''s.';
comment on column services.draft_paper.account_id is 'Whose form.';
comment on column services.draft_paper.once is 'Mark of the form.';
comment on column services.draft_paper.paper_id is 'The paper.';
comment on column services.draft_paper.put_at is 'Since when.';

-- The second wall: a paper is seen by whose it is, by who sent or scanned it, and by the offices that see a file of it.
alter table services.file_paper enable row level security;
create policy all_rows on services.file_paper using (true);
create policy within_office on services.file_paper as restrictive to sogoc_desk using (exists (select from services.file f where f.id = file_paper.file_id)) with check (true);
alter table services.paper enable row level security;
create policy all_rows on services.paper using (true);
create policy within_office on services.paper as restrictive to sogoc_desk
  using (account_id = any(string_to_array(nullif(current_setting('sogoc.persons', true), ''), ',')::uuid[])
      or person_id = any(string_to_array(nullif(current_setting('sogoc.persons', true), ''), ',')::uuid[])
      or given_by = current_setting('sogoc.actor', true)
      or exists (select from services.file_paper fp where fp.paper_id = paper.id)) with check (true);
alter table services.paper_bytes enable row level security;
create policy all_rows on services.paper_bytes using (true);
create policy within_office on services.paper_bytes as restrictive to sogoc_desk using (exists (select from services.paper p where p.held = paper_bytes.digest)) with check (true);
alter table services.draft_paper enable row level security;
create policy all_rows on services.draft_paper using (true);
create policy own on services.draft_paper as restrictive to sogoc_desk
  using (account_id = any(string_to_array(nullif(current_setting('sogoc.persons', true), ''), ',')::uuid[])) with check (true);

grant select, insert, delete on services.paper_bytes, services.draft_paper to sogoc_app;
grant select, insert, delete on services.paper to sogoc_app;
grant update (state, scanned_at, checked_at, checked_by, valid_until) on services.paper to sogoc_app;
grant select, insert on services.file_paper to sogoc_app;
