alter table exchange.rule add only_where text not null default '' check (only_where = '' or only_where ~ '^[A-Za-z.]+=[a-z0-9|-]+$');
comment on column exchange.rule.only_where is 'A path in the entry and the words that may stand there (act=permanent|temporary), where not all entries of the kind concern the partner; empty: all do.';
