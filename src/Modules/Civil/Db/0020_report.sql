-- What other modules may count of the linked filings: parts that wait, by unit, without anybody's name.
create view civil.report_waiting with (security_invoker = true) as
  select f.area_id, p.step, p.holder, f.made_at, p.due_at from civil.filing_part p join civil.filing f on f.id = p.filing_id where p.state = 'open';
comment on view   civil.report_waiting is 'Parts of linked filings that wait.';
comment on column civil.report_waiting.area_id is 'Unit of the filing.';
comment on column civil.report_waiting.step is 'Which part.';
comment on column civil.report_waiting.holder is 'Who does it: registrar, police or partner.';
comment on column civil.report_waiting.made_at is 'When the filing was made.';
comment on column civil.report_waiting.due_at is 'End of the term.';
grant select on civil.report_waiting to sogoc_app;
