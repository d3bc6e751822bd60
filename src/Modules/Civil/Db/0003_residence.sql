create table civil.residence_decision (
  id         uuid      primary key,
  area_id    integer   not null references places.area(id),
  office     text      not null,
  kind       text      not null check (kind in ('permanent', 'temporary', 'renewal', 'absence', 'stay', 'remove-permanent', 'remove-temporary', 'split', 'merge', 'head')),
  year       smallint  not null,
  no         integer   not null,
  decided_on date      not null,
  decided_by text      not null,
  case_ref   text      not null,
  asked_by   uuid      not null references population.person(id),
  persons    uuid[]    not null,
  left_areas integer[] not null,
  body       json      not null,
  constraint "civil.decision-repeated" unique (area_id, kind, year, no),
  constraint "civil.case-decided" unique (office, case_ref));
create index residence_decision_persons on civil.residence_decision using gin (persons);
create index residence_decision_left on civil.residence_decision using gin (left_areas);
comment on table  civil.residence_decision is 'A decision of the commune police on residence or household; never changed. Luật Cư trú 68/2020.';
comment on column civil.residence_decision.id is 'Key; the subject of the decision''s journal entry.';
comment on column civil.residence_decision.area_id is 'The commune, in the version of its day.';
comment on column civil.residence_decision.office is 'The office that decided, as it was called then.';
comment on column civil.residence_decision.kind is 'permanent, temporary, renewal, absence, stay, remove-permanent, remove-temporary, split, merge, head.';
comment on column civil.residence_decision.year is 'Calendar year.';
comment on column civil.residence_decision.no is 'Running number of the commune, kind and year, from 1, without a gap.';
comment on column civil.residence_decision.decided_on is 'The day on which it takes effect.';
comment on column civil.residence_decision.decided_by is 'Who decided, as the journal writes him.';
comment on column civil.residence_decision.case_ref is 'The case it ended: one decision each.';
comment on column civil.residence_decision.asked_by is 'Who asked.';
comment on column civil.residence_decision.persons is 'Whose residence or household it changes.';
comment on column civil.residence_decision.left_areas is 'Units in which somebody ceases to reside by it: their police is told.';
comment on column civil.residence_decision.body is 'Ground, persons and what changed, as the journal has it.';

-- The next number, held until the commit: what is rolled back gives its number back, and two who decide at once wait for each other.
create function civil.next_decision(area integer, of_kind text, of_year smallint) returns integer language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'civil.residence_decision', area, of_kind, of_year), 0));
  return (select coalesce(max(d.no), 0) + 1 from civil.residence_decision d where d.area_id = area and d.kind = of_kind and d.year = of_year);
end $$;
create function civil.number_decision() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if new.year <> extract(year from new.decided_on) or new.no is distinct from civil.next_decision(new.area_id, new.kind, new.year) then
    raise exception 'civil.decision-out-of-order: numbers of decisions follow each other' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
-- Another commune's decision is not seen; that there was one today on these people is told all the same, with its number and nothing else.
create function civil.decisions_on(people uuid[], day date) returns table (kind text, no integer, year smallint, office text) language sql stable security definer set search_path = pg_catalog as $$
  select d.kind, d.no, d.year, d.office from civil.residence_decision d where d.persons && people and d.decided_on = day and d.kind not in ('absence', 'stay') order by d.id
$$;
revoke execute on function civil.next_decision(integer, text, smallint), civil.number_decision(), civil.decisions_on(uuid[], date) from public;
create trigger number_decision before insert on civil.residence_decision for each row execute function civil.number_decision();
create trigger decision_append_only before update or delete or truncate on civil.residence_decision for each statement execute function journal.refuse_change();
grant select, insert on civil.residence_decision to sogoc_app;
grant execute on function civil.next_decision(integer, text, smallint), civil.decisions_on(uuid[], date) to sogoc_app;

-- A decision is seen by the commune that made it, and by those from which it took somebody.
alter table civil.residence_decision enable row level security;
create policy all_rows on civil.residence_decision using (true);
create policy within_office on civil.residence_decision as restrictive to sogoc_desk
  using (area_id = any(string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[])
    or left_areas && string_to_array(nullif(current_setting('sogoc.areas', true), ''), ',')::integer[]) with check (true);
