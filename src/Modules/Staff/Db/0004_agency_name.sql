-- An official whose agency has gone over into another is called by the other's name from that day on.
create function staff.agency_name(agency text, day date) returns text language sql stable return (
  select case when g.valid @> day then g.name else coalesce(n.name, g.name) end from staff.agency g left join staff.agency n on n.code = g.successor where g.code = agency);
comment on function staff.agency_name is 'Name of an agency on a day, or of the one it has gone over into.';
grant execute on function staff.agency_name to sogoc_app, sogoc_desk;
