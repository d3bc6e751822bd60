create table services.sandbox_payment (
  order_no    text        primary key,
  amount      bigint      not null check (amount > 0),
  file_code   text        not null,
  valid_until timestamptz not null,
  callback    text        not null,
  state       text        not null check (state in ('open', 'paid', 'failed', 'cancelled')),
  transaction text        constraint sandbox_transaction unique,
  made_at     timestamptz not null,
  ended_at    timestamptz,
  refund_id   uuid,
  refunded_at timestamptz,
  repeats     smallint    not null default 0,
  attempts    integer     not null default 0,
  next_at     timestamptz,
  told_at     timestamptz,
  fault       text,
  constraint sandbox_paid check ((state = 'paid') = (transaction is not null)),
  constraint sandbox_ended check ((state = 'open') = (ended_at is null)),
  constraint sandbox_refunded check ((refund_id is null) = (refunded_at is null) and (refund_id is null or state = 'paid')));
create index sandbox_untold on services.sandbox_payment (next_at) where next_at is not null;
create index sandbox_ended on services.sandbox_payment (ended_at);
comment on table  services.sandbox_payment is 'The book of the gateway that is played (no money): what it was asked to take, and what became of it. The platform knows of it only what the gateway tells.';
comment on column services.sandbox_payment.order_no is 'Number of the order.';
comment on column services.sandbox_payment.amount is 'Đồng.';
comment on column services.sandbox_payment.file_code is 'What it is for.';
comment on column services.sandbox_payment.valid_until is 'Until when it takes the money.';
comment on column services.sandbox_payment.callback is 'Where it tells what became of it.';
comment on column services.sandbox_payment.state is 'open, paid, failed (the bank said no), cancelled (by who was to pay).';
comment on column services.sandbox_payment.transaction is 'Its number of what was paid.';
comment on column services.sandbox_payment.made_at is 'When the page was first opened.';
comment on column services.sandbox_payment.ended_at is 'When it was paid, or not.';
comment on column services.sandbox_payment.refund_id is 'The order to give it back.';
comment on column services.sandbox_payment.refunded_at is 'When it was given back.';
comment on column services.sandbox_payment.repeats is 'How often it is told again although it was taken: to try what a platform makes of it.';
comment on column services.sandbox_payment.attempts is 'How often it was told.';
comment on column services.sandbox_payment.next_at is 'When it is told next; null: nothing is to be told, or not any more.';
comment on column services.sandbox_payment.told_at is 'When it was taken.';
comment on column services.sandbox_payment.fault is 'Why the last attempt was not.';
grant select, insert, update on services.sandbox_payment to sogoc_app;
