-- What the OpenID Connect library keeps (OpenIddict); its meaning is the library's.
create table identity.openid_application (
  id text primary key, application_type text, client_id text unique, client_secret text, client_type text, concurrency_token text, consent_type text, display_name text,
  display_names text, json_web_key_set text, permissions text, post_logout_redirect_uris text, properties text, redirect_uris text, requirements text, settings text);
create table identity.openid_authorization (
  id text primary key, application_id text references identity.openid_application(id), concurrency_token text, creation_date timestamptz, properties text, scopes text,
  status text, subject text, type text);
create index openid_authorization_subject on identity.openid_authorization (application_id, subject, status, type);
create table identity.openid_scope (
  id text primary key, concurrency_token text, description text, descriptions text, display_name text, display_names text, name text unique, properties text, resources text);
create table identity.openid_token (
  id text primary key, application_id text references identity.openid_application(id), authorization_id text references identity.openid_authorization(id), concurrency_token text,
  creation_date timestamptz, expiration_date timestamptz, payload text, properties text, redemption_date timestamptz, reference_id text unique, status text, subject text, type text);
create index openid_token_authorization on identity.openid_token (authorization_id);
create index openid_token_subject on identity.openid_token (application_id, subject, status, type);
create index openid_token_expiration on identity.openid_token (expiration_date);

comment on table  identity.openid_application is 'Systems as the OpenID Connect library knows them; what is ours of them stands in identity.client.';
comment on column identity.openid_application.id is 'Key.';
comment on column identity.openid_application.application_type is 'Kind of application.';
comment on column identity.openid_application.client_id is 'client_id.';
comment on column identity.openid_application.client_secret is 'Not used: systems sign with their own keys.';
comment on column identity.openid_application.client_type is 'confidential.';
comment on column identity.openid_application.concurrency_token is 'Guards against changes at the same time.';
comment on column identity.openid_application.consent_type is 'explicit.';
comment on column identity.openid_application.display_name is 'Name.';
comment on column identity.openid_application.display_names is 'Names by language.';
comment on column identity.openid_application.json_web_key_set is 'Public keys by which it signs its requests (private_key_jwt).';
comment on column identity.openid_application.permissions is 'What it may use.';
comment on column identity.openid_application.post_logout_redirect_uris is 'Where it may come back to after a logout.';
comment on column identity.openid_application.properties is 'Of the library.';
comment on column identity.openid_application.redirect_uris is 'Where it may come back to.';
comment on column identity.openid_application.requirements is 'What it has to use.';
comment on column identity.openid_application.settings is 'Of the library.';
comment on table  identity.openid_authorization is 'Authorizations that were granted.';
comment on column identity.openid_authorization.id is 'Key.';
comment on column identity.openid_authorization.application_id is 'Whose.';
comment on column identity.openid_authorization.concurrency_token is 'Guards against changes at the same time.';
comment on column identity.openid_authorization.creation_date is 'When it was made.';
comment on column identity.openid_authorization.properties is 'Of the library.';
comment on column identity.openid_authorization.scopes is 'What was granted.';
comment on column identity.openid_authorization.status is 'valid, redeemed, revoked.';
comment on column identity.openid_authorization.subject is 'The pairwise subject.';
comment on column identity.openid_authorization.type is 'Of which kind.';
comment on table  identity.openid_scope is 'Scopes; ours are fixed in the program.';
comment on column identity.openid_scope.id is 'Key.';
comment on column identity.openid_scope.concurrency_token is 'Guards against changes at the same time.';
comment on column identity.openid_scope.description is 'Description.';
comment on column identity.openid_scope.descriptions is 'Descriptions by language.';
comment on column identity.openid_scope.display_name is 'Name.';
comment on column identity.openid_scope.display_names is 'Names by language.';
comment on column identity.openid_scope.name is 'Name.';
comment on column identity.openid_scope.properties is 'Of the library.';
comment on column identity.openid_scope.resources is 'Resources.';
comment on table  identity.openid_token is 'Tokens that were issued, and whether they were used or revoked.';
comment on column identity.openid_token.id is 'Key.';
comment on column identity.openid_token.application_id is 'Whose.';
comment on column identity.openid_token.authorization_id is 'Under which authorization.';
comment on column identity.openid_token.concurrency_token is 'Guards against changes at the same time.';
comment on column identity.openid_token.creation_date is 'When it was made.';
comment on column identity.openid_token.expiration_date is 'When it runs out.';
comment on column identity.openid_token.payload is 'The token itself, where only its name leaves the house.';
comment on column identity.openid_token.properties is 'Of the library.';
comment on column identity.openid_token.redemption_date is 'When it was used.';
comment on column identity.openid_token.reference_id is 'Hash of the name by which it is known outside.';
comment on column identity.openid_token.status is 'valid, redeemed, revoked.';
comment on column identity.openid_token.subject is 'The pairwise subject.';
comment on column identity.openid_token.type is 'Of which kind.';

create table identity.client (
  id              text primary key,
  name            text        not null,
  agency          text        not null,
  sector          text        not null,
  agreement       text        not null,
  contact         text        not null,
  fields          text[]      not null,
  optional        text[]      not null default '{}',
  purposes        text[]      not null constraint "identity.purpose-missing" check (cardinality(purposes) > 0),
  level           smallint    not null default 1 check (level in (1, 2)),
  sandbox         boolean     not null,
  back_channel    text,
  front_channel   text,
  made_by         text        not null,
  made_at         timestamptz not null,
  ended_at        timestamptz);
