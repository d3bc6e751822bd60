-- Officials show a second factor after the password. Guessing is measured by kernel.rate, as everywhere.
drop table staff.failure;

alter table staff.role add column second_factor boolean not null default true;
comment on column staff.role.second_factor is 'Whoever has this role shows a second factor when he signs in.';

alter table staff.official
  add column totp_key     text,
  add column totp_step    bigint,
  add column second_since timestamptz;
comment on column staff.official.totp_key is 'Key of the authenticator app, protected by the keys of the Host.';
comment on column staff.official.totp_step is 'Step of the authenticator''s code that was used last: it and older ones are not taken again.';
comment on column staff.official.second_since is 'When a second factor was first asked for that he had not: he makes one within some days (staff.second-factor-grace-days). Emptied when an administrator takes his factors away.';

alter table staff.session add column owes boolean not null default false;
comment on column staff.session.owes is 'The password was right and the second factor is still to be shown: it leads nowhere else.';

create table staff.passkey (
  id           bytea primary key,
  official_id  uuid        not null references staff.official(id),
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
create index passkey_official on staff.passkey (official_id);
comment on table  staff.passkey is 'Passkeys of officials (WebAuthn level 3): public keys only; the secret never leaves the device.';
comment on column staff.passkey.id is 'Credential identifier.';
comment on column staff.passkey.official_id is 'Whose.';
comment on column staff.passkey.name is 'What he calls the device.';
comment on column staff.passkey.public_key is 'COSE key.';
comment on column staff.passkey.sign_count is 'Signatures counted by the device; one that goes back is a copy.';
comment on column staff.passkey.transports is 'How the device may be reached.';
comment on column staff.passkey.verified is 'The device verified its user when the key was made.';
comment on column staff.passkey.backup_eligible is 'The key may be kept by a provider of the device.';
comment on column staff.passkey.backed_up is 'It is.';
comment on column staff.passkey.attestation is 'Attestation object as it came.';
comment on column staff.passkey.client_data is 'Client data as they came.';
comment on column staff.passkey.made_at is 'When it was made.';
comment on column staff.passkey.used_at is 'When it was used last.';
grant select, insert, update, delete on staff.passkey to sogoc_app;
