create schema places;
comment on schema places is 'Administrative units as versions in time, and how their territory passed from one to the next.';

create table places.area (
  id          integer   primary key,
  code        text      not null,
  level       smallint  not null,
  name        text      not null check (name <> ''),
  full_name   text      not null check (full_name <> ''),
  kind        text      not null,
  valid       daterange not null constraint "places.valid-not-empty" check (not isempty(valid)),
  parent_id   integer   references places.area(id),
  other_names text[]    not null default '{}',
  constraint "places.code-of-its-level" check (
    (level = 1 and code ~ '^[0-9]{2}$') or (level = 2 and code ~ '^[0-9]{3}$') or (level = 3 and code ~ '^[0-9]{5}$')),
  constraint "places.province-has-no-superior" check ((level = 1) = (parent_id is null)),
  constraint "places.one-version-a-day" exclude using gist (code with =, valid with &&));
create index area_parent on places.area (parent_id);
comment on table  places.area is 'One version of a province, district or commune: its name, kind and superior during a period. Codes live on for other territory, so a code means nothing without a day.';
comment on column places.area.id is 'Key of the version; published: other modules refer to it.';
comment on column places.area.code is 'Code of the statistical catalogue: 2 digits province, 3 district, 5 commune.';
comment on column places.area.level is '1 province, 2 district (until 2025-06-30), 3 commune.';
comment on column places.area.name is 'Name without its kind.';
comment on column places.area.full_name is 'Name with its kind.';
comment on column places.area.kind is 'xã, phường, thị trấn, đặc khu, huyện, quận, thị xã, thành phố thuộc tỉnh, tỉnh …';
comment on column places.area.valid is 'While it was so; open where nothing earlier, or nothing later, is known.';
comment on column places.area.parent_id is 'The version above it; a district, or the province where there is none.';
comment on column places.area.other_names is 'Other spellings found in official sources.';

create table places.succession (
  from_id    integer not null references places.area(id),
  to_id      integer not null references places.area(id),
  on_day     date    not null,
  kind       text    not null check (kind in ('rename', 'type', 'move', 'merge', 'split', 'kept', 'above')),
  share      numeric(7, 6) not null check (share > 0 and share <= 1),
  exact      boolean not null,
  is_default boolean not null,
  decree     text    not null,
  primary key (from_id, to_id),
  check (from_id <> to_id));
create index succession_to on places.succession (to_id);
comment on table  places.succession is 'To which version the territory of one passed. Several rows for one version: it was divided, and whose home lies where is open.';
comment on column places.succession.from_id is 'The version that ended.';
comment on column places.succession.to_id is 'The version that began.';
comment on column places.succession.on_day is 'The first day of the new order.';
comment on column places.succession.kind is 'rename, type, move, merge, split, kept (other territory came to it), above (only the units above it changed).';
comment on column places.succession.share is 'The part of the people of the version that ended.';
comment on column places.succession.exact is 'False: the share is an estimate.';
comment on column places.succession.is_default is 'The part to take where statistics must take one; never for the record of a person.';
comment on column places.succession.decree is 'The decree, or what is known instead.';

create table places.figure (
  area_id integer not null references places.area(id),
  name    text    not null check (name in ('population-2019', 'households-2019', 'population-registered', 'area-km2')),
  value   numeric not null,
  primary key (area_id, name));
comment on table  places.figure is 'Published figures of a unit. Those of the census of 2019 and of the merger dossiers of 2025 count differently and are never mixed.';
comment on column places.figure.area_id is 'The version they were published for.';
comment on column places.figure.name is 'Which figure.';
comment on column places.figure.value is 'Persons, households or square kilometres.';

create table places.tile (
  area_id integer primary key references places.area(id),
  lat     numeric(8, 4) not null,
  lon     numeric(8, 4) not null,
  col     smallint not null,
  row     smallint not null,
  unique (col, row));
comment on table  places.tile is 'The hexagonal tile map of the home province: drawn from the units'' centres, so that neighbours stay near.';
comment on column places.tile.area_id is 'The unit, in the version of 2025-07-01.';
comment on column places.tile.lat is 'Its centre, WGS 84.';
comment on column places.tile.lon is 'Its centre, WGS 84.';
comment on column places.tile.col is 'Column; odd rows are shifted right by half a tile.';
comment on column places.tile.row is 'Row from the north.';

create table places.boundary (
  area_id  integer primary key references places.area(id),
  geometry json not null);
comment on table  places.boundary is 'Official boundaries, where they were loaded: Polygon or MultiPolygon as in GeoJSON, WGS 84. For display only.';
comment on column places.boundary.area_id is 'The version.';
comment on column places.boundary.geometry is 'The geometry.';

create table places.edition (
  single boolean primary key default true check (single),
  no   integer not null);
insert into places.edition (no) values (0);
comment on table  places.edition is 'One row: counts every change of the units, so that running programs read them anew.';
comment on column places.edition.single is 'There is one row.';
comment on column places.edition.no is 'The number.';

-- The application may read. It changes units only through these two functions, which run as the owner and let only whole, well-formed changes pass.
create function places.change(ending integer[], on_day date, beginning json, successions json) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  update places.area set valid = daterange(lower(valid), change.on_day)
  where id = any(ending) and upper_inf(valid) and (lower_inf(valid) or lower(valid) < on_day);
  if (select count(*) from places.area where id = any(ending) and upper(valid) = on_day) <> cardinality(ending) then
    raise exception 'places.changed-meanwhile: a unit of the decree is no longer as it was read' using errcode = 'raise_exception';
  end if;
  insert into places.area (id, code, level, name, full_name, kind, valid, parent_id, other_names)
  select id, code, level, name, "fullName", kind, daterange(on_day, null), parent, coalesce("otherNames", '{}')
  from json_to_recordset(beginning) as n(id integer, code text, level smallint, name text, "fullName" text, kind text, parent integer, "otherNames" text[]);
  insert into places.succession (from_id, to_id, on_day, kind, share, exact, is_default, decree)
  select "from", "to", change.on_day, kind, share, exact, "default", decree
  from json_to_recordset(successions) as s("from" integer, "to" integer, kind text, share numeric, exact boolean, "default" boolean, decree text);
  if exists (select from unnest(ending) as e(id) where not exists (select from places.succession s where s.from_id = e.id and s.on_day = change.on_day)) then
    raise exception 'places.without-successor: territory may not be lost' using errcode = 'raise_exception';
  end if;
  if exists (select from places.area a join places.area above on above.id = a.parent_id where upper_inf(a.valid) and not upper_inf(above.valid)) then
    raise exception 'places.without-superior: a unit in force lies under one that is not' using errcode = 'raise_exception';
  end if;
  update places.edition set no = no + 1;
end $$;

create function places.draw(areas integer[], geometries json[]) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into places.boundary (area_id, geometry) select * from unnest(areas, geometries)
  on conflict (area_id) do update set geometry = excluded.geometry
$$;

revoke execute on function places.change(integer[], date, json, json), places.draw(integer[], json[]) from public;
grant usage on schema places to sogoc_app, sogoc_report;
grant select on all tables in schema places to sogoc_app, sogoc_report;
grant execute on function places.change(integer[], date, json, json), places.draw(integer[], json[]) to sogoc_app;
