-- Results as signed files: the paper of the act, or one that is drawn and sealed for the decision.
alter table services.file add column result_source uuid, add column result_code text;
comment on column services.file.result_source is 'Entry or decision in civil status that has carried it out and of which papers are made; null: none.';
comment on column services.file.result_code is 'Code of the paper that was drawn for its decision; null: none.';

create table services.result_paper (
  code      text        primary key,
  file_id   uuid        not null unique references services.file(id),
  token     text        not null,
  digest    bytea       not null references services.paper_bytes(digest),
  key_id    text        not null,
  signed_at timestamptz not null,
  jws       text        not null);
comment on table  services.result_paper is 'Papers of decisions that no act of civil status carries out: drawn, sealed and signed with the decision, and never changed.';
comment on column services.result_paper.code is 'By which anybody checks it; drawn by lot.';
comment on column services.result_paper.file_id is 'The file that was decided.';
comment on column services.result_paper.token is 'What its QR code holds behind the address, sealed by the register (compact JWS).';
comment on column services.result_paper.digest is 'SHA-256 of the file as it was drawn.';
comment on column services.result_paper.key_id is 'With which key of civil status it is signed: that of who decided, or the register''s.';
comment on column services.result_paper.signed_at is 'When.';
comment on column services.result_paper.jws is 'Detached JWS (RFC 7515, appendix F; ES256); its payload is the digest.';
create index result_paper_digest on services.result_paper (digest);
create trigger result_paper_stays before update or delete or truncate on services.result_paper for each statement execute function journal.refuse_change();

-- Who sees the file sees its result.
alter table services.result_paper enable row level security;
create policy all_rows on services.result_paper using (true);
create policy of_file on services.result_paper as restrictive to sogoc_desk using (exists (select from services.file f where f.id = file_id)) with check (true);
drop policy within_office on services.paper_bytes;
create policy within_office on services.paper_bytes as restrictive to sogoc_desk
  using (exists (select from services.paper p where p.held = paper_bytes.digest) or exists (select from services.result_paper r where r.digest = paper_bytes.digest)) with check (true);
grant select, insert on services.result_paper to sogoc_app;

-- At a counter papers that were compared once are taken from the store of whoever stands there: whoever the wall around persons lets the office see, those whom its open case names included.
drop policy within_office on services.paper;
create policy within_office on services.paper as restrictive to sogoc_desk
  using (account_id = any(string_to_array(nullif(current_setting('sogoc.persons', true), ''), ',')::uuid[])
      or person_id = any(string_to_array(nullif(current_setting('sogoc.persons', true), ''), ',')::uuid[])
      or given_by = current_setting('sogoc.actor', true)
      or exists (select from services.file_paper fp where fp.paper_id = paper.id)
      or (checked_at is not null and exists (select from population.person h where h.id = paper.person_id))) with check (true);
