create schema services;
comment on schema services is 'One-stop shop (một cửa): procedures as data, files of citizens, their clocks, papers and results.';

create table services.procedure (
  code         text        not null,
  version      integer     not null check (version > 0),
  body         jsonb       not null,
  state        text        not null check (state in ('draft', 'published', 'replaced', 'withdrawn')),
  origin       text        not null check (origin in ('program', 'office')),
  made_at      timestamptz not null,
  made_by      text        not null,
  published_at timestamptz,
  ended_at     timestamptz,
  ground       text        not null default '',
  primary key (code, version),
  constraint published_has_day check ((published_at is null) = (state = 'draft')),
  constraint same_code check (body ->> 'code' = code));
create unique index one_published on services.procedure (code) where state = 'published';
create unique index one_draft on services.procedure (code) where state = 'draft';
comment on table  services.procedure is 'Versions of administrative procedures. What was published is never changed: a running file keeps its version.';
comment on column services.procedure.code is 'Code of the national database of procedures, or an own one of linked procedures.';
comment on column services.procedure.version is '1, 2, 3 …';
comment on column services.procedure.body is 'Names, law, offices, form, papers, steps, term, fees, result, consequence (Procedures/Procedure.cs).';
comment on column services.procedure.state is 'draft; published: new files go by it; replaced: by a later version; withdrawn: no new files.';
comment on column services.procedure.origin is 'program: came with the program (reference/procedures); office: written here.';
comment on column services.procedure.made_at is 'When it was written.';
comment on column services.procedure.made_by is 'Who, as the journal names officials.';
comment on column services.procedure.published_at is 'Since when new files go by it.';
comment on column services.procedure.ended_at is 'Until when they did.';
comment on column services.procedure.ground is 'Decision by which it was published.';

-- A published version stays as it is; only its state goes on.
create function services.keep_published() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' and (new.body, new.code, new.version, new.published_at) is distinct from (old.body, old.code, old.version, old.published_at) then
    raise exception 'A published version of a procedure is never changed.' using errcode = 'check_violation', constraint = 'published_stays';
  end if;
  return new;
end $$;
create trigger keep_published before update on services.procedure for each row execute function services.keep_published();

grant usage on schema services to sogoc_app, sogoc_report;
grant select, insert, update on services.procedure to sogoc_app;
