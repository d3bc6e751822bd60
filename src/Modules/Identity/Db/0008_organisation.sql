create table identity.organisation (
  id           uuid primary key,
  name         text        not null,
  kind         text        not null check (kind in ('enterprise', 'cooperative', 'agency', 'other')),
  number       text        not null,
  address      text        not null,
  head_id      uuid        not null references identity.account(id),
  head_name    text        not null,
  asked_at     timestamptz not null,
  due_on       date        not null,
  verifying_at timestamptz,
  answer       text,
  decided_by   text,
  decided_at   timestamptz,
  approved     boolean,
  activated_at timestamptz,
  ended_at     timestamptz,
  end_reason   text check (end_reason in ('head-gone', 'replaced', 'head')),
  constraint "identity.organisation-decision" check ((decided_at is null) = (approved is null) and (decided_at is null) = (decided_by is null) and (activated_at is null or approved)),
  constraint "identity.organisation-end-reason" check ((ended_at is null) = (end_reason is null)));
create unique index "identity.organisation-asked" on identity.organisation (number, head_id) where ended_at is null and approved is not false;
create unique index organisation_standing on identity.organisation (number) where approved and ended_at is null;
create index organisation_head on identity.organisation (head_id);
comment on table  identity.organisation is 'Accounts of organisations (NĐ 69/2024, article 7): one kind, no level, registered by the head through his own account of level 2. A new head registers anew, and with his approval the old one ends.';
comment on column identity.organisation.id is 'Key.';
comment on column identity.organisation.name is 'Its name, as in its paper.';
comment on column identity.organisation.kind is 'enterprise, cooperative, agency, other.';
comment on column identity.organisation.number is 'Enterprise number, or number of the decision that founded it, in capitals without blanks; by it systems know the organisation again under another head.';
comment on column identity.organisation.address is 'Where it sits.';
comment on column identity.organisation.head_id is 'Account of the head.';
comment on column identity.organisation.head_name is 'His name, as the register had it when he asked.';
comment on column identity.organisation.asked_at is 'When he asked.';
comment on column identity.organisation.due_on is 'By when the office decides: three working days, fifteen days where it has to verify.';
comment on column identity.organisation.verifying_at is 'When the office said that it has to verify.';
comment on column identity.organisation.answer is 'What the office has said last.';
comment on column identity.organisation.decided_by is 'Who decided.';
comment on column identity.organisation.decided_at is 'When.';
comment on column identity.organisation.approved is 'Whether it was approved.';
comment on column identity.organisation.activated_at is 'When the head activated it, within seven days after the decision.';
comment on column identity.organisation.ended_at is 'When it was ended.';
comment on column identity.organisation.end_reason is 'head-gone (died, or his account was closed), replaced (by another head), head (he ended it).';

alter table identity.mandate add column organisation_id uuid references identity.organisation(id);
create index mandate_organisation on identity.mandate (organisation_id) where organisation_id is not null;
comment on column identity.mandate.organisation_id is 'The organisation for which its head lets the agent act; null: for the giver himself.';
alter table identity.session add column for_organisation uuid references identity.organisation(id),
  add constraint session_for_one check (acts_for is null or for_organisation is null);
comment on column identity.session.for_organisation is 'For which organisation the citizen acts in this session.';

grant select, insert, update on identity.organisation to sogoc_app;
