using System.Runtime.Versioning;
using SoGoc.Kernel.Data;
using SoGoc.Testing;
using Platform = SoGoc.Host.Platform;

namespace SoGoc.Architecture.Tests;

/// <summary>The database as the migrations leave it.</summary>
[SupportedOSPlatform("linux")]
[Collection(nameof(Migrated))]
public sealed class DatabaseTests(Town town)
{
    private static readonly string[] Schemas = [.. SqlTests.Kernel, .. Platform.Modules.Select(m => m.Name)];

    [Fact]
    public async Task Every_table_and_every_column_has_a_comment()
    {
        var silent = await town.Rows("""
            select c.oid::regclass || coalesce('.' || a.attname, '')
              from pg_class c join pg_namespace n on n.oid = c.relnamespace
              left join lateral (select null::name as attname, 0 as attnum union all
                select attname, attnum from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) a on true
             where n.nspname = any($1) and c.relkind in ('r', 'p', 'v', 'm')
               and coalesce(case when a.attnum = 0 then obj_description(c.oid, 'pg_class') else col_description(c.oid, a.attnum) end, '') = ''
            union all select nspname from pg_namespace where nspname = any($1) and coalesce(obj_description(oid, 'pg_namespace'), '') = ''
            """, r => r.GetString(0), (object)Schemas);
        Wall.Stands("Nothing says what it holds: comment on it, in a new file of its module's Db.", silent);
    }

    [Fact]
    public async Task No_table_lies_outside_of_the_schemas_of_the_house() =>
        Wall.Stands("A table in a schema of nobody.", await town.Rows("""
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p', 'v', 'm') and n.nspname <> all($1) and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
            """, r => r.GetString(0), (object)Schemas));

    /// <summary>Of work in hand: it begins and ends, and that it did stands in the journal.</summary>
    private static readonly string[] InHand = ["journal.case_file", "journal.case_current", "journal.emergency"];

    [Fact]
    public async Task The_application_adds_to_the_journal_and_never_changes_it() =>
        Wall.Stands($"{Database.AppRole} may change the past.", await town.Rows("""
            select t.privilege || ' on ' || c.oid::regclass
              from pg_class c join pg_namespace n on n.oid = c.relnamespace,
                   unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) as t(privilege)
             where ((n.nspname = 'journal' and c.oid <> all($2::regclass[])) or c.oid in ('seal.head'::regclass, 'seal.head_key'::regclass)) and c.relkind in ('r', 'p', 'v', 'm')
               and (has_table_privilege($1, c.oid, t.privilege) or (t.privilege in ('UPDATE', 'REFERENCES') and has_any_column_privilege($1, c.oid, t.privilege)))
            """, r => r.GetString(0), Database.AppRole, InHand));

    /// <summary>Of what is in hand only that can be changed which changes; what a case is and for whom it was opened stays.</summary>
    [Fact]
    public async Task Of_a_case_the_application_changes_only_who_holds_it_and_that_it_ended() =>
        Assert.Equal(["case_file.closed_at", "case_file.closed_by", "case_file.holder", "emergency.approved", "emergency.decided_at", "emergency.decided_by"], await town.Rows("""
            select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where c.oid = any(array['journal.case_file', 'journal.case_person', 'journal.emergency', 'journal.purpose']::regclass[]) and has_column_privilege($1, c.oid, a.attnum, 'UPDATE')
               order by 1
            """, r => r.GetString(0), Database.AppRole));