create index client_agency on identity.client (agency);
comment on table  identity.client is 'Agencies'' systems that sign citizens in, each under an agreement on sharing data (NĐ 278/2025).';
comment on column identity.client.id is 'client_id.';
comment on column identity.client.name is 'What citizens see.';
comment on column identity.client.agency is 'Whose system.';
comment on column identity.client.sector is 'Sector of its subjects: systems of one agency know a citizen by the same subject, those of two agencies by different ones.';
comment on column identity.client.agreement is 'Number of the agreement on sharing.';
comment on column identity.client.contact is 'Who answers for it: a telephone number or address.';
comment on column identity.client.fields is 'Fields it may ask for.';
comment on column identity.client.optional is 'Those among them that a citizen may leave out.';
comment on column identity.client.purposes is 'What it may ask for, in words that citizens read.';
comment on column identity.client.level is 'The level of assurance it needs at least.';
comment on column identity.client.sandbox is 'For trying out: it may come back to addresses of the developer''s own machine, and sees invented citizens only.';
comment on column identity.client.back_channel is 'Where it is told of a logout.';
comment on column identity.client.front_channel is 'The page it wants shown at a logout.';
comment on column identity.client.made_by is 'Who registered it.';
comment on column identity.client.made_at is 'When.';
comment on column identity.client.ended_at is 'When it was ended.';

create table identity.subject (
  sector     text not null,
  account_id uuid not null references identity.account(id),
  subject    text not null unique,
  primary key (sector, account_id));
comment on table  identity.subject is 'By which name an agency knows a citizen (pairwise subject, OpenID Connect Core 8.1): random, and different for each agency.';
comment on column identity.subject.sector is 'The agency''s sector.';
comment on column identity.subject.account_id is 'The account.';
comment on column identity.subject.subject is 'The sub of its tokens.';

create table identity.consent (
  id           uuid primary key,
  account_id   uuid        not null references identity.account(id),
  person_id    uuid        not null references population.person(id),
  client_id    text        not null references identity.client(id),
  fields       text[]      not null,
  purpose      text        not null,
  given_at     timestamptz not null,
  until_at     timestamptz not null,
  withdrawn_at timestamptz,
  authorization_id text references identity.openid_authorization(id));
create index consent_account on identity.consent (account_id, client_id);
comment on table  identity.consent is 'What a citizen has agreed to: which fields, to whom, for what (Luật Bảo vệ dữ liệu cá nhân 91/2025).';
comment on column identity.consent.id is 'Key; the case of the readings done under it.';
comment on column identity.consent.account_id is 'Who agreed.';
comment on column identity.consent.person_id is 'Whose data.';
comment on column identity.consent.client_id is 'To which system.';
comment on column identity.consent.fields is 'Which fields, and no others.';
comment on column identity.consent.purpose is 'For what, in the words that were shown.';
comment on column identity.consent.given_at is 'When.';
comment on column identity.consent.until_at is 'It ends by itself then.';
comment on column identity.consent.withdrawn_at is 'When it was withdrawn.';
comment on column identity.consent.authorization_id is 'The authorization under which tokens are issued; revoked when the consent is withdrawn.';

create table identity.signed_in (
  sid       uuid not null references identity.session(sid),
  client_id text not null references identity.client(id),
  subject   text not null,
  primary key (sid, client_id));
comment on table  identity.signed_in is 'Which systems were signed in through which session: they are told when it ends.';
comment on column identity.signed_in.sid is 'The session.';
comment on column identity.signed_in.client_id is 'The system.';
comment on column identity.signed_in.subject is 'By which name it knows the citizen.';

create table identity.logout (
  id        uuid primary key,
  client_id text        not null references identity.client(id),
  sid       uuid        not null,
  subject   text        not null,
  next_at   timestamptz not null,
  tries     integer     not null default 0,
  sent_at   timestamptz);
create index logout_waiting on identity.logout (next_at) where sent_at is null;
comment on table  identity.logout is 'Logouts to be told to agencies'' systems (OpenID Connect Back-Channel Logout 1.0); tried again until taken.';
comment on column identity.logout.id is 'Key; jti of the logout token.';
comment on column identity.logout.client_id is 'Whom to tell.';
comment on column identity.logout.sid is 'Which session.';
comment on column identity.logout.subject is 'Whom it knows.';
comment on column identity.logout.next_at is 'When it is tried (again).';
comment on column identity.logout.tries is 'How often it was tried.';
comment on column identity.logout.sent_at is 'When the system took it.';

create table identity.token_key (
  id        text primary key,
  kind      text        not null check (kind in ('sign', 'encrypt')),
  protected text        not null,
  made_at   timestamptz not null,
  retire_at timestamptz);
comment on table  identity.token_key is 'Keys of tokens: the newest one signs, older ones are published until what they signed has run out.';
comment on column identity.token_key.id is 'kid.';
comment on column identity.token_key.kind is 'sign (ECDSA P-256) or encrypt.';
comment on column identity.token_key.protected is 'The key, protected by the keys of the Host.';
comment on column identity.token_key.made_at is 'When it was made.';
comment on column identity.token_key.retire_at is 'Not published afterwards.';

create unlogged table identity.seen (
  hash bytea primary key,
  at   timestamptz not null);
create index seen_at on identity.seen (at);
comment on table  identity.seen is 'Proofs and assertions that were taken (jti): each is taken once. Lives a few minutes, and need not outlive a crash, which takes longer.';
comment on column identity.seen.hash is 'Hash of key or client and jti.';
comment on column identity.seen.at is 'When.';

grant select, insert, update, delete on identity.openid_application, identity.openid_authorization, identity.openid_scope, identity.openid_token to sogoc_app;
grant select, insert, update on identity.client, identity.subject, identity.consent, identity.signed_in, identity.logout, identity.token_key to sogoc_app;
grant select, insert, delete on identity.seen to sogoc_app;

insert into kernel.setting (name, value) values ('subject-salt', gen_random_uuid()::text || gen_random_uuid()::text) on conflict do nothing;
