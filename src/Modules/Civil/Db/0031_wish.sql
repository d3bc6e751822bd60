alter table civil.filing add column live_with text check (live_with in ('mother', 'father'));
comment on column civil.filing.live_with is 'With whom the child is to reside, where its parents have said so: mother or father; null: they live together, or said nothing.';
