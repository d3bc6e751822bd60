create schema population;
comment on schema population is 'The root register of persons (dữ liệu gốc về dân cư): Luật Căn cước 26/2023, article 9, 26 groups of fields.';

create domain population.personal_number as text
  constraint "population.number-malformed" check (value ~ '^[0-9]{12}$');
comment on domain population.personal_number is 'Số định danh cá nhân: 3 digits place of birth registration, 1 century and sex, 2 year, 6 random; no check digit.';

create domain population.partial_precision as smallint
  constraint "population.precision" check (value between 0 and 3);
comment on domain population.partial_precision is '0 asked and unknown, 1 year, 2 month, 3 day; null: never asked.';

create table population.person (
  id               uuid primary key,
  number           population.personal_number constraint "population.number-taken" unique,
  full_name        text not null constraint "population.name-missing" check (full_name <> '' and full_name is nfc normalized),
  surname          text,
  middle           text,
  given            text,
  name_key         text not null,
  other_names      text[],
  born_earliest    date,
  born_latest      date,
  born_precision   population.partial_precision,
  sex              smallint constraint "population.sex-unknown" check (sex between 0 and 2),
  birth_area       integer references places.area(id),
  birth_place      text,
  registered_area  integer references places.area(id),
  registered_place text,
  home_area        integer references places.area(id),
  home_place       text,
  ethnicity        text,
  religion         text,
  nationality      text[],
  blood            text,
  old_ids          text[],
  marital          smallint,
  ended_earliest   date,
  ended_latest     date,
  ended_precision  population.partial_precision,
  phone            text,
  phone_verified   date,
  email            text,
  email_verified   date,
  other            text,
  unknown          text[],
  status           text not null constraint "population.status" check (status in ('living', 'dead', 'missing', 'emigrated', 'denaturalised', 'unverified', 'merged', 'cancelled')),
  merged_into      uuid references population.person(id),
  confidential     smallint not null default 0,
  fingerprint      uuid constraint "population.row-repeated" unique,
  constraint "population.born" check ((born_precision > 0) = (born_earliest is not null) and born_earliest <= born_latest),
  constraint "population.ended" check ((ended_precision > 0) = (ended_earliest is not null) and ended_earliest <= ended_latest),
  constraint "population.died-before-born" check (ended_latest >= born_earliest),
  constraint "population.merged" check ((status = 'merged') = (merged_into is not null) and merged_into <> id));
create index person_name on population.person (name_key, born_earliest);
create index person_born on population.person (born_earliest);
create index person_old_ids on population.person using gin (old_ids) where old_ids is not null;

