-- What other modules may read of the register as a whole: rules of quality, measures, the search for duplicates. They see what the reader may see: the second wall holds through them.
create view population.report_person with (security_invoker = true) as
  select id, number, full_name, name_key, surname, given, born_earliest, born_latest, born_precision, sex, birth_area, birth_place, registered_area, registered_place, home_area, home_place,
         ethnicity, religion, nationality, old_ids, marital, ended_earliest, ended_latest, phone, email, unknown, status, merged_into, confidential
    from population.person;
create view population.report_residence with (security_invoker = true) as select person_id, no, kind, area_id, detail, valid from population.residence;
create view population.report_member with (security_invoker = true) as select person_id, no, household_id, relation, valid from population.member;
create view population.report_household with (security_invoker = true) as select id, file_number, area_id, detail, opened_on, closed_on from population.household;
create view population.report_kin with (security_invoker = true) as select person_id, no, kind, kin_id, name, number from population.kin;
create view population.report_paper with (security_invoker = true) as select person_id, no, kind, number, issued, expires from population.id_paper;
create view population.report_doubt with (security_invoker = true) as select person_id, field, code from population.doubt;
create view population.report_former_number with (security_invoker = true) as select number, person_id from population.former_number;

do $$
declare v text;
begin
  foreach v in array array['person', 'residence', 'member', 'household', 'kin', 'paper', 'doubt', 'former_number'] loop
    execute format('grant select on population.report_%s to sogoc_app, sogoc_desk', v);
    execute format('comment on view population.report_%s is %L', v, 'Published for other modules: rows of population.' || case v when 'paper' then 'id_paper' else v end || ', with what a reader may see of them.');
  end loop;
  -- A column says the same as that of the table it comes from.
  execute (select coalesce(string_agg(format('comment on column population.%I.%I is %L', w.relname, a.attname, col_description(t.oid, b.attnum)), '; '), 'select 1')
    from pg_class w join pg_attribute a on a.attrelid = w.oid and a.attnum > 0
    join pg_class t on t.relnamespace = w.relnamespace and t.relname = case w.relname when 'report_paper' then 'id_paper' else substr(w.relname, 8) end
    join pg_attribute b on b.attrelid = t.oid and b.attname = a.attname
   where w.relnamespace = 'population'::regnamespace and w.relkind = 'v' and w.relname like 'report\_%');
end $$;
