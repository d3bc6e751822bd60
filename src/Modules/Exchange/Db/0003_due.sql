-- What is due is looked for partner by partner: one who has been away for days, with all that waits for him, does not make the others' next one slow to find.
create index obligation_due on exchange.obligation (partner_id, next_at) where delivered_at is null and dead_at is null;
drop index exchange.obligation_waiting;
