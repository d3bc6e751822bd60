-- A system that signs citizens in is approved by a second official too; only a sandbox works at once. Whoever approves sees who proposed.
alter table identity.client
  add column made_name  text not null default '',
  add column decided_by text,
  add column decided_at timestamptz,
  add column approved   boolean,
  add constraint "identity.client-second-person" check (decided_by <> made_by),
  add constraint "identity.client-decision" check ((decided_at is null) = (approved is null) and (decided_at is null) = (decided_by is null));
-- What signs citizens in already goes on doing so.
update identity.client set decided_by = 'system:before-approval', decided_at = made_at, approved = true where not sandbox;
alter table identity.client add column signs_in boolean not null generated always as (ended_at is null and (sandbox or approved is true)) stored;
alter table identity.reading add column asked_name text not null default '';
comment on column identity.client.made_name is 'Name and office of who registered it, as they were then.';
comment on column identity.client.decided_by is 'The second official, who approved or refused it; a sandbox needs none.';
comment on column identity.client.decided_at is 'When.';
comment on column identity.client.approved is 'Whether it may sign citizens in.';
comment on column identity.client.signs_in is 'It signs citizens in: a sandbox, or one that was approved, until it is ended.';
comment on column identity.reading.asked_name is 'Name and office of who proposed it, as they were then.';
