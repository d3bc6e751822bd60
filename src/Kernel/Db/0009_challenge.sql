-- Citizens and officials show passkeys by the same ceremony.
create table kernel.challenge (
  hash       bytea primary key,
  of         text        not null,
  kind       text        not null check (kind in ('make', 'use')),
  holder     uuid,
  state      text        not null,
  expires_at timestamptz not null);
create index challenge_expires on kernel.challenge (expires_at);
comment on table  kernel.challenge is 'What a device was asked to sign. Taken once, and gone.';
comment on column kernel.challenge.hash is 'SHA-256 of the handle that the browser holds.';
comment on column kernel.challenge.of is 'The table of the passkeys it is about: citizens'' or officials''.';
comment on column kernel.challenge.kind is 'make (a new passkey) or use (sign in).';
comment on column kernel.challenge.holder is 'For whom a passkey is made, or who has to show his; null: whoever has one.';
comment on column kernel.challenge.state is 'The challenge and its conditions.';
comment on column kernel.challenge.expires_at is 'Not taken afterwards.';
grant select, insert, delete on kernel.challenge to sogoc_app;