    [Fact]
    public async Task The_application_and_the_reports_cannot_change_structure()
    {
        string[] roles = [Database.AppRole, Database.DeskRole, Database.WebLogin, Database.ReportRole];
        string[] also = ["sogoc_desk is also sogoc_app", "sogoc_web is also sogoc_app", "sogoc_web is also sogoc_desk"];
        Wall.Stands("The role may create, owns something, or has a right over the whole server.", await town.Rows("""
            select r.rolname || ' creates in ' || n.nspname from pg_roles r, pg_namespace n where r.rolname = any($1) and has_schema_privilege(r.oid, n.oid, 'CREATE') and n.nspname !~ '^pg_temp'
            union all select r.rolname || ' creates schemas' from pg_roles r where r.rolname = any($1) and has_database_privilege(r.oid, current_database(), 'CREATE')
            union all select r.rolname || ' owns ' || c.oid::regclass from pg_roles r join pg_class c on c.relowner = r.oid where r.rolname = any($1)
            union all select r.rolname || ' owns ' || p.oid::regprocedure from pg_roles r join pg_proc p on p.proowner = r.oid where r.rolname = any($1)
            union all select rolname || ' has a right over the server' from pg_roles where rolname = any($1) and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls and rolname <> 'sogoc_app')
            union all select r.rolname || ' is also ' || g.rolname from pg_auth_members m join pg_roles r on r.oid = m.member join pg_roles g on g.oid = m.roleid where r.rolname = any($1) and r.rolname || ' is also ' || g.rolname <> all($2)
            """, r => r.GetString(0), roles, also));
    }

    [Fact]
    public async Task The_application_is_refused_when_it_tries()
    {
        await using var connection = await town.Database.App.OpenConnectionAsync(TestContext.Current.CancellationToken);
        foreach (var sql in (string[])["create table public.stain (id integer)", "create table population.stain (id integer)", "alter table population.person add column stain text",
            "update journal.entry set actor = ''", "delete from journal.disclosure", "truncate journal.entry", "create role stain"])
        {
            await using var command = connection.CreateCommand(sql);
            var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
            Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
        }
    }

    /// <summary>Of a program whose connection was taken over, laying the role off must not make an owner.</summary>
    [Fact]
    public async Task Who_lays_the_role_off_has_nothing_left()
    {
        foreach (var source in new[] { town.Database.App, town.Database.Desk, town.Database.Reads, town.Database.DeskReads })
        {
            foreach (var off in new[] { "set role none", "reset role" })
            {
                foreach (var sql in new[] { "create table public.stain (id integer)", "create table population.stain (id integer)", "alter role sogoc_web superuser", "set role sogoc", "set session authorization sogoc" })
                {
                    await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
                    await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
                    await using var free = connection.CreateCommand("set local transaction_read_only = off; " + off);
                    await free.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
                    await using var command = connection.CreateCommand(sql);
                    var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
                    Assert.Equal(Npgsql.PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
                }
            }
        }
    }

    /// <summary>Rows of persons are those of a table with a key of population.person; a new one is behind the wall or has a line here.</summary>
    [Fact]
    public async Task Every_table_with_rows_of_persons_stands_behind_the_second_wall() =>
        Wall.Stands("An official of another commune would see these rows: enable row level security and write the policy.", await town.Rows("""
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'population' and c.relkind in ('r', 'p')
               and (c.oid = 'population.person'::regclass or exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'population.person'::regclass))
               and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid and not p.polpermissive and 'sogoc_desk'::regrole = any(p.polroles) and p.polcmd = '*'))
            """, r => r.GetString(0)));

    /// <summary>A function that runs as the owner and looks for names where its caller tells it to would run what the caller wrote.</summary>
    [Fact]
    public async Task What_runs_as_the_owner_looks_nowhere_else() =>
        Wall.Stands("A security definer function without a fixed search_path, or open to everybody.", await town.Rows("""
            select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname = any($1) and p.prosecdef
               and (not coalesce(p.proconfig::text, '') like '%search_path=%' or exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0))
            """, r => r.GetString(0), (object)Schemas));
}

/// <summary>One town for all that is asked of a migrated database; nothing in it is changed.</summary>
[SupportedOSPlatform("linux")]
[CollectionDefinition(nameof(Migrated))]
public sealed class Migrated : ICollectionFixture<Town>;
