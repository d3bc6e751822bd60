using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace SoGoc.Bench;

/// <summary>Births registered through the API by sixteen clerks of as many communes, with number, kin, household, residence, signed entry, case and journal. Beside them, in the same run,
/// bare transactions of as many rows, each durable before the next.</summary>
internal static class Births
{
    private const int Clerks = 16, MostMothers = 4000;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(20), Measured = TimeSpan.FromSeconds(30);

    /// <summary>A mother whom the register has married to a man whose surname the child takes.</summary>
    private sealed record Mother(int Clerk, string Number, string Surname);

    public static async Task Measure(string data, int people, Report report)
    {
        var (host, _) = await Server.Host(data, people, 8192);
        await using var stop = host;
        await using var source = NpgsqlDataSource.Create($"Host={Path.Combine(data, "run")};Username=sogoc;Database=sogoc");
        var clerks = await Tokens(source);
        var mothers = new ConcurrentQueue<Mother>(await Mothers(source));
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clerks }) { BaseAddress = host.Address };
        await Round(http, clerks, mothers, Warm);
        var before = await Written(source);
        var (rate, times, refused) = await Round(http, clerks, mothers, Measured);
        var rows = (int)Math.Round((await Written(source) - before) / (double)times.Count);
        var limit = await Bare(source, rows);
        var slow = times.Order().ElementAt((int)(times.Count * 0.95));
        report.Add(new Line($"births registered, {Clerks} at a time, {rows} rows each", $"{rate:N0}/s{(refused > 0 ? $", {refused} refused" : "")}", $"{limit:N0}/s bare durable transactions of {rows} rows", (rate / limit).ToString("0.00", CultureInfo.InvariantCulture), "≥ 0.5", rate / limit >= 0.5));
        report.Add(new Line("the same, 95 of 100 within", $"{slow.TotalMilliseconds:N0} ms", "–", "–", "≤ 150 ms", slow <= TimeSpan.FromMilliseconds(150)));
    }

    private static async Task<(double Rate, IReadOnlyCollection<TimeSpan> Times, long Refused)> Round(HttpClient http, string[] clerks, ConcurrentQueue<Mother> mothers, TimeSpan length)
    {
        var (watch, times, refused) = (Stopwatch.StartNew(), new ConcurrentBag<TimeSpan>(), 0L);
        await Task.WhenAll(Enumerable.Range(0, Clerks).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < length && mothers.TryDequeue(out var mother))
            {
                var began = watch.Elapsed;
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/births/register") { Content = JsonContent.Create(Declared(mother)) };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", clerks[mother.Clerk]);
                using var reply = await http.SendAsync(request);
                if (reply.IsSuccessStatusCode)
                {
                    times.Add(watch.Elapsed - began);
                }
                else
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })));
        return (times.Count / watch.Elapsed.TotalSeconds, times, refused);
    }

    private static object Declared(Mother mother) => new
    {
        kind = "both-parents", mother = mother.Number, fullName = $"{mother.Surname} Thị Đo", sex = 2, born = TimeProvider.System.GetUtcNow().AddDays(-20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), birthPlace = "Bệnh viện Mẫu",
        evidence = "notification", evidenceNo = Guid.NewGuid().ToString("N"), declarant = "father",
        confirmed = new[] { "civil.mother-age", "civil.father-age", "civil.twins", "civil.sibling-too-near", "civil.surname-by-custom", "civil.perhaps-registered" },
    };

    /// <summary>A clerk for each of the communes with most people, and a token for each.</summary>
    private static async Task<string[]> Tokens(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select area_id from population.residence where kind = 'permanent' group by 1 order by count(*) desc, 1 limit $1");
        command.Parameters.AddWithValue(Clerks);
        await using var reader = await command.ExecuteReaderAsync();
        var tokens = new List<string>();
        while (await reader.ReadAsync())
        {
            tokens.Add(await MadeUp.Official(source, "XA", "commune-clerk", reader.GetInt32(0)));
        }

        return [.. tokens];
    }

    private static async Task<IReadOnlyList<Mother>> Mothers(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand($"""
            with communes as (select area_id, row_number() over (order by count(*) desc, area_id) - 1 as clerk from population.residence where kind = 'permanent' group by 1 order by count(*) desc, area_id limit {Clerks})
            select c.clerk, w.number, m.surname from communes c
              join population.residence r on r.area_id = c.area_id and r.kind = 'permanent' and upper_inf(r.valid)
              join population.person w on w.id = r.person_id and w.sex = 2 and w.number is not null and w.status = 'living' and w.confidential = 0 and w.born_earliest between '1985-01-01' and '2005-01-01'
              join population.kin k on k.person_id = w.id and k.kind = 'spouse' and k.number is not null
              join population.person m on m.number = k.number and m.sex = 1 and m.status = 'living' and m.surname is not null and m.confidential = 0
             order by md5(w.number) limit {MostMothers}
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<Mother>();
        while (await reader.ReadAsync())
        {
            found.Add(new Mother((int)reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
        }

        return found;
    }

    /// <summary>Rows that were inserted or changed so far, of tables that stay.</summary>
    internal static async Task<long> Written(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select pg_stat_clear_snapshot(), (select sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint from pg_stat_user_tables where schemaname not like 'pg_temp%')");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return reader.GetInt64(1);
    }

    /// <summary>Transactions a second of so many rows into one table, by as many connections, nothing around them.</summary>
    internal static async Task<double> Bare(NpgsqlDataSource source, int rows)
    {
        await using (var table = source.CreateCommand("drop table if exists public.bare; create table public.bare (id uuid primary key default gen_random_uuid(), at timestamptz not null default now(), body json not null)"))
        {
            await table.ExecuteNonQueryAsync();
        }

        var (watch, done) = (Stopwatch.StartNew(), 0L);
        var body = $$"""{"fullName":"{{new string('x', 300)}}"}""";
        await Task.WhenAll(Enumerable.Range(0, Clerks).Select(_ => Task.Run(async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            while (watch.Elapsed < Warm)
            {
                await using var transaction = await connection.BeginTransactionAsync();
                await using var insert = new NpgsqlCommand("insert into public.bare (body) select $1 from generate_series(1, $2)", connection, transaction);
                insert.Parameters.Add(new NpgsqlParameter { Value = body, NpgsqlDbType = NpgsqlDbType.Json });
                insert.Parameters.Add(new NpgsqlParameter { Value = rows });
                await insert.ExecuteNonQueryAsync();
                await transaction.CommitAsync();
                Interlocked.Increment(ref done);
            }
        })));
        return done / watch.Elapsed.TotalSeconds;
    }
}
