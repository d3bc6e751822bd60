-- Agencies have a life, roles a name, posts a key, and officials can be absent.
alter table staff.agency
  add column valid     daterange not null default daterange(null, null) constraint "staff.agency-empty" check (not isempty(valid)),
  add column successor text references staff.agency(code) constraint "staff.own-successor" check (successor <> code);
comment on column staff.agency.valid is 'While it is there; open where nothing is known.';
comment on column staff.agency.successor is 'The agency that took its work over: its officials act for that one from then on.';

create table staff.role (
  role    text primary key constraint "staff.role-malformed" check (role ~ '^[a-z][a-z0-9-]{1,39}$'),
  name    text not null constraint "staff.role-name-missing" check (name <> ''),
  name_en text not null);
comment on table  staff.role is 'Roles by which officials may do things.';
comment on column staff.role.role is 'Short code, never changed.';
comment on column staff.role.name is 'Its Vietnamese name.';
comment on column staff.role.name_en is 'Its English name; empty: the Vietnamese one.';
insert into staff.role (role, name, name_en) select distinct role, role, '' from staff.role_permission union select 'staff-admin', 'Quản trị cán bộ', 'Staff administrator';
insert into staff.role (role, name, name_en) select distinct role, role, '' from staff.post on conflict do nothing;

alter table staff.role_permission
  add column only_to_grant boolean not null default false,
  add foreign key (role) references staff.role(role);
comment on column staff.role_permission.only_to_grant is 'Who has the role may give this permission to others, and not use it himself.';
insert into staff.role_permission (role, permission) values ('staff-admin', 'staff.manage-staff'), ('staff-admin', 'staff.read-staff');

alter table staff.official add column must_change boolean not null default false;
comment on column staff.official.must_change is 'The password is one that somebody else has seen: the next sign-in leads to a new one and nowhere else.';

alter table staff.post
  add column id uuid not null default gen_random_uuid() primary key,
  add foreign key (role) references staff.role(role),
  add constraint "staff.post-twice" exclude using gist (official_id with =, role with =, coalesce(area_id, 0) with =, valid with &&);
comment on column staff.post.id is 'Key.';
comment on column staff.post.valid is 'When; empty: it was taken back before it began.';

create table staff.absence (
  id          uuid primary key,
  official_id uuid not null references staff.official(id),
  stand_in_id uuid references staff.official(id),
  valid       daterange not null,
  constraint "staff.own-stand-in" check (stand_in_id <> official_id),
  constraint "staff.absent-twice" exclude using gist (official_id with =, valid with &&));
create index absence_stand_in on staff.absence (stand_in_id);
comment on table  staff.absence is 'When an official is away, and who stands in: that one may act at the other''s posts meanwhile, and the other may not.';
comment on column staff.absence.id is 'Key.';
comment on column staff.absence.official_id is 'Who is away.';
comment on column staff.absence.stand_in_id is 'Who stands in; null: nobody, and the posts stay with their holder.';
comment on column staff.absence.valid is 'When; empty: it was taken back before it began.';

alter table staff.session
  add column id         uuid not null default gen_random_uuid() constraint session_id unique,
  add column device     text not null default '',
  add column acting_for uuid references staff.official(id);
comment on column staff.session.id is 'By which it is ended; says nothing of the secret.';
comment on column staff.session.device is 'What the browser said it is.';
comment on column staff.session.acting_for is 'The absent official at whose posts the session acts; null: at one''s own.';

grant select, insert, update on staff.agency, staff.role, staff.official, staff.post, staff.absence to sogoc_app;
grant insert, update, delete on staff.role_permission to sogoc_app;
