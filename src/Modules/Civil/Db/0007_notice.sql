-- A paper is made of an entry of a book, or of a decision on residence: the notice of its result (form CT08).
alter table civil.paper
  alter column entry_id drop not null,
  add column decision_id uuid references civil.residence_decision(id),
  add constraint paper_of_one check (num_nonnulls(entry_id, decision_id) = 1),
  drop constraint paper_kind_check,
  add constraint paper_kind_check check (kind in ('certificate', 'extract') and entry_id is not null or kind = 'notice' and decision_id is not null);
create unique index "civil.notice-once" on civil.paper (decision_id) where ended_as is distinct from 'void';
comment on column civil.paper.entry_id is 'The entry it is made of.';
comment on column civil.paper.decision_id is 'The decision on residence it is made of.';
comment on column civil.paper.kind is 'certificate, extract: of an entry; notice: of a decision.';

drop trigger paper_stays on civil.paper;
create trigger paper_stays before delete or truncate or update of id, code, entry_id, decision_id, kind, area_id, office, series, no, year, shown_no, issued_at, issued_by, signer, token, sha256, pdf on civil.paper
  for each statement execute function journal.refuse_change();

drop function civil.end_papers(uuid, uuid, text, text, text, timestamptz), civil.name_successor(uuid, uuid);
create function civil.end_papers(source uuid, only_paper uuid, how text, reason text, who text, moment timestamptz) returns setof uuid language sql volatile security definer set search_path = pg_catalog as $$
  update civil.paper p set ended_at = moment, ended_as = how, ended_by = who, ended_reason = reason
   where (p.entry_id = source or p.decision_id = source) and (only_paper is null or p.id = only_paper) and p.ended_at is null returning p.id
$$;
create function civil.name_successor(source uuid, successor uuid) returns void language sql volatile security definer set search_path = pg_catalog as $$
  update civil.paper p set replaced_by = successor where (p.entry_id = source or p.decision_id = source) and p.ended_as = 'replaced' and p.replaced_by is null and p.id <> successor
$$;
revoke execute on function civil.end_papers(uuid, uuid, text, text, text, timestamptz), civil.name_successor(uuid, uuid) from public;
grant execute on function civil.end_papers(uuid, uuid, text, text, text, timestamptz), civil.name_successor(uuid, uuid) to sogoc_app;

drop policy within_office on civil.paper;
create policy within_office on civil.paper as restrictive to sogoc_desk
  using (exists (select from civil.entry e where e.id = entry_id) or exists (select from civil.residence_decision d where d.id = decision_id)) with check (true);
