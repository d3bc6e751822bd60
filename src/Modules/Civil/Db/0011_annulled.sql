-- A paper of an entry that was annulled is void with it.
alter table civil.paper drop constraint paper_ended_reason_check;
alter table civil.paper add constraint paper_ended_reason_check check (ended_reason in ('misprint', 'lost', 'wrong', 'unlawful', 'annulled'));
comment on column civil.paper.ended_reason is 'Of a void one: misprint, lost, wrong, unlawful; annulled: its entry was.';
