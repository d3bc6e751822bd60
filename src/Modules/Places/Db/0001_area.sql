create schema places;
comment on schema places is 'Administrative units as versions in time, and how their territory passed from one to the next.';

create table places.area (
  id          integer primary key,
  code        text not null,
  level       smallint not null constraint "places.level" check (level between 1 and 3),
  name        text not null,
  full_name   text not null,
  kind        text not null,
  valid       daterange not null,
  parent_id   integer references places.area(id),
  other_names text[] not null default '{}',
  constraint "places.one-version-a-day" exclude using gist (code with =, valid with &&));
comment on table  places.area is 'One version of a province, district or commune: its name, kind and parent during a period. Codes were used again for other territory, so a code means nothing without a day.';
comment on column places.area.id is 'Key of the version.';
comment on column places.area.code is 'Code of the statistical catalogue: 2 digits province, 3 district, 5 commune.';
comment on column places.area.level is '1 province, 2 district (until 2025-06-30), 3 commune.';
comment on column places.area.name is 'Name without its kind.';
comment on column places.area.full_name is 'Name with its kind.';
comment on column places.area.kind is 'xã, phường, thị trấn, đặc khu, huyện, quận, thị xã, thành phố …';
comment on column places.area.valid is 'While it was so.';
comment on column places.area.parent_id is 'The version above it when it began; the district level is optional.';
comment on column places.area.other_names is 'Other spellings and former full names.';

create table places.succession (
  from_id    integer not null references places.area(id),
  to_id      integer not null references places.area(id),
  on_day     date not null,
  kind       text not null,
  share      numeric(7, 6) not null constraint "places.share" check (share > 0 and share <= 1),
  exact      boolean not null,
  is_default boolean not null,
  decree     text not null,
  primary key (from_id, to_id));
comment on table  places.succession is 'To which version the territory of one passed, on which day, by which decree. Several rows for one unit: it was divided.';
comment on column places.succession.from_id is 'The version that ended.';
comment on column places.succession.to_id is 'The version that followed.';
comment on column places.succession.on_day is 'The first day of the new order.';
comment on column places.succession.kind is 'whole, part, type, rename, merge, province.';
comment on column places.succession.share is 'Share of the people that passed.';
comment on column places.succession.exact is 'False where the share is an estimate.';
comment on column places.succession.is_default is 'The successor to propose when nothing finer is known.';
comment on column places.succession.decree is 'The resolution.';

create table places.tile (
  code text primary key,
  lat  numeric(8, 4) not null,
  lon  numeric(8, 4) not null,
  col  smallint not null,
  line smallint not null);
comment on table  places.tile is 'Place of each unit of today in the hexagonal tile map.';
comment on column places.tile.code is 'Code of the unit.';
comment on column places.tile.lat is 'Centre, WGS 84.';
comment on column places.tile.lon is 'Centre, WGS 84.';
comment on column places.tile.col is 'Column of the tile map.';
comment on column places.tile.line is 'Row of the tile map; odd rows are shifted right by half a tile.';

create table places.boundary (
  code     text not null,
  geometry json not null,
  primary key (code));
comment on table  places.boundary is 'Official boundaries, where they were loaded (GeoJSON geometry, WGS 84).';
comment on column places.boundary.code is 'Code of the unit.';
comment on column places.boundary.geometry is 'Polygon or MultiPolygon.';

create table places.edition (
  no integer not null);
insert into places.edition values (0);
comment on table  places.edition is 'One row: counts up with every change, so that running programs read the units anew.';
comment on column places.edition.no is 'The number.';

grant usage on schema places to sogoc_app, sogoc_report;
grant select on all tables in schema places to sogoc_app;
