-- What other modules may count: agencies that have to be told of an event and have not caught up, by unit, without anybody's name.
create view exchange.report_waiting with (security_invoker = true) as
  select e.area_id, o.partner_kind, e.at, o.due_at from exchange.obligation o join exchange.event e on e.id = o.event_id where o.answer is distinct from 'done';
comment on view   exchange.report_waiting is 'Agencies that have not caught up with an event.';
comment on column exchange.report_waiting.area_id is 'Unit of the event; null: of none.';
comment on column exchange.report_waiting.partner_kind is 'Kind of the agency.';
comment on column exchange.report_waiting.at is 'When it happened here.';
comment on column exchange.report_waiting.due_at is 'End of the term.';
grant select on exchange.report_waiting to sogoc_app;
