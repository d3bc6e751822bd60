alter table quality.match_row drop constraint match_row_decision_check;
alter table quality.match_row add constraint match_row_decision_check check (decision in ('chosen', 'nobody', 'accepted', 'list-wrong', 'register-wrong'));
comment on column quality.match_row.decision is 'chosen: an official has said which; nobody: none of those whom it may be about; accepted: it may differ; list-wrong: the agency mends it; register-wrong: a doubt stands beside the record.';
