-- Work that one official gives to another of his office.
create table quality.handing (
  id       uuid        primary key,
  area_id  integer     references places.area(id),
  hamlet   text,
  given_by text        not null,
  giver    text        not null,
  given_to text        not null,
  taker    text        not null,
  given_at timestamptz not null,
  until_on date        not null,
  note     text        check (length(note) <= 500),
  findings integer     not null check (findings > 0),
  constraint handing_to_another check (given_by <> given_to));
create index handing_given_by on quality.handing (given_by, given_at);
comment on table  quality.handing is 'Work that one official has given to another of his office.';
comment on column quality.handing.id is 'Key; subject of its journal entry.';
comment on column quality.handing.area_id is 'The unit of the findings.';
comment on column quality.handing.hamlet is 'The hamlet, where all of them lie in one.';
comment on column quality.handing.given_by is 'Who has given it, as the journal names officials: what is late goes up to him.';
comment on column quality.handing.giver is 'His name then.';
comment on column quality.handing.given_to is 'Who does it.';
comment on column quality.handing.taker is 'His name then.';
comment on column quality.handing.given_at is 'When.';
comment on column quality.handing.until_on is 'The day until which it is to be done; no term of the law.';
comment on column quality.handing.note is 'What the giver has said with it.';
comment on column quality.handing.findings is 'How many findings were given.';

alter table quality.finding
  add column handing_id   uuid references quality.handing(id),
  add column returned_why text check (length(returned_why) <= 500),
  add column returned_at  timestamptz,
  add constraint returned_is_free check (returned_why is null or (handing_id is not null and holder is null));
create index finding_handing on quality.finding (handing_id) where handing_id is not null;
comment on column quality.finding.handing_id is 'With what it was given to the holder; null: nobody gave it.';
comment on column quality.finding.returned_why is 'Why he gave it back to the giver.';
comment on column quality.finding.returned_at is 'When.';

alter table quality.handing enable row level security;
create policy all_rows on quality.handing using (true);
create policy within_area on quality.handing as restrictive to sogoc_desk
  using (area_id = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[])) with check (true);
grant select, insert on quality.handing to sogoc_app;
