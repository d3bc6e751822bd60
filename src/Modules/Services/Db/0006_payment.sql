create table services.fee (
  file_id      uuid        not null references services.file(id),
  name         text        not null check (name in ('procedure', 'stated')),
  shown        bigint      not null check (shown >= 0),
  amount       bigint      not null check (amount >= 0),
  holds_until  timestamptz,
  what         text        not null,
  law          text        not null,
  before       text        not null check (before in ('receiving', 'deciding', 'returning')),
  waiver       text,
  waiver_law   text,
  waiver_seen  text,
  waived_by    text,
  waived_at    timestamptz,
  primary key (file_id, name),
  constraint waiver_is_whole check ((waiver is null) = (waived_at is null) and (waiver is null) = (waiver_law is null)),
  constraint stated_holds check (name <> 'stated' or holds_until is null));
comment on table  services.fee is 'What is to be paid for a file. There is no row where nothing is asked; one that was waived stays, with why.';
comment on column services.fee.file_id is 'Of the file.';
comment on column services.fee.name is 'procedure: fee of the procedure; stated: an amount that the office has told for this file.';
comment on column services.fee.shown is 'Đồng, as the form showed it when the file was handed in, before any waiver.';
comment on column services.fee.amount is 'Đồng, as it is asked.';
comment on column services.fee.holds_until is 'Until when the amount holds, whatever the law has meanwhile; null: it holds.';
comment on column services.fee.what is 'What it is for, as the receipt says it.';
comment on column services.fee.law is 'The law it is asked by.';
comment on column services.fee.before is 'What waits for it: receiving, deciding, or returning (the result is handed over).';
comment on column services.fee.waiver is 'Why less or nothing is asked (Payment/Waivers.cs).';
comment on column services.fee.waiver_law is 'The law of the waiver.';
comment on column services.fee.waiver_seen is 'What was seen of it; null: the register knows it.';
comment on column services.fee.waived_by is 'By whom, as the journal names officials; null: by the register.';
comment on column services.fee.waived_at is 'When.';

create table services.payment_order (
  id          uuid        primary key,
  no          text        not null constraint order_no unique,
  file_id     uuid        not null,
  fee         text        not null,
  amount      bigint      not null check (amount > 0),
  way         text        not null check (way in ('gateway', 'cash')),
  state       text        not null check (state in ('waiting', 'paid', 'failed', 'expired', 'refunded')),
  made_at     timestamptz not null,
  made_by     text        not null,
  valid_until timestamptz not null,
  ended_at    timestamptz,
  paid_at     timestamptz,
  transaction text        constraint order_transaction unique,
  surplus     boolean     not null default false,
  office      text,
  receipt_no  text        constraint receipt_no unique,
  taken_by    text,
  taken_name  text,
  foreign key (file_id, fee) references services.fee (file_id, name),
  constraint waiting_has_no_end check ((state = 'waiting') = (ended_at is null)),
  constraint paid_is_whole check ((state in ('paid', 'refunded')) = (paid_at is not null) and (paid_at is null) = (receipt_no is null) and (paid_at is null) = (office is null)),
  constraint by_gateway_or_hand check (paid_at is null or (way = 'gateway') = (transaction is not null)),
  constraint cash_has_taker check (way <> 'cash' or (taken_by is not null and taken_name is not null)),
  constraint surplus_was_paid check (not surplus or paid_at is not null));
create unique index "services.one-order" on services.payment_order (file_id, fee) where state = 'waiting';
create unique index "services.paid-already" on services.payment_order (file_id, fee) where state = 'paid' and not surplus;
create index order_waiting on services.payment_order (valid_until) where state = 'waiting';
create index order_paid on services.payment_order (paid_at) where paid_at is not null;
create index order_taken on services.payment_order (taken_by, paid_at) where taken_by is not null;
comment on table  services.payment_order is 'A payment of a fee: asked of the gateway, or taken at a counter.';
comment on column services.payment_order.id is 'Key; subject of the entries about what the gateway sends.';
comment on column services.payment_order.no is 'As gateway and people call it: code of the file, and which of its payments.';
comment on column services.payment_order.file_id is 'Of the file.';
comment on column services.payment_order.fee is 'Which fee of it.';
comment on column services.payment_order.amount is 'Đồng.';
comment on column services.payment_order.way is 'gateway, or cash.';
comment on column services.payment_order.state is 'waiting; paid; failed: the gateway said so, or the citizen gave it up; expired: nobody has paid in time, or another has taken its place; refunded.';
comment on column services.payment_order.made_at is 'When it was made.';
comment on column services.payment_order.made_by is 'By whom, as the journal names him.';
comment on column services.payment_order.valid_until is 'Until when it can be paid.';
comment on column services.payment_order.ended_at is 'When it last ceased to wait, or changed since.';
comment on column services.payment_order.paid_at is 'When the money was given, by the clock of who took it.';
comment on column services.payment_order.transaction is 'Number of the gateway.';
comment on column services.payment_order.surplus is 'The fee had been paid by another order, or was another by then: the money is to be given back.';
comment on column services.payment_order.office is 'Whose receipt it is.';
comment on column services.payment_order.receipt_no is 'Number of the receipt.';
comment on column services.payment_order.taken_by is 'Who has taken cash, as the journal names officials.';
comment on column services.payment_order.taken_name is 'His name, as it stands on the receipt.';

