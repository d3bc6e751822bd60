-- Who decides signs: each entry, each annotation and each paper has the electronic signature of its official. And the papers that are made of entries.
create table civil.signing_key (
  id            text        primary key,
  holder        text        not null,
  name          text        not null,
  office        text        not null,
  public_key    bytea       not null,
  protected     text        not null,
  valid_from    timestamptz not null,
  valid_until   timestamptz,
  revoked_at    timestamptz,
  revoke_ground text,
  constraint revoked_with_ground check ((revoked_at is null) = (revoke_ground is null)));
create unique index signing_key_open on civil.signing_key (holder) where valid_until is null and revoked_at is null;
comment on table  civil.signing_key is 'Keys (ECDSA P-256) with which officials sign, and the one of the register, with which codes on papers are signed. Public keys are published and stay.';
comment on column civil.signing_key.id is 'Name of the key: thumbprint of the public key (RFC 7638).';
comment on column civil.signing_key.holder is 'Whose it is, as the journal writes him; system:civil-papers is the register.';
comment on column civil.signing_key.name is 'Name of the holder when the key was made.';
comment on column civil.signing_key.office is 'His office when the key was made.';
comment on column civil.signing_key.public_key is 'SubjectPublicKeyInfo, DER.';
comment on column civil.signing_key.protected is 'The private key (PKCS #8), encrypted by the keys of this house.';
comment on column civil.signing_key.valid_from is 'Since when it signs.';
comment on column civil.signing_key.valid_until is 'Since when another one signs for the holder.';
comment on column civil.signing_key.revoked_at is 'Since when it signs no more and nothing signed with it later is believed; what was signed before stays.';
comment on column civil.signing_key.revoke_ground is 'Why.';

create table civil.paper_book (
  area_id integer  not null references places.area(id),
  series  text     not null,
  year    smallint not null,
  last_no integer  not null default 0,
  primary key (area_id, series, year));
comment on table  civil.paper_book is 'Running numbers of extracts: one row for each office, kind and year.';
comment on column civil.paper_book.area_id is 'Where the office is.';
comment on column civil.paper_book.series is 'What stands behind the number: TLKS-BS ….';
comment on column civil.paper_book.year is 'Calendar year.';
comment on column civil.paper_book.last_no is 'Number of the last one; 0: none yet. Who issues holds the row until he commits, so that numbers have no gap.';

create table civil.paper (
  id           uuid        primary key,
  code         text        not null unique,
  entry_id     uuid        not null references civil.entry(id),
  kind         text        not null check (kind in ('certificate', 'extract')),
  area_id      integer     not null references places.area(id),
  office       text        not null,
  series       text,
  no           integer,
  year         smallint    not null,
  shown_no     text        not null,
  issued_at    timestamptz not null,
  issued_by    text        not null,
  signer       text        not null,
  token        text        not null,
  sha256       bytea       not null,
  pdf          bytea       not null,
  ended_at     timestamptz,
  ended_as     text        check (ended_as in ('replaced', 'void')),
  ended_by     text,
  ended_reason text        check (ended_reason in ('misprint', 'lost', 'wrong', 'unlawful')),
  replaced_by  uuid        references civil.paper(id),
  constraint ended_somehow check ((ended_at is null) = (ended_as is null) and (ended_at is null) = (ended_by is null)),
  constraint void_with_reason check ((ended_as = 'void') = (ended_reason is not null)),
  constraint numbered check ((series is null) = (no is null) and (kind = 'extract') = (series is not null)),
  constraint "civil.paper-repeated" unique (area_id, series, year, no));
create unique index "civil.certificate-once" on civil.paper (entry_id) where kind = 'certificate' and ended_as is distinct from 'void';
create index paper_entry on civil.paper (entry_id);
comment on table  civil.paper is 'Papers made of entries: the certificate (bản chính), once, and extracts (bản sao trích lục), as many as are asked for. What was issued is never changed, only ended.';
comment on column civil.paper.id is 'Key; the subject of its journal entries.';
comment on column civil.paper.code is 'What stands in the address where the paper is checked; drawn by lot.';
comment on column civil.paper.entry_id is 'The entry it is made of.';
comment on column civil.paper.kind is 'certificate, extract.';
comment on column civil.paper.area_id is 'Where the issuing office is.';
comment on column civil.paper.office is 'The issuing office, as it is called on the day.';
comment on column civil.paper.series is 'Of an extract: what stands behind its number, TLKS-BS ….';
comment on column civil.paper.no is 'Of an extract: running number of office, kind and year, without a gap; the database gives it. A certificate has the number of its entry.';
comment on column civil.paper.year is 'Year of issue.';
comment on column civil.paper.shown_no is 'The number as it is printed.';
comment on column civil.paper.issued_at is 'When it was issued.';
comment on column civil.paper.issued_by is 'Who issued it, as the journal writes him.';
comment on column civil.paper.signer is 'The name that stands under it.';
comment on column civil.paper.token is 'What its QR code holds behind the address: the few facts by which it is checked, signed by the register (compact JWS).';
comment on column civil.paper.sha256 is 'SHA-256 of the file.';
comment on column civil.paper.pdf is 'The file.';
comment on column civil.paper.ended_at is 'Since when it is not valid any more.';
comment on column civil.paper.ended_as is 'replaced: the entry says more since, or is closed; void: it should not be used.';
comment on column civil.paper.ended_by is 'By whom, as the journal writes him.';
comment on column civil.paper.ended_reason is 'Of a void one: misprint, lost, wrong, unlawful.';
comment on column civil.paper.replaced_by is 'The paper that was issued in its place.';

