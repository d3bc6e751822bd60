using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Services.Procedures;

/// <summary>A version of a procedure, with its place among the others.</summary>
internal sealed record Edition(int Version, Procedure Procedure)
{
    /// <summary>What it is called, title and everyday words, each as the words that are looked for.</summary>
    public string[][] Names { get; } = [.. Procedure.Words.Append(Procedure.Name).Select(ListProcedures.Tokens)];

    /// <summary>The words of its English title and description, for who looks in English.</summary>
    public string[][] EnglishNames { get; } = [ListProcedures.Tokens(Procedure.NameEn), ListProcedures.Tokens(Procedure.AboutEn)];

    /// <summary>The words of its description.</summary>
    public string[] About { get; } = ListProcedures.Tokens(Procedure.About);
}

/// <summary>Procedures as they have been read: a version that was published never changes, so it is read once.</summary>
internal sealed class KnownEditions
{
    private readonly ConcurrentDictionary<(string Code, int Version), Edition> known = new();

    public Edition? Find(string code, int version) => known.GetValueOrDefault((code, version));

    public void Keep(Edition edition) => known[(edition.Procedure.Code, edition.Version)] = edition;
}

/// <summary>The procedures of the province.</summary>
internal sealed class ProcedureBook(Reads reads, KnownEditions known)
{
    /// <summary>As people look a name up: đ behind d.</summary>
    internal static readonly StringComparer Alphabet = StringComparer.Create(System.Globalization.CultureInfo.GetCultureInfo("vi-VN"), ignoreCase: false);

    /// <summary>Those by which new files go, in the order of their names.</summary>
    public async Task<IReadOnlyList<Edition>> Published()
    {
        var current = await reads.Rows("select code, version from services.procedure where state = 'published'", r => (Code: r.GetString(0), Version: r.GetInt32(1)));
        var missing = current.Where(c => known.Find(c.Code, c.Version) is null).ToList();
        if (missing.Count > 0)
        {
            await Read("select p.version, p.body::text from services.procedure p join unnest($1, $2) w(code, version) using (code, version)", [missing.Select(m => m.Code).ToArray(), missing.Select(m => m.Version).ToArray()]);
        }

        return [.. current.Select(c => known.Find(c.Code, c.Version)!).OrderBy(e => e.Procedure.Name, Alphabet)];
    }

    /// <summary>The one by which new files go.</summary>
    public async Task<Outcome<Edition>> Now(string? code) => (await Published()).FirstOrDefault(e => e.Procedure.Code == code) is { } edition ? edition : Problem.Missing("services.no-procedure");

    /// <summary>The one by which a file goes.</summary>
    public async Task<Edition> Of(string code, int version)
    {
        if (known.Find(code, version) is null)
        {
            await Read("select version, body::text from services.procedure where code = $1 and version = $2", [code, version]);
        }

        return known.Find(code, version) ?? throw new InvalidOperationException($"A file names version {version} of {code}, which is not there.");
    }

    private async Task Read(string sql, object?[] values)
    {
        foreach (var edition in await reads.Rows(sql, r => new Edition(r.GetInt32(0), ProcedureText.Read(r.GetString(1))), values))
        {
            known.Keep(edition);
        }
    }
}

/// <summary>Takes up <c>reference/procedures</c>: what the register has not becomes its first version; what the program writes otherwise than before becomes the next one, unless the office has written its own since.</summary>
internal static class ProcedureFiles
{
    public const string Folder = "procedures";

    public static async Task Bring(NpgsqlConnection connection, string referenceFolder, DateTimeOffset now, CancellationToken stop)
    {
        foreach (var path in Directory.EnumerateFiles(Path.Combine(referenceFolder, Folder), "*.json").Order(StringComparer.Ordinal))
        {
            var procedure = ProcedureText.Read(await File.ReadAllTextAsync(path, stop));
            if (ProcedureCheck.Faults(procedure) is [var fault, ..])
            {
                throw new InvalidDataException($"{Path.GetFileName(path)}: {fault.Code} {fault.Field} {string.Join(' ', fault.Data)}");
            }

            var body = ProcedureText.Write(procedure);
            await using var next = connection.CreateCommand("""
                with last as (select version, body, origin, state from services.procedure where code = $1 order by version desc limit 1)
                select coalesce((select version from last), 0) + 1 where not exists (select from last where origin = 'office' or state = 'withdrawn' or body = $2)
                """, procedure.Code, body.As(NpgsqlDbType.Jsonb));
            if (await next.ExecuteScalarAsync(stop) is not int version)
            {
                continue;
            }

            await using var end = connection.CreateCommand("update services.procedure set state = 'replaced', ended_at = $2 where code = $1 and state = 'published'", procedure.Code, now);
            await end.ExecuteNonQueryAsync(stop);
            await using var command = connection.CreateCommand("""
                insert into services.procedure (code, version, body, state, origin, made_at, made_by, published_at, ground) values ($1, $2, $3, 'published', 'program', $4, 'system:founding', $4, $5)
                """, procedure.Code, version, body.As(NpgsqlDbType.Jsonb), now, procedure.Grounds[0].Text);
            await command.ExecuteNonQueryAsync(stop);
        }
    }
}