comment on table  population.person is 'One person, as known now. Never deleted: closed or merged. How it came about stands in the journal.';
comment on column population.person.id is 'Key inside this register; says nothing about the person.';
comment on column population.person.number is 'Group 3: personal number, unique and never given to anybody else.';
comment on column population.person.full_name is 'Group 1: birth name as written on the birth certificate, in Unicode NFC.';
comment on column population.person.surname is 'Group 1: surname; null for people whose names have none (many Chăm).';
comment on column population.person.middle is 'Group 1: middle name.';
comment on column population.person.given is 'Group 1: given name.';
comment on column population.person.name_key is 'Folded name by which it is searched: lower case, no marks.';
comment on column population.person.other_names is 'Group 2: other names.';
comment on column population.person.born_earliest is 'Group 4: first day the birth can have been.';
comment on column population.person.born_latest is 'Group 4: last day the birth can have been.';
comment on column population.person.born_precision is 'Group 4: how much of the birth date is known.';
comment on column population.person.sex is 'Group 5: 1 male, 2 female, 0 asked and unknown.';
comment on column population.person.birth_area is 'Group 6: unit of the place of birth, in the version of its day.';
comment on column population.person.birth_place is 'Group 6: facility, or the place as written.';
comment on column population.person.registered_area is 'Group 7: unit where the birth was registered.';
comment on column population.person.registered_place is 'Group 7: registering agency, or the place as written.';
comment on column population.person.home_area is 'Group 8: hometown (quê quán).';
comment on column population.person.home_place is 'Group 8: hometown as written.';
comment on column population.person.ethnicity is 'Group 9: code of the catalogue of ethnic groups.';
comment on column population.person.religion is 'Group 10: code of the catalogue of religions; sensitive.';
comment on column population.person.nationality is 'Group 11: ISO 3166-1 alpha-2 codes, may be several.';
comment on column population.person.blood is 'Group 12: blood group code.';
comment on column population.person.old_ids is 'Group 13: all nine-digit identity card numbers the person has had.';
comment on column population.person.marital is 'Group 21: marital status, code list of QCVN 109:2017.';
comment on column population.person.ended_earliest is 'Group 24: first day of death or going missing.';
comment on column population.person.ended_latest is 'Group 24: last day of death or going missing.';
comment on column population.person.ended_precision is 'Group 24: how much of that date is known.';
comment on column population.person.phone is 'Group 25: mobile number.';
comment on column population.person.phone_verified is 'Group 25: when the mobile number was last verified.';
comment on column population.person.email is 'Group 25: e-mail address.';
comment on column population.person.email_verified is 'Group 25: when the address was last verified.';
comment on column population.person.other is 'Group 26: other information as the Government provides.';
comment on column population.person.unknown is 'Fields that were asked for and that nobody knows (a field that is only empty was never asked for).';
comment on column population.person.status is 'living, dead, missing, emigrated, denaturalised, unverified, merged, cancelled.';
comment on column population.person.merged_into is 'The record that answers for this one.';
comment on column population.person.confidential is '0 open to those with a duty; 1 shown only to those who may read confidential records.';
comment on column population.person.fingerprint is 'For a person without a number: what the row of a list is recognised by when the list comes again.';

create table population.former_number (
  number    population.personal_number primary key,
  person_id uuid not null references population.person(id),
  reason    text not null);
create index former_number_person on population.former_number (person_id);
comment on table  population.former_number is 'Numbers that were cancelled or re-established (NĐ 70/2024, article 11): they keep answering with the present one and are never given again.';
comment on column population.former_number.number is 'The old number.';
comment on column population.former_number.person_id is 'Whose it was.';
comment on column population.former_number.reason is 'Why it was given up.';

create table population.allotted_number (
  number      population.personal_number primary key,
  person_id   uuid not null references population.person(id),
  allotted_at timestamptz not null);
comment on table  population.allotted_number is 'Numbers this register has given out itself.';
comment on column population.allotted_number.number is 'The number.';
comment on column population.allotted_number.person_id is 'To whom.';
comment on column population.allotted_number.allotted_at is 'When.';

create table population.household (
  id          uuid primary key,
  file_number text constraint "population.file-number-taken" unique,
  area_id     integer references places.area(id),
  detail      text,
  opened_on   date,
  closed_on   date,
  constraint "population.household-period" check (closed_on >= opened_on));
create index household_area on population.household (area_id);
comment on table  population.household is 'People who live in one lawful dwelling under one head (hộ gia đình), Luật Cư trú 68/2020.';
comment on column population.household.id is 'Key.';
comment on column population.household.file_number is 'Group 20: number of the residence file (số hồ sơ cư trú).';
comment on column population.household.area_id is 'Unit of the dwelling, in the version of its day.';
comment on column population.household.detail is 'House, street, hamlet as written.';
comment on column population.household.opened_on is 'Since when; null: not known.';
comment on column population.household.closed_on is 'When it ended.';

create table population.member (
  person_id    uuid not null references population.person(id),
  no           smallint not null,
  household_id uuid not null references population.household(id),
  relation     text not null,
  valid        daterange not null constraint "population.period-empty" check (not isempty(valid)),
  primary key (person_id, no),
  constraint "population.one-household" exclude using gist (person_id with =, valid with &&) where (no > 0));
create index member_household on population.member (household_id);
create unique index "population.household-two-heads" on population.member (household_id) where relation = '01' and upper_inf(valid);
comment on table  population.member is 'Groups 22 and 23: who belonged to which household, as what, and when. One household a person and day, one head a household.';
comment on column population.member.person_id is 'The member.';
comment on column population.member.no is 'Running number within the person; 0 is the first and usual one.';
comment on column population.member.household_id is 'The household.';
comment on column population.member.relation is 'Relation to the head, code list; 01 is the head.';
comment on column population.member.valid is 'When.';