create table civil.signature (
  entry_id      uuid unique references civil.entry(id),
  annotation_id uuid unique references civil.annotation(id),
  paper_id      uuid unique references civil.paper(id),
  key_id        text        not null references civil.signing_key(id),
  signed_at     timestamptz not null,
  jws           text        not null,
  constraint signature_of_one check (num_nonnulls(entry_id, annotation_id, paper_id) = 1));
comment on table  civil.signature is 'Electronic signatures of the officials who decided.';
comment on column civil.signature.entry_id is 'The entry that is signed: its text, body, as it stands there.';
comment on column civil.signature.annotation_id is 'The annotation that is signed: its text, body.';
comment on column civil.signature.paper_id is 'The paper that is signed: its file.';
comment on column civil.signature.key_id is 'With which key.';
comment on column civil.signature.signed_at is 'When.';
comment on column civil.signature.jws is 'Detached JWS (RFC 7515, appendix F; ES256): its payload is the SHA-256 of what is signed; the header names key, moment, name, post and office.';

create function civil.require_signature() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from civil.signature s where s.entry_id = new.id or s.annotation_id = new.id or s.paper_id = new.id) then
    raise exception 'civil.unsigned: who decides signs' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create function civil.check_signing_key() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from civil.signing_key k where k.id = new.key_id and k.revoked_at is null) then
    raise exception 'civil.key-revoked: this key signs no more' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create function civil.number_paper() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare next_no integer;
begin
  if new.series is not null then
    update civil.paper_book b set last_no = b.last_no + 1 where b.area_id = new.area_id and b.series = new.series and b.year = new.year returning b.last_no into next_no;
    if next_no is null or new.no is distinct from next_no then
      raise exception 'civil.paper-out-of-order: the next number is %', next_no using errcode = 'restrict_violation';
    end if;
  end if;
  return new;
end $$;
-- Papers of an entry end with what is written beside it, whichever office has issued them; an entry that is closed is not seen any more, and its papers end all the same.
create function civil.end_papers(entry uuid, only_paper uuid, how text, reason text, who text, moment timestamptz) returns setof uuid language sql volatile security definer set search_path = pg_catalog as $$
  update civil.paper p set ended_at = moment, ended_as = how, ended_by = who, ended_reason = reason
   where p.entry_id = entry and (only_paper is null or p.id = only_paper) and p.ended_at is null returning p.id
$$;
create function civil.name_successor(entry uuid, successor uuid) returns void language sql volatile security definer set search_path = pg_catalog as $$
  update civil.paper p set replaced_by = successor where p.entry_id = entry and p.ended_as = 'replaced' and p.replaced_by is null and p.id <> successor
$$;
-- Keys of all whom an entry is about, for the case that reads it; no value.
create function civil.parties_of(entry uuid) returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select y.person_id from civil.party y where y.entry_id = entry and not civil.closed(entry)
$$;
revoke execute on function civil.require_signature(), civil.check_signing_key(), civil.number_paper(), civil.end_papers(uuid, uuid, text, text, text, timestamptz), civil.name_successor(uuid, uuid), civil.parties_of(uuid) from public;
grant execute on function civil.end_papers(uuid, uuid, text, text, text, timestamptz), civil.name_successor(uuid, uuid), civil.parties_of(uuid) to sogoc_app;

create trigger signing_key_open before insert on civil.signature for each row execute function civil.check_signing_key();
create trigger number_paper before insert on civil.paper for each row execute function civil.number_paper();
create trigger no_renumbering before update on civil.paper_book for each row when (new.last_no <> old.last_no and pg_trigger_depth() = 0) execute function civil.refuse_renumbering();
create trigger signature_append_only before update or delete or truncate on civil.signature for each statement execute function journal.refuse_change();
create trigger paper_stays before delete or truncate or update of id, code, entry_id, kind, area_id, office, series, no, year, shown_no, issued_at, issued_by, signer, token, sha256, pdf on civil.paper
  for each statement execute function journal.refuse_change();
create constraint trigger entry_signed after insert on civil.entry deferrable initially deferred for each row execute function civil.require_signature();
create constraint trigger annotation_signed after insert on civil.annotation deferrable initially deferred for each row execute function civil.require_signature();
create constraint trigger paper_signed after insert on civil.paper deferrable initially deferred for each row execute function civil.require_signature();

grant select, insert on civil.signing_key, civil.paper_book, civil.paper, civil.signature to sogoc_app;
grant update (valid_until, revoked_at, revoke_ground) on civil.signing_key to sogoc_app;
-- The right to lock the row, by which the next number is held; the number itself is moved by a paper alone.
grant update (last_no) on civil.paper_book to sogoc_app;

alter table civil.paper enable row level security;
create policy all_rows on civil.paper using (true);
create policy within_office on civil.paper as restrictive to sogoc_desk using (exists (select from civil.entry e where e.id = entry_id)) with check (true);
alter table civil.signature enable row level security;
create policy all_rows on civil.signature using (true);
create policy within_office on civil.signature as restrictive to sogoc_desk
  using (exists (select from civil.entry e where e.id = entry_id) or exists (select from civil.annotation a where a.id = annotation_id) or exists (select from civil.paper p where p.id = paper_id)) with check (true);
