comment on column kernel.job.id is 'Key; also the number of the advisory lock.';
