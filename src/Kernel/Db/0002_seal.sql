-- Transaction ids begin anew where a backup is restored into a new cluster: the era then goes one up, and (era, xid, position) stays the order of the journal.
alter table journal.entry add column era smallint not null default 1;
alter table journal.disclosure add column era smallint not null default 1, add column xid xid8 not null default pg_current_xact_id();
create index entry_order on journal.entry (era, xid, position);
create index disclosure_order on journal.disclosure (era, xid, position);
comment on column journal.entry.era is 'How many times the register was restored into a new cluster before the row was written, from 1.';
comment on column journal.disclosure.era is 'How many times the register was restored into a new cluster before the row was written, from 1.';
comment on column journal.disclosure.xid is 'The transaction, so that sealing can wait for older ones that are still open.';

create schema seal;
comment on schema seal is 'Hash trees over the rows of the journal (RFC 9162) and their signed heads: a row that was changed, removed or reordered is found.';

create table seal.log (
  name     text primary key check (name in ('entry', 'disclosure')),
  size     bigint   not null default 0,
  era      smallint not null default 0,
  xid      xid8     not null default '0',
  position bigint   not null default 0);
comment on table  seal.log is 'One tree for each table of the journal, and how far it goes.';
comment on column seal.log.name is 'The table: entry or disclosure.';
comment on column seal.log.size is 'Number of leaves.';
comment on column seal.log.era is 'Era of the last row that is in.';
comment on column seal.log.xid is 'Transaction of the last row that is in.';
comment on column seal.log.position is 'Position of the last row that is in.';
insert into seal.log (name) values ('entry'), ('disclosure');

create table seal.tile (
  log       text     not null references seal.log(name),
  level     smallint not null,
  no        bigint   not null,
  hashes    bytea    not null,
  positions bigint[],
  era       smallint,
  xid       xid8,
  position  bigint,
  primary key (log, level, no));
alter table seal.tile alter column hashes set storage external;
create index tile_first on seal.tile (log, era, xid, position) where level = 0;
comment on table  seal.tile is '256 neighbouring hashes of one level of a tree. On level 0 they are those of rows, on level n + 1 the roots of whole tiles of level n.';
comment on column seal.tile.log is 'Which tree.';
comment on column seal.tile.level is '0 for the hashes of rows.';
comment on column seal.tile.no is 'Which tile of the level, from 0.';
comment on column seal.tile.hashes is 'Up to 256 SHA-256 hashes.';
comment on column seal.tile.positions is 'Level 0: the positions of the rows, in the order of the leaves.';
comment on column seal.tile.era is 'Level 0: era of the first row.';
comment on column seal.tile.xid is 'Level 0: transaction of the first row.';
comment on column seal.tile.position is 'Level 0: position of the first row.';

create table seal.head_key (
  id         text primary key,
  public_key bytea       not null,
  since      timestamptz not null);
comment on table  seal.head_key is 'Public keys of those who sign heads: ECDSA P-256.';
comment on column seal.head_key.id is 'First 16 hexadecimal digits of the SHA-256 of the public key.';
comment on column seal.head_key.public_key is 'SubjectPublicKeyInfo, DER.';
comment on column seal.head_key.since is 'When it was first used.';

create table seal.head (
  no              bigint generated always as identity primary key,
  at              timestamptz not null,
  entry_size      bigint not null,
  entry_root      bytea  not null,
  disclosure_size bigint not null,
  disclosure_root bytea  not null,
  note            text   not null,
  key_id          text   not null references seal.head_key(id),
  signature       bytea  not null);
create index head_entry on seal.head (entry_size);
create index head_disclosure on seal.head (disclosure_size);
comment on table  seal.head is 'Signed heads: what the trees were at a time. Published, so that nobody can show two pasts.';
comment on column seal.head.no is 'Order.';
comment on column seal.head.at is 'When.';
comment on column seal.head.entry_size is 'Leaves of the tree of entries.';
comment on column seal.head.entry_root is 'Its root.';
comment on column seal.head.disclosure_size is 'Leaves of the tree of disclosures.';
comment on column seal.head.disclosure_root is 'Its root.';
comment on column seal.head.note is 'The text that is signed, in UTF-8.';
comment on column seal.head.key_id is 'By which key.';
comment on column seal.head.signature is 'ECDSA P-256 with SHA-256 over the note, r and s of 32 bytes each.';

create trigger head_append_only before update or delete or truncate on seal.head for each statement execute function journal.refuse_change();
create trigger head_key_append_only before update or delete or truncate on seal.head_key for each statement execute function journal.refuse_change();
create trigger tile_never_removed before delete or truncate on seal.tile for each statement execute function journal.refuse_change();

grant usage on schema seal to sogoc_app, sogoc_report;
grant select, update on seal.log to sogoc_app;
grant select, insert, update on seal.tile to sogoc_app;
grant select, insert on seal.head, seal.head_key to sogoc_app;

insert into kernel.setting (name, value) values ('register', gen_random_uuid()::text), ('era', '1') on conflict do nothing;
