-- A circle of parents also closes when somebody is given the number by which others name their father or mother; his lines themselves have not changed then.
-- Whom nobody names by it is not walked. The plan goes by key, as that of refuse_kin_circle.
create function population.refuse_kin_circle_by_number() returns trigger language plpgsql as $$
begin
  if exists (select from population.kin k where k.number = new.number and k.kind || '' in ('father', 'mother')) and exists (
    with recursive up(person_id) as (
      select new.id
      union
      select p.id from up
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
revoke execute on function population.refuse_kin_circle_by_number() from public;
create trigger kin_circle_by_number after update of number on population.person
  for each row when (new.number is not null and new.number is distinct from old.number) execute function population.refuse_kin_circle_by_number();
