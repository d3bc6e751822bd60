-- Whom an open case of an official names is within his reach too, wherever he lives: a clerk serves who stands before him. The case, and that it names him, stand in the journal.
create or replace function population.within_duty(person uuid, areas integer[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog set enable_seqscan = off as $$
begin
  return exists (
    select from population.residence r
     where r.person_id = person and r.kind <> 'absence' and r.area_id = any(areas)
       and (upper_inf(r.valid) or not exists (
         select from population.residence o
          where o.person_id = person and o.kind <> 'absence' and (upper_inf(o.valid) or (upper(o.valid), o.no) > (upper(r.valid), r.no)))))
    or exists (
      select from journal.case_person n join journal.case_file c on c.id = n.case_id
       where n.person_id = person and c.holder = current_setting('sogoc.actor', true) and c.closed_at is null and (c.seen_until is null or c.seen_until > now()));
end $$;
comment on function population.within_duty(uuid, integer[]) is 'Whether a person has an open residence, or having none the last one, in one of the areas, or an open case of the actor names him. A notice of absence is no residence.';
