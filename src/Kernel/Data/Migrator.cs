using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>Applies each module's numbered SQL files (embedded, <c>Db/0001_noun.sql</c>), forward only, one transaction each, in the order of the modules.
/// An applied file is hashed and may never change.</summary>
public sealed class Migrator(Database database)
{
    private const long Lock = 0x536F476F63; // "SoGoc": one migrator at a time in a cluster

    public async Task Run(IEnumerable<(string Module, Assembly Assembly)> modules, CancellationToken stop = default)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await Execute(connection, $"select pg_advisory_lock({Lock})");
        try
        {
            await Execute(connection, Ground);
            foreach (var (module, assembly) in modules)
            {
                foreach (var (number, name, sql) in Files(assembly))
                {
                    await Apply(connection, module, number, name, sql);
                }
            }
        }
        finally
        {
            await Execute(connection, $"select pg_advisory_unlock({Lock})");
        }
    }

    private const string Ground = """
        do $$ begin
          if not exists (select from pg_roles where rolname = 'sogoc_app') then create role sogoc_app; end if;
          if not exists (select from pg_roles where rolname = 'sogoc_report') then create role sogoc_report; end if;
          -- An official of an area works as sogoc_desk, to which row-level security applies; the application itself as sogoc_app, which may enter lists by COPY and so is free of it.
          if not exists (select from pg_roles where rolname = 'sogoc_desk') then create role sogoc_desk; end if;
          if not exists (select from pg_roles where rolname = 'sogoc_app' and rolbypassrls) then alter role sogoc_app bypassrls; end if;
          if not pg_has_role('sogoc_desk', 'sogoc_app', 'member') then grant sogoc_app to sogoc_desk; end if;
          -- Who signs in as sogoc_web has nothing but the two roles: to lay them off leads nowhere.
          if not exists (select from pg_roles where rolname = 'sogoc_web') then create role sogoc_web login noinherit; end if;
          if not pg_has_role('sogoc_web', 'sogoc_desk', 'member') then grant sogoc_app, sogoc_desk to sogoc_web; end if;
          execute format('grant sogoc_app, sogoc_desk, sogoc_report to %I', current_user);
        exception when unique_violation or duplicate_object then null;
        end $$;
        create schema if not exists kernel;
        create table if not exists kernel.migration (
          module text not null, number integer not null, name text not null, hash bytea not null, applied_at timestamptz not null default now(),
          primary key (module, number));
        comment on schema kernel is 'What every module stands on: migrations, settings, jobs, rules of law.';
        comment on table  kernel.migration is 'SQL files that were applied, with their hashes; an applied file never changes.';
        comment on column kernel.migration.module is 'Whose file.';
        comment on column kernel.migration.number is 'Its number, the first four digits of its name.';
        comment on column kernel.migration.name is 'Its name.';
        comment on column kernel.migration.hash is 'SHA-256 of its text, lines ended by a line feed.';
        comment on column kernel.migration.applied_at is 'When it was applied, by the clock of the server.';
        """;

    private static IEnumerable<(int Number, string Name, string Sql)> Files(Assembly assembly) =>
        from resource in assembly.GetManifestResourceNames()
        where resource.Contains(".Db.", StringComparison.Ordinal) && resource.EndsWith(".sql", StringComparison.Ordinal)
        let name = resource[(resource.IndexOf(".Db.", StringComparison.Ordinal) + 4)..^4]
        orderby name
        select (int.Parse(name[..4], CultureInfo.InvariantCulture), name, Read(assembly, resource));

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }

    private static async Task Apply(NpgsqlConnection connection, string module, int number, string name, string sql)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(sql.ReplaceLineEndings("\n")));
        await using (var known = connection.CreateCommand("select hash from kernel.migration where module = $1 and number = $2", module, number))
        {
            if (await known.ExecuteScalarAsync() is byte[] applied)
            {
                if (!applied.AsSpan().SequenceEqual(hash))
                {
                    throw new InvalidOperationException($"The migration {module}/{name} was changed after it had been applied; add a new file instead.");
                }

                return;
            }
        }

        await using var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, sql);
        await using (var note = connection.CreateCommand("insert into kernel.migration (module, number, name, hash) values ($1, $2, $3, $4)", module, number, name, hash))
        {
            await note.ExecuteNonQueryAsync();
        }

        await transaction.CommitAsync();
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
