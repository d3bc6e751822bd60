-- The second wall: an official whose duty is an area works as sogoc_desk and sees the rows of persons who live there, or last lived there, whatever a statement asks.
-- The areas (all versions of all units of the duty) and the actor are settings of the transaction; where they are missing, nobody is seen.
create function population.duty_areas() returns integer[] language sql stable parallel safe
  return string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[];
comment on function population.duty_areas() is 'The areas of the actor''s duty, as the transaction names them; null when it names none.';

-- The one place that says who is within a duty. Its plan is kept for the session and may be made while the table is small: it has to go by key all the same.
create function population.within_duty(person uuid, areas integer[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog set enable_seqscan = off as $$
begin
  return exists (
    select from population.residence r
     where r.person_id = person and r.kind <> 'absence' and r.area_id = any(areas)
       and (upper_inf(r.valid) or not exists (
         select from population.residence o
          where o.person_id = person and o.kind <> 'absence' and (upper_inf(o.valid) or (upper(o.valid), o.no) > (upper(r.valid), r.no)))));
end $$;
comment on function population.within_duty(uuid, integer[]) is 'Whether a person has an open residence, or having none the last one, in one of the areas. A notice of absence is no residence.';

-- Of somebody who is not seen these tell that the register has him, and nothing else: that a person lives elsewhere is said plainly, where he lives is not.
create function population.known_numbers(numbers text[]) returns setof text language sql stable security definer set search_path = pg_catalog as $$
  select n from unnest(numbers) n
   where exists (select from population.person p where p.number = n) or exists (select from population.former_number f where f.number = n)
      or (length(n) = 9 and exists (select from population.person p where p.old_ids @> array[n]))
$$;
create function population.known_person(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from population.person p where p.id = person)
$$;
create function population.known_households(files text[], ids uuid[]) returns setof text language sql stable security definer set search_path = pg_catalog as $$
  select f from unnest(files) f where exists (select from population.household h where h.file_number = f)
  union all select i::text from unnest(ids) i where exists (select from population.household h where h.id = i)
$$;
-- The index over old numbers serves nobody behind the wall, because its operator could leak; the keys it gives are looked at through the wall.
create function population.bearers_of_old_id(old_id text) returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select p.id from population.person p where p.old_ids @> array[old_id]
$$;

revoke execute on function population.within_duty(uuid, integer[]), population.known_numbers(text[]), population.known_person(uuid), population.known_households(text[], uuid[]),
  population.bearers_of_old_id(text) from public;
grant execute on function population.within_duty(uuid, integer[]), population.known_numbers(text[]), population.known_person(uuid), population.known_households(text[], uuid[]),
  population.bearers_of_old_id(text) to sogoc_app;

do $$
declare t record;
begin
  for t in select * from (values ('population.person', 'id'), ('population.residence', 'person_id'), ('population.member', 'person_id'), ('population.kin', 'person_id'),
    ('population.id_paper', 'person_id'), ('population.doubt', 'person_id'), ('population.former_number', 'person_id'), ('population.allotted_number', 'person_id'),
    ('population.provenance', 'person_id'), ('population.correction_request', 'person_id'), ('journal.disclosure', 'subject')) as t(name, person)
  loop
    execute format('alter table %s enable row level security', t.name);
    execute format('create policy all_rows on %s using (true)', t.name);
    execute format('create policy within_duty on %s as restrictive to sogoc_desk using (population.within_duty(%I, (select population.duty_areas()))) with check (true)', t.name, t.person);
  end loop;
end $$;

-- A household is seen where its dwelling lies within the duty, or one of its people does.
alter table population.household enable row level security;
create policy all_rows on population.household using (true);
create policy within_duty on population.household as restrictive to sogoc_desk
  using (area_id = any((select population.duty_areas())::integer[]) or exists (select from population.member m where m.household_id = household.id)) with check (true);

-- The journal tells the whole life of a person; of what is no person it tells everybody who may read it.
alter table journal.entry enable row level security;
create policy all_rows on journal.entry using (true);
create policy within_duty on journal.entry as restrictive to sogoc_desk
  using (kind not like 'population.%' or kind = 'population.household-recorded' or population.within_duty(subject, (select population.duty_areas()))) with check (true);
