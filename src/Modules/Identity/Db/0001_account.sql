create schema identity;
comment on schema identity is 'Electronic identity of citizens: accounts and their levels, passkeys, sessions, and the agencies'' systems that sign citizens in (NĐ 69/2024).';

create table identity.account (
  id            uuid primary key,
  person_id     uuid        not null references population.person(id),
  level         smallint    not null constraint "identity.level" check (level in (1, 2)),
  phone         text,
  email         text,
  password_hash text,
  totp_key      text,
  totp_step     bigint,
  opened_at     timestamptz not null,
  locked_at     timestamptz,
  lock_reason   text,
  closed_at     timestamptz,
  close_reason  text,
  constraint "identity.lock-needs-reason" check ((locked_at is null) = (lock_reason is null)),
  constraint "identity.close-needs-reason" check ((closed_at is null) = (close_reason is null)));
create unique index "identity.account-exists" on identity.account (person_id) where closed_at is null;
comment on table  identity.account is 'An account of electronic identity (tài khoản định danh điện tử). One open account a person; closed ones stay.';
comment on column identity.account.id is 'Key.';
comment on column identity.account.person_id is 'Whose.';
comment on column identity.account.level is '1: opened online by data that agree with the register; 2: after an officer has seen person and card (NĐ 69/2024, articles 10 and 11).';
comment on column identity.account.phone is 'Where one-time codes go.';
comment on column identity.account.email is 'Where notices go, and codes if there is no telephone.';
comment on column identity.account.password_hash is 'Salted hash of the password, if the citizen wanted one.';
comment on column identity.account.totp_key is 'Key of the authenticator app, protected by the keys of the Host.';
comment on column identity.account.totp_step is 'Step of the authenticator''s code that was used last: it and older ones are not taken again.';
comment on column identity.account.opened_at is 'When it was opened.';
comment on column identity.account.locked_at is 'Since when it is locked (Luật Căn cước 26/2023, article 34).';
comment on column identity.account.lock_reason is 'Why: holder, terms, card, authority.';
comment on column identity.account.closed_at is 'When it was closed.';
comment on column identity.account.close_reason is 'Why: died, merged, cancelled, holder.';

create table identity.passkey (
  id           bytea primary key,
  account_id   uuid        not null references identity.account(id),
  name         text        not null,
  public_key   bytea       not null,
  sign_count   bigint      not null,
  transports   text[],
  verified     boolean     not null,
  backup_eligible boolean  not null,
  backed_up    boolean     not null,
  attestation  bytea       not null,
  client_data  bytea       not null,
  made_at      timestamptz not null,
  used_at      timestamptz);
create index passkey_account on identity.passkey (account_id);
comment on table  identity.passkey is 'Passkeys (WebAuthn level 3): public keys only; the secret never leaves the citizen''s device.';
comment on column identity.passkey.id is 'Credential identifier.';
comment on column identity.passkey.account_id is 'Whose.';
comment on column identity.passkey.name is 'What the citizen calls the device.';
comment on column identity.passkey.public_key is 'COSE key.';
comment on column identity.passkey.sign_count is 'Signatures counted by the device; one that goes back is a copy.';
comment on column identity.passkey.transports is 'How the device may be reached.';
comment on column identity.passkey.verified is 'The device verified its user when the key was made.';
comment on column identity.passkey.backup_eligible is 'The key may be kept by a provider of the device.';
comment on column identity.passkey.backed_up is 'It is.';
comment on column identity.passkey.attestation is 'Attestation object as it came.';
comment on column identity.passkey.client_data is 'Client data as they came.';
comment on column identity.passkey.made_at is 'When it was made.';
comment on column identity.passkey.used_at is 'When it was used last.';

create table identity.challenge (
  hash       bytea primary key,
  kind       text        not null check (kind in ('make', 'use')),
  account_id uuid references identity.account(id),
  state      text        not null,
  expires_at timestamptz not null);
create index challenge_expires on identity.challenge (expires_at);
comment on table  identity.challenge is 'What a device was asked to sign. Taken once, and gone.';
comment on column identity.challenge.hash is 'SHA-256 of the handle that the browser holds.';
comment on column identity.challenge.kind is 'make (a new passkey) or use (sign in).';
comment on column identity.challenge.account_id is 'For whom a passkey is made.';
comment on column identity.challenge.state is 'The challenge and its conditions.';
comment on column identity.challenge.expires_at is 'Not taken afterwards.';

create table identity.session (
  hash       bytea primary key,
  sid        uuid        not null unique,
  account_id uuid        not null references identity.account(id),
  factors    text[]      not null,
  device     text        not null,
  made_at    timestamptz not null,
  proved_at  timestamptz not null,
  seen_at    timestamptz not null,
  expires_at timestamptz not null,
  acts_for   uuid references population.person(id),
  ended_at   timestamptz);
create index session_account on identity.session (account_id) where ended_at is null;
comment on table  identity.session is 'Sign-ins of citizens; only hashes of the secrets.';
comment on column identity.session.hash is 'SHA-256 of the secret in the cookie.';
comment on column identity.session.sid is 'What agencies'' systems know the session by (sid).';
comment on column identity.session.account_id is 'Whose.';
comment on column identity.session.factors is 'What was shown: passkey, code, password, totp, counter.';
comment on column identity.session.device is 'Browser and system as they name themselves, in short.';
comment on column identity.session.made_at is 'When it began.';
comment on column identity.session.proved_at is 'When a factor was shown last.';
comment on column identity.session.seen_at is 'When it was used last, to the minute.';
comment on column identity.session.expires_at is 'When it ends by itself.';
comment on column identity.session.acts_for is 'For whom the citizen acts in this session; null: for himself.';
comment on column identity.session.ended_at is 'When it was ended.';

