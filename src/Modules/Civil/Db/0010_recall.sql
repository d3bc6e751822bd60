alter table civil.filing_part add column recalled_at timestamptz;
comment on column civil.filing_part.recalled_at is 'Since when what a partner does or has done in it is to be taken back, because the act was.';
grant update (recalled_at) on civil.filing_part to sogoc_app;
