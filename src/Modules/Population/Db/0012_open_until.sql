-- A temporary residence has an end that lies ahead and is open until then: who is registered for two years is seen by the commune where he lives meanwhile. The day is the office's, as the
-- transaction names it (sogoc.day). A visit (lưu trú) puts nobody within the reach of the commune he visits.
create or replace function population.within_duty(person uuid, areas integer[]) returns boolean
language plpgsql stable security definer set search_path = pg_catalog set enable_seqscan = off as $$
declare today date := coalesce(nullif(current_setting('sogoc.day', true), '')::date, current_date);
begin
  return exists (
    select from population.residence r
     where r.person_id = person and r.kind <> 'absence' and r.area_id = any(areas)
       and (upper_inf(r.valid) or (r.kind <> 'stay' and upper(r.valid) > today) or not exists (
         select from population.residence o
          where o.person_id = person and o.kind <> 'absence' and (upper_inf(o.valid) or (upper(o.valid), o.no) > (upper(r.valid), r.no)))))
    or exists (
      select from journal.case_person n join journal.case_file c on c.id = n.case_id
       where n.person_id = person and c.holder = current_setting('sogoc.actor', true) and c.closed_at is null and (c.seen_until is null or c.seen_until > now()));
end $$;
comment on function population.within_duty(uuid, integer[]) is 'Whether a person has a residence that is open today, or having none the last one, in one of the areas, or an open case of the actor names him. A notice of absence is no residence.';
