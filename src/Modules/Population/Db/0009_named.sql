-- A citizen reaches his own record and those of whom he acts for, and an agency's system that of the citizen who agreed: the transaction names these persons (sogoc.persons).
create function population.named_persons() returns uuid[] language sql stable parallel safe
  return string_to_array(nullif(current_setting('sogoc.persons', true), ''), ',')::uuid[];
comment on function population.named_persons() is 'The persons whom the transaction names; null when it names none.';

do $$
declare t record;
begin
  for t in select * from (values ('population.person', 'id'), ('population.residence', 'person_id'), ('population.member', 'person_id'), ('population.kin', 'person_id'),
    ('population.id_paper', 'person_id'), ('population.doubt', 'person_id'), ('population.former_number', 'person_id'), ('population.allotted_number', 'person_id'),
    ('population.provenance', 'person_id'), ('population.correction_request', 'person_id'), ('journal.disclosure', 'subject')) as t(name, person)
  loop
    execute format('alter policy within_duty on %s using (%I = any((select population.named_persons())::uuid[]) or population.within_duty(%I, (select population.duty_areas())))', t.name, t.person, t.person);
  end loop;
end $$;

alter policy within_duty on journal.entry using ((kind not like 'population.%' and kind not like 'identity.%') or kind = 'population.household-recorded'
  or subject = any((select population.named_persons())::uuid[]) or population.within_duty(subject, (select population.duty_areas())));
