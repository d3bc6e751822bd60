create table kernel.rate (
  key     text primary key,
  tokens  double precision not null,
  at      timestamptz      not null,
  passed  boolean          not null);
create index rate_at on kernel.rate (at);
comment on table  kernel.rate is 'How much each account, client or address may still ask (token bucket). In the database, so that a restart forgives nothing and all Hosts count together.';
comment on column kernel.rate.key is 'Hash of what is counted.';
comment on column kernel.rate.tokens is 'What is left.';
comment on column kernel.rate.at is 'When that was so; it fills up with time.';
comment on column kernel.rate.passed is 'Whether the last one was let through.';
grant select, insert, update, delete on kernel.rate to sogoc_app;
