-- A name that is not in NFC is another fault than a missing one; a null is a missing one, and is named too.
alter table population.person
  drop constraint "population.name-missing",
  alter column full_name drop not null,
  add constraint "population.name-missing" check (coalesce(full_name, '') <> ''),
  add constraint "population.name-not-nfc" check (full_name is nfc normalized);

-- One household a person and day, one head a household and day. An exclusion constraint over all memberships would cost a list of new people five times as much as these
-- look-ups by key, and the one that left out the first membership let others overlap with it. Who acts on a person holds his row, so no two transactions can pass each other here.
alter table population.member drop constraint "population.one-household";
-- The plan is kept for the session and may be made while the table is small: it has to go by key all the same.
create function population.refuse_overlapping_memberships() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  if exists (
    select from added a
      cross join lateral (select from population.member m where m.person_id = a.person_id and m.no <> a.no and m.valid && a.valid offset 0) other)
  then
    raise exception 'population.one-household: a person belongs to one household on a day' using errcode = 'restrict_violation';
  end if;
  if exists (
    select from (select household_id, person_id, no, valid from added where relation = '01' offset 0) a
      cross join lateral (select m.person_id, m.no, m.relation, m.valid from population.member m where m.household_id = a.household_id offset 0) other
     where other.relation = '01' and other.valid && a.valid and (other.person_id, other.no) <> (a.person_id, a.no))
  then
    raise exception 'population.household-two-heads: a household has one head on a day' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger memberships_apart after insert on population.member
  referencing new table as added for each statement execute function population.refuse_overlapping_memberships();

-- A merger leads to a record that stands, so that every old number answers and no circle can close.
create function population.refuse_merger_into_merged() returns trigger language plpgsql as $$
begin
  if exists (select from population.person p where p.id = new.merged_into and p.merged_into is not null) then
    raise exception 'population.merged-into-merged: a record is merged into one that stands' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger merger_stands before insert or update of merged_into on population.person
  for each row when (new.merged_into is not null) execute function population.refuse_merger_into_merged();

-- The other side of number_never_again: nobody gives up a number that another person has.
create function population.refuse_giving_up_anothers() returns trigger language plpgsql as $$
begin
  if exists (select from population.person p where p.number = new.number and p.id <> new.person_id) then
    raise exception 'population.number-taken: the number is that of somebody else' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger given_up_own before insert on population.former_number
  for each row execute function population.refuse_giving_up_anothers();

-- The parts of a person are written anew and never changed in place: the rules above look at what is added.
revoke update on population.member, population.residence, population.kin, population.id_paper, population.doubt from sogoc_app;

-- A founding sets the rules aside that look up row by row; this is what they would have refused, asked of the whole register at once.
create function population.refuse_founded_nonsense() returns void language plpgsql as $$
begin
  if exists (select from population.member m join population.member o on o.person_id = m.person_id and o.no <> m.no and o.valid && m.valid where m.no > 0) then
    raise exception 'population.one-household: a person belongs to one household on a day' using errcode = 'restrict_violation';
  end if;
  if exists (
    select from population.member a join population.member b on b.household_id = a.household_id and b.relation = '01' and b.valid && a.valid and (b.person_id, b.no) > (a.person_id, a.no)
     where a.relation = '01')
  then
    raise exception 'population.household-two-heads: a household has one head on a day' using errcode = 'restrict_violation';
  end if;
  if exists (select from population.former_number f join population.person p on p.number = f.number and p.id <> f.person_id) then
    raise exception 'population.number-closed: a cancelled number is never given to anybody else' using errcode = 'restrict_violation';
  end if;
  if exists (select from population.person a join population.person b on b.id = a.merged_into where b.merged_into is not null) then
    raise exception 'population.merged-into-merged: a record is merged into one that stands' using errcode = 'restrict_violation';
  end if;
end $$;
