-- The national sign-in in front, where a province has chosen it.
create table identity.national_link (
  issuer     text        not null,
  subject    text        not null,
  account_id uuid        not null references identity.account(id),
  level      smallint    not null constraint "identity.national-level" check (level in (1, 2)),
  since      timestamptz not null,
  seen_at    timestamptz not null,
  constraint "identity.national-taken" primary key (issuer, subject),
  constraint "identity.national-other" unique (account_id, issuer));
comment on table  identity.national_link is 'Which account of the national sign-in comes in to which account here: linked once, when number, name and date of birth agreed with the register.';
comment on column identity.national_link.issuer is 'Who says so: the address of the national sign-in.';
comment on column identity.national_link.subject is 'By which name it knows the account (sub).';
comment on column identity.national_link.account_id is 'The account here.';
comment on column identity.national_link.level is 'Level that it gave at the last sign-in (IAL).';
comment on column identity.national_link.since is 'When it was linked.';
comment on column identity.national_link.seen_at is 'When it was used last.';

create table identity.national_session (
  sid        uuid primary key references identity.session(sid),
  id_token   text not null,
  logout_uri text);
comment on table  identity.national_session is 'What ends a session at the national sign-in too; gone when the session here is.';
comment on column identity.national_session.sid is 'The session here.';
comment on column identity.national_session.id_token is 'The id token that began it, protected by the keys of the Host.';
comment on column identity.national_session.logout_uri is 'Where the national sign-in wants to be left, if it said so and the address is its own.';

alter table identity.proofing alter column card drop not null;
comment on column identity.proofing.card is 'Number of the card that was shown; null where the national sign-in has vouched.';
comment on column identity.proofing.officer is 'Who has seen him; the national sign-in, where that has.';
comment on column identity.proofing.evidence is 'card-seen, chip-read, face-compared, fingerprint-compared; national: the national sign-in gave level 2.';
comment on column identity.session.factors is 'What was shown: passkey, code, password, totp, counter; national or national-2: the national sign-in, at its level 1 or 2.';

grant select, insert, update, delete on identity.national_link to sogoc_app;
grant select, insert, delete on identity.national_session to sogoc_app;