create table population.residence (
  person_id uuid not null references population.person(id),
  no        smallint not null,
  kind      text not null constraint "population.residence-kind" check (kind in ('permanent', 'temporary', 'current', 'absence', 'stay')),
  area_id   integer references places.area(id),
  detail    text,
  valid     daterange not null constraint "population.period-empty" check (not isempty(valid)),
  primary key (person_id, no),
  constraint "population.one-permanent-residence" exclude using gist (person_id with =, valid with &&) where (kind = 'permanent'),
  constraint "population.one-temporary-residence" exclude using gist (person_id with =, valid with &&) where (kind = 'temporary'));
create index residence_area on population.residence (area_id, kind);
comment on table  population.residence is 'Groups 16 to 19: where a person officially lives or stays, and when. One permanent and one temporary residence on a day at most.';
comment on column population.residence.person_id is 'Who.';
comment on column population.residence.no is 'Running number within the person.';
comment on column population.residence.kind is 'permanent (thường trú), temporary (tạm trú), current (nơi ở hiện tại), absence (tạm vắng), stay (lưu trú).';
comment on column population.residence.area_id is 'The unit, in the version of the day it was registered; null where abroad or not told.';
comment on column population.residence.detail is 'The address as written.';
comment on column population.residence.valid is 'Since when and until when.';

create table population.kin (
  person_id   uuid not null references population.person(id),
  no          smallint not null,
  kind        text not null constraint "population.kin-kind" check (kind in ('father', 'mother', 'spouse', 'child', 'guardian', 'ward')),
  kin_id      uuid references population.person(id),
  name        text,
  number      population.personal_number,
  old_id      text,
  nationality text,
  primary key (person_id, no),
  constraint "population.own-parent" check (kin_id <> person_id));
create unique index "population.two-fathers" on population.kin (person_id, kind) where kind in ('father', 'mother');
create index kin_number on population.kin (number) where number is not null;
create index kin_person on population.kin (kin_id) where kin_id is not null;
comment on table  population.kin is 'Group 15: father, mother, spouse, children, representatives. Linked by number; by key where the person has none; by name alone where neither is known.';
comment on column population.kin.person_id is 'Whose kin.';
comment on column population.kin.no is 'Running number within the person.';
comment on column population.kin.kind is 'What the other is to the person.';
comment on column population.kin.kin_id is 'The other''s key, where he has no number.';
comment on column population.kin.name is 'The other''s name as written.';
comment on column population.kin.number is 'The other''s personal number; he need not be in this register.';
comment on column population.kin.old_id is 'The other''s nine-digit number.';
comment on column population.kin.nationality is 'The other''s nationality.';

create table population.id_paper (
  person_id uuid not null references population.person(id),
  no        smallint not null,
  kind      text not null constraint "population.paper-kind" check (kind in ('cmnd', 'cmnd12', 'cccd', 'can-cuoc')),
  number    text,
  issued    text,
  place     text,
  expires   date,
  primary key (person_id, no));
comment on table  population.id_paper is 'Group 14: identity papers, when and where they were issued and how long they are valid.';
comment on column population.id_paper.person_id is 'Whose.';
comment on column population.id_paper.no is 'Running number within the person.';
comment on column population.id_paper.kind is 'cmnd (9 digits), cmnd12, cccd (2016-2024), can-cuoc (since 2024-07-01).';
comment on column population.id_paper.number is 'Its number.';
comment on column population.id_paper.issued is 'Issue date, as much of it as is known (yyyy, yyyy-mm, yyyy-mm-dd, unknown).';
comment on column population.id_paper.place is 'Issuer as printed.';
comment on column population.id_paper.expires is 'Last day of validity; null where it does not end or is not known.';

create table population.doubt (
  person_id uuid not null references population.person(id),
  field     text not null,
  code      text not null,
  note      text,
  primary key (person_id, field, code));