create table services.receipt_book (
  office  text    not null,
  year    smallint not null,
  letters integer generated always as identity,
  last_no integer not null,
  primary key (office, year));
comment on table  services.receipt_book is 'Running numbers of receipts, for each office and year. Who writes one holds the row until he commits, so that no number is missing.';
comment on column services.receipt_book.office is 'Name of the office.';
comment on column services.receipt_book.year is 'Calendar year.';
comment on column services.receipt_book.letters is 'Number of the book, by which receipts of offices differ.';
comment on column services.receipt_book.last_no is 'The last number given.';

create table services.refund (
  id         uuid        primary key,
  order_id   uuid        not null references services.payment_order(id),
  amount     bigint      not null check (amount > 0),
  why        text        not null check (length(why) >= 10),
  state      text        not null check (state in ('ordered', 'done', 'failed')),
  ordered_at timestamptz not null,
  ordered_by text        not null,
  ended_at   timestamptz,
  reference  text,
  attempts   integer     not null default 0,
  next_at    timestamptz not null,
  fault      text,
  constraint refund_ends check ((state = 'ordered') = (ended_at is null)));
create unique index "services.refunded-already" on services.refund (order_id) where state <> 'failed';
create index refund_due on services.refund (next_at) where state = 'ordered';
comment on table  services.refund is 'Money that is given back: ordered by an official, carried out by the gateway, or at the counter.';
comment on column services.refund.id is 'Key; under it the gateway is asked, however often: it pays once.';
comment on column services.refund.order_id is 'The payment that is given back, whole.';
comment on column services.refund.amount is 'Đồng.';
comment on column services.refund.why is 'Why.';
comment on column services.refund.state is 'ordered, done, failed.';
comment on column services.refund.ordered_at is 'When it was ordered.';
comment on column services.refund.ordered_by is 'By whom, as the journal names officials.';
comment on column services.refund.ended_at is 'When it was done, or has failed.';
comment on column services.refund.reference is 'Number of the gateway.';
comment on column services.refund.attempts is 'How often the gateway was asked.';
comment on column services.refund.next_at is 'When it is asked next.';
comment on column services.refund.fault is 'How the last attempt failed.';

create table services.statement (
  day        date        primary key,
  body       text        not null,
  fetched_at timestamptz not null,
  fetched_by text        not null);
comment on table  services.statement is 'What the gateway says it has taken and given back on a day; its signature was good.';
comment on column services.statement.day is 'The day, in the time of the offices.';
comment on column services.statement.body is 'The list as it came, CSV.';
comment on column services.statement.fetched_at is 'When it was last fetched.';
comment on column services.statement.fetched_by is 'By whom, as the journal names officials.';

create table services.payment_key (
  id      text        primary key,
  secret  text        not null,
  made_at timestamptz not null);
comment on table  services.payment_key is 'Keys that this house shares with the gateway (HMAC-SHA-256).';
comment on column services.payment_key.id is 'By which a signature names its key.';
comment on column services.payment_key.secret is 'The key, protected.';
comment on column services.payment_key.made_at is 'When it was made; it signs for 90 days, and is believed a week longer.';

-- An order stays what it was made as, and goes only where money can go.
create function services.check_order() returns trigger language plpgsql as $$
begin
  if (new.no, new.file_id, new.fee, new.amount, new.way, new.made_at) is distinct from (old.no, old.file_id, old.fee, old.amount, old.way, old.made_at)
     or (old.paid_at is not null and (new.paid_at, new.transaction, new.receipt_no, new.surplus) is distinct from (old.paid_at, old.transaction, old.receipt_no, old.surplus)) then
    raise exception 'What an order was made as, and what was paid, is never changed.' using errcode = 'check_violation', constraint = 'order_stays';
  end if;
  if new.state <> old.state and not (new.state = any(case old.state when 'waiting' then array['paid', 'failed', 'expired'] when 'failed' then array['paid'] when 'expired' then array['paid'] when 'paid' then array['refunded'] else array[]::text[] end)) then
    raise exception 'An order does not go from % to %.', old.state, new.state using errcode = 'check_violation', constraint = 'services.paid-already';
  end if;
  return new;
end $$;
create trigger check_order before update on services.payment_order for each row execute function services.check_order();

-- Who sees a file sees what is paid for it.
alter table services.fee enable row level security;
create policy all_rows on services.fee using (true);
create policy of_file on services.fee as restrictive to sogoc_desk using (exists (select from services.file f where f.id = file_id)) with check (true);
alter table services.payment_order enable row level security;
create policy all_rows on services.payment_order using (true);
create policy of_file on services.payment_order as restrictive to sogoc_desk using (exists (select from services.file f where f.id = file_id)) with check (true);
alter table services.refund enable row level security;
create policy all_rows on services.refund using (true);
create policy of_order on services.refund as restrictive to sogoc_desk using (exists (select from services.payment_order o where o.id = order_id)) with check (true);

grant select, insert, update on services.fee, services.payment_order, services.receipt_book, services.refund, services.statement to sogoc_app;
grant select, insert on services.payment_key to sogoc_app;
