-- Another telephone on an account, at the counter: it counts once a second officer has seen the person too, or after a time in which the old telephone and e-mail could stop it.
create table identity.recovery (
  id         uuid primary key,
  account_id uuid        not null references identity.account(id),
  person_id  uuid        not null references population.person(id),
  aim        text        not null check (aim in ('raise', 'recover')),
  phone      text        not null,
  evidence   text[]      not null,
  card       text        not null,
  code_hash  bytea       not null,
  stop_hash  bytea       unique,
  asked_by   text        not null,
  asked_name text        not null,
  office     text        not null,
  asked_at   timestamptz not null,
  due_at     timestamptz,
  decided_by text,
  decided_at timestamptz,
  outcome    text check (outcome in ('approved', 'refused', 'waited', 'stopped')),
  constraint "identity.recovery-second-person" check (outcome <> 'approved' or decided_by <> asked_by),
  constraint "identity.recovery-decision" check ((decided_at is null) = (outcome is null) and (decided_at is null) = (decided_by is null)));
create unique index "identity.recovery-waits" on identity.recovery (account_id) where decided_at is null;
create index recovery_due on identity.recovery (due_at) where decided_at is null;
comment on table  identity.recovery is 'Another telephone for an account, wanted at the counter, and what became of it.';
comment on column identity.recovery.id is 'Key.';
comment on column identity.recovery.account_id is 'The account.';
comment on column identity.recovery.person_id is 'Who stood there.';
comment on column identity.recovery.aim is 'raise (to level 2) or recover (new factors).';
comment on column identity.recovery.phone is 'The other telephone.';
comment on column identity.recovery.evidence is 'What the first officer has compared.';
comment on column identity.recovery.card is 'Number of the card that was shown.';
comment on column identity.recovery.code_hash is 'Keyed hash of the activation code that was handed over; it opens nothing before the telephone counts.';
comment on column identity.recovery.stop_hash is 'SHA-256 of the code by which old telephone and e-mail stop it; null: nobody could be told.';
comment on column identity.recovery.asked_by is 'The first officer.';
comment on column identity.recovery.asked_name is 'His name and office, as they were then.';
comment on column identity.recovery.office is 'In which office.';
comment on column identity.recovery.asked_at is 'When.';
comment on column identity.recovery.due_at is 'It counts by itself then; null: only a second officer lets it.';
comment on column identity.recovery.decided_by is 'The second officer, the holder, or the register when the time was over.';
comment on column identity.recovery.decided_at is 'When.';
comment on column identity.recovery.outcome is 'approved (by a second officer), waited (nobody stopped it), refused (by an officer), stopped (by the holder).';
grant select, insert on identity.recovery to sogoc_app;
grant update (decided_by, decided_at, outcome) on identity.recovery to sogoc_app;
