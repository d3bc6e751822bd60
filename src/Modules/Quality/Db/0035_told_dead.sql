-- Who was told to be dead when a home was visited is looked for every night.
create index finding_told_dead on quality.finding (person_id) where outcome = 'dead' and gone_at is null;
