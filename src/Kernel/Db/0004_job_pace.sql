alter table kernel.job
  add begun_at   timestamptz,
  add begun_done bigint not null default 0;
comment on column kernel.job.begun_at is 'When the present worker began; after a crash that is not when the work began.';
comment on column kernel.job.begun_done is 'How much was done then: rate and time left follow from what this worker has done since.';
comment on column kernel.job.fault is 'Why it failed; while it waits, the code of what keeps it from going on.';
