create schema staff;
comment on schema staff is 'Offices, officials, roles and the areas of their duty.';

create table staff.agency (
  code      text primary key,
  name      text not null,
  eid_code  text not null default '',
  area_id   integer references places.area(id));
comment on table  staff.agency is 'Offices: departments of the province, communes.';
comment on column staff.agency.code is 'Short code.';
comment on column staff.agency.name is 'Name.';
comment on column staff.agency.eid_code is 'Electronic agency code (QĐ 20/2020/QĐ-TTg); ZZ. marks a placeholder.';
comment on column staff.agency.area_id is 'The unit it serves; null: the province.';

create table staff.official (
  id            uuid primary key,
  name          text not null,
  sign_in       text not null constraint "staff.sign-in-taken" unique,
  password_hash text not null,
  agency_code   text not null references staff.agency(code),
  active        boolean not null default true);
comment on table  staff.official is 'Who works in an office and may sign in.';
comment on column staff.official.id is 'Key.';
comment on column staff.official.name is 'Name.';
comment on column staff.official.sign_in is 'What he signs in with.';
comment on column staff.official.password_hash is 'Salted hash of the password.';
comment on column staff.official.agency_code is 'His office.';
comment on column staff.official.active is 'False: signs in no more.';

create table staff.role_permission (
  role       text not null,
  permission text not null,
  primary key (role, permission));
comment on table  staff.role_permission is 'What a role may do; roles are data.';
comment on column staff.role_permission.role is 'The role.';
comment on column staff.role_permission.permission is 'The permission, module.kebab-name.';

create table staff.post (
  official_id uuid not null references staff.official(id),
  role        text not null,
  area_id     integer references places.area(id),
  valid       daterange not null);
create index post_official on staff.post (official_id);
comment on table  staff.post is 'A role that an official has in an area during a period.';
comment on column staff.post.official_id is 'Who.';
comment on column staff.post.role is 'Which role.';
comment on column staff.post.area_id is 'Where; null: the whole province.';
comment on column staff.post.valid is 'When.';

create table staff.session (
  hash        bytea primary key,
  official_id uuid not null references staff.official(id),
  kind        text not null check (kind in ('page', 'token')),
  made_at     timestamptz not null,
  expires_at  timestamptz not null,
  ended_at    timestamptz);
create index session_official on staff.session (official_id);
comment on table  staff.session is 'Open sign-ins and tokens for scripts; only hashes of the secrets.';
comment on column staff.session.hash is 'SHA-256 of the secret.';
comment on column staff.session.official_id is 'Whose.';
comment on column staff.session.kind is 'page (cookie) or token (bearer).';
comment on column staff.session.made_at is 'When it began.';
comment on column staff.session.expires_at is 'When it ends by itself.';
comment on column staff.session.ended_at is 'When it was ended.';

create table staff.failure (
  key      text primary key,
  count    integer not null,
  until_at timestamptz not null);
comment on table  staff.failure is 'Failed sign-ins by account and by address: the next try has to wait. It delays, and locks nobody out.';
comment on column staff.failure.key is 'Hash of account or address.';
comment on column staff.failure.count is 'Failures in a row.';
comment on column staff.failure.until_at is 'No try before.';

create table staff.key (
  name text primary key,
  xml  text not null);
comment on table  staff.key is 'Keys that protect forms, shared by all Hosts of one database.';
comment on column staff.key.name is 'Name.';
comment on column staff.key.xml is 'The key.';

grant usage on schema staff to sogoc_app;
grant select on staff.agency, staff.role_permission, staff.post to sogoc_app;
grant select on staff.official to sogoc_app;
grant select, insert, update on staff.session to sogoc_app;
grant select, insert, update, delete on staff.failure to sogoc_app;
grant select, insert on staff.key to sogoc_app;