create table identity.device (
  hash       bytea       not null,
  account_id uuid        not null references identity.account(id),
  name       text        not null,
  first_at   timestamptz not null,
  last_at    timestamptz not null,
  primary key (account_id, hash));
comment on table  identity.device is 'Browsers from which an account has come in. A new one is told to the holder; a known one is not slowed by what strangers try.';
comment on column identity.device.hash is 'SHA-256 of the mark in the browser''s cookie.';
comment on column identity.device.account_id is 'Whose.';
comment on column identity.device.name is 'Browser and system as they name themselves, in short.';
comment on column identity.device.first_at is 'First sign-in.';
comment on column identity.device.last_at is 'Last sign-in.';

create table identity.code (
  id         uuid primary key,
  handle     bytea       not null unique,
  account_id uuid references identity.account(id),
  aim        text        not null check (aim in ('sign-in', 'open', 'step-up', 'activate', 'contact')),
  hash       bytea,
  subject    uuid,
  contact    text,
  made_at    timestamptz not null,
  expires_at timestamptz not null,
  tries      integer     not null default 0,
  used_at    timestamptz);
create index code_account on identity.code (account_id, made_at);
create index code_expires on identity.code (expires_at);
comment on table  identity.code is 'One-time codes. Asked for an unknown number or with wrong data, there is a row like any other, which no code opens.';
comment on column identity.code.id is 'Key.';
comment on column identity.code.handle is 'SHA-256 of the handle that the form holds: a code opens only the form that asked for it.';
comment on column identity.code.account_id is 'Whose; null where there is no account (yet).';
comment on column identity.code.aim is 'What it opens.';
comment on column identity.code.hash is 'Keyed hash of the code; null: none was sent.';
comment on column identity.code.subject is 'The person for whom an account is to be opened.';
comment on column identity.code.contact is 'The telephone number or address that it proves.';
comment on column identity.code.made_at is 'When it was asked for.';
comment on column identity.code.expires_at is 'Not taken afterwards.';
comment on column identity.code.tries is 'Wrong tries; five end it.';
comment on column identity.code.used_at is 'When it was used, or ended.';

create table identity.message (
  id         uuid primary key,
  channel    text        not null check (channel in ('sms', 'email')),
  target     text        not null,
  body       text        not null,
  made_at    timestamptz not null,
  next_at    timestamptz not null,
  tries      integer     not null default 0,
  sent_at    timestamptz,
  fault      text);
create index message_waiting on identity.message (next_at) where sent_at is null;
comment on table  identity.message is 'Messages to citizens: codes and notices. Taken by the sender with skip locked, tried again, and emptied a day after they were sent.';
comment on column identity.message.id is 'Key.';
comment on column identity.message.channel is 'sms or email.';
comment on column identity.message.target is 'Telephone number or address.';
comment on column identity.message.body is 'The text.';
comment on column identity.message.made_at is 'When it was written.';
comment on column identity.message.next_at is 'When it is tried (again).';
comment on column identity.message.tries is 'How often it was tried.';
comment on column identity.message.sent_at is 'When the gateway took it.';
comment on column identity.message.fault is 'Why it could not be sent.';

create table identity.proofing (
  id         uuid primary key,
  account_id uuid        not null references identity.account(id),
  person_id  uuid        not null references population.person(id),
  officer    text        not null,
  office     text        not null,
  evidence   text[]      not null constraint "identity.evidence-missing" check (cardinality(evidence) > 0),
  card       text        not null,
  aim        text        not null check (aim in ('open', 'raise', 'recover')),
  at         timestamptz not null);
create index proofing_account on identity.proofing (account_id);
comment on table  identity.proofing is 'Identity proofing at the counter: who has seen whom, where, by which evidence (NĐ 69/2024, article 11).';
comment on column identity.proofing.id is 'Key.';
comment on column identity.proofing.account_id is 'The account.';
comment on column identity.proofing.person_id is 'Who stood there.';
comment on column identity.proofing.officer is 'Who has seen him.';
comment on column identity.proofing.office is 'In which office.';
comment on column identity.proofing.evidence is 'card-seen, chip-read, face-compared, fingerprint-compared.';
comment on column identity.proofing.card is 'Number of the card that was shown.';
comment on column identity.proofing.aim is 'open (a new account), raise (to level 2), recover (new factors).';
comment on column identity.proofing.at is 'When.';

-- In the same commit: a death closes the account, a merge moves it to the record that answers, or closes it where that one has an account.
create function identity.follow_person() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.status = 'merged' and not exists (select from identity.account where person_id = new.merged_into and closed_at is null) then
    update identity.account set person_id = new.merged_into where person_id = new.id and closed_at is null;
    update identity.session set acts_for = null where acts_for = new.id;
    return null;
  end if;
  update identity.session set ended_at = now() where ended_at is null and account_id in (select id from identity.account where person_id = new.id and closed_at is null);
  update identity.account set closed_at = now(), close_reason = new.status where person_id = new.id and closed_at is null;
  update identity.session set acts_for = null where acts_for = new.id;
  return null;
end $$;
create trigger account_follows after update of status on population.person for each row
  when (new.status in ('dead', 'merged', 'cancelled') and old.status is distinct from new.status) execute function identity.follow_person();
comment on function identity.follow_person() is 'A death, a merge or a cancellation in the register ends or moves the account in the same transaction.';

revoke execute on function identity.follow_person() from public;

grant usage on schema identity to sogoc_app;
grant select, insert, update on identity.account, identity.session, identity.device, identity.message, identity.code to sogoc_app;
grant select, insert, update, delete on identity.passkey, identity.challenge to sogoc_app;
grant delete on identity.code to sogoc_app;
grant select, insert on identity.proofing to sogoc_app;