comment on table  population.doubt is 'What is doubtful about a person''s field, and why. Travels with every answer that contains the field.';
comment on column population.doubt.person_id is 'Whose.';
comment on column population.doubt.field is 'Which field.';
comment on column population.doubt.code is 'Which doubt, module.kebab-name.';
comment on column population.doubt.note is 'What raised it.';

create table population.provenance (
  person_id uuid not null references population.person(id),
  field     text not null,
  source    text not null,
  as_of     timestamptz not null,
  primary key (person_id, field));
comment on table  population.provenance is 'In a branch: from which source a value came and how fresh it is. Empty in a root register, whose source is its own journal.';
comment on column population.provenance.person_id is 'Whose.';
comment on column population.provenance.field is 'Which field.';
comment on column population.provenance.source is 'The root register or the service it came from.';
comment on column population.provenance.as_of is 'When the source said so.';

create table population.correction_request (
  id         uuid primary key,
  person_id  uuid not null references population.person(id),
  body       json not null,
  ground     text not null,
  asked_at   timestamptz not null,
  asked_by   text not null,
  state      text not null default 'open' check (state in ('open', 'sent', 'accepted', 'refused')));
create index correction_request_person on population.correction_request (person_id);
comment on table  population.correction_request is 'In a branch: corrections asked of the root register; the branch changes nothing itself.';
comment on column population.correction_request.id is 'Key.';
comment on column population.correction_request.person_id is 'Whose record.';
comment on column population.correction_request.body is 'Fields, the values that stand and the values asked for.';
comment on column population.correction_request.ground is 'On what ground.';
comment on column population.correction_request.asked_at is 'When.';
comment on column population.correction_request.asked_by is 'By whom.';
comment on column population.correction_request.state is 'open, sent, accepted, refused.';

create table population.name (
  key       text primary key,
  syllables text[] not null);
create index name_syllables on population.name using gin (syllables);
comment on table  population.name is 'Distinct folded names with their syllables: names are searched here first, persons afterwards.';
comment on column population.name.key is 'Folded name.';
comment on column population.name.syllables is 'Its syllables, for search in any order.';

create function population.refuse_number_of_another() returns trigger language plpgsql as $$
begin
  if exists (select from population.former_number f where f.number = new.number and f.person_id <> new.id) then
    raise exception 'population.number-closed: a cancelled number is never given to anybody else' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger number_never_again before insert or update of number on population.person
  for each row when (new.number is not null) execute function population.refuse_number_of_another();

-- A circle of parents can only close where a new child already has children of its own, so few rows are walked.
-- The plan is made once a session, perhaps when the tables are still empty: laterals hold it to look-ups by key,
-- and kind || '' keeps it from scanning the whole index of parents for each of them.
create function population.refuse_kin_circle() returns trigger language plpgsql as $$
begin
  if exists (
    with recursive up(start, person_id) as (
      select n.person_id, n.person_id from (select distinct person_id from added where kind in ('father', 'mother')) n
        cross join lateral (select p.id, p.number from population.person p where p.id = n.person_id offset 0) c
        cross join lateral (
          (select 1 from population.kin k where k.number = c.number and k.kind || '' in ('father', 'mother') limit 1)
          union all (select 1 from population.kin k where k.kin_id = c.id and k.kind || '' in ('father', 'mother') limit 1)) child
      union
      select up.start, p.id from up
        cross join lateral (select * from population.kin f where f.person_id = up.person_id and f.kind || '' in ('father', 'mother') offset 0) k
        cross join lateral (
          select q.id from population.person q where q.id = k.kin_id
          union all select q.id from population.person q where q.number = k.number) p)
    cycle person_id set looped using path
    select from up where looped)
  then
    raise exception 'population.kin-circle: nobody is his own ancestor' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger kin_circle after insert on population.kin
  referencing new table as added for each statement execute function population.refuse_kin_circle();

grant usage on schema population to sogoc_app, sogoc_report;
grant select, insert, update, delete on population.member, population.residence, population.kin, population.id_paper, population.doubt, population.provenance to sogoc_app;
grant select, insert, update on population.person, population.household, population.correction_request, population.name to sogoc_app;
grant select, insert on population.former_number, population.allotted_number to sogoc_app;
