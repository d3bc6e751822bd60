alter table quality.rule add column heading_vi text not null default '', add column heading_en text not null default '';
comment on column quality.rule.heading_vi is 'What is wrong, of all records together, where the sentence holds data of one; empty: the sentence serves.';
comment on column quality.rule.heading_en is 'The same in English.';
