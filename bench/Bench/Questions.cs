using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace SoGoc.Bench;

/// <summary>What a province answers: look-ups, comparisons, histories and searches, each beside its limit.</summary>
internal static class Questions
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);

    private static readonly string[] Five = ["fullName", "born", "sex", "status", "ethnicity"];

    internal sealed record Figures(double LookUp);

    public static async Task<Figures> Measure(string data, int people, Report? report)
    {
        var (host, (token, purpose, @case)) = await Server.Host(data, people, 8190);
        await using var _ = host;
        var connection = $"Host={Path.Combine(data, "run")};Username=sogoc;Database=sogoc";
        await using var source = NpgsqlDataSource.Create(connection);
        await Settle(source);
        var persons = await Some(source, 5000);
        byte[][] Ask(string path, Func<(string Number, string Name), object> body) => [.. persons.Select(p => Load.Request(host.Address, "/api/v1" + path, JsonSerializer.Serialize(body(p)), token))];
        var lookups = Ask("/persons/lookup", p => new { numbers = new[] { p.Number }, fields = Five, purpose, @case });
        if (report is null)
        {
            return new Figures((await Load.Run(host.Address, lookups, Warm, Measured)).Rate);
        }

        await using var limits = await Server.Limits(connection, 8191);
        byte[][] Bare(string path, IEnumerable<string> numbers) => [.. numbers.Select(n => Load.Request(limits.Address, path, JsonSerializer.Serialize(new { number = n }), null))];
        var row = await Load.Run(limits.Address, Bare("/row", persons.Select(p => p.Number)), Warm, Measured);
        var lookup = await Load.Run(host.Address, lookups, Warm, Measured);
        Tell(report, "look-up of a person by number, five fields, disclosure durable", lookup, row, 0.7);
        var verify = await Load.Run(host.Address, Ask("/persons/verify", p => new { number = p.Number, claims = new { fullName = p.Name, sex = "1" }, purpose, @case }), Warm, Measured);
        row = await Load.Run(limits.Address, Bare("/row", persons.Select(p => p.Number)), Warm, Measured);
        Tell(report, "comparison of claims, disclosure durable", verify, row, 0.7);

        var lived = await WithTenEntries(source, persons[..500], host.Address, token);
        var two = await Load.Run(limits.Address, Bare("/two", lived), Warm, Measured);
        var history = await Load.Run(host.Address, [.. lived.Select(n => Load.Request(host.Address, "/api/v1/persons/history", JsonSerializer.Serialize(new { number = n, asOf = "2020-01-01", purpose, @case }), token))], Warm, Measured);
        report.Ratio("history of a person with ten entries, as of a day", Rate(history), Rate(two) + " two tables", history.Rate / two.Rate, 0.5);
        await Searches(host.Address, new Demonstration(token, purpose, @case), persons, report);
        return new Figures(lookup.Rate);
    }

    /// <summary>A register that was founded a minute ago is still being sealed and vacuumed; what is measured is one that has come to rest.</summary>
    private static async Task Settle(NpgsqlDataSource source)
    {
        await using var vacuum = source.CreateCommand("vacuum (analyze)");
        vacuum.CommandTimeout = 0;
        await vacuum.ExecuteNonQueryAsync();
        await using var open = source.CreateCommand("select (select count(*) from journal.entry) > (select size from seal.log where name = 'entry')");
        while (await open.ExecuteScalarAsync() is true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private static void Tell(Report report, string path, Loaded ours, Loaded limit, double reach) => report.Ratio(path, Rate(ours), Rate(limit) + " one row", ours.Rate / limit.Rate, reach);

    private static string Rate(Loaded l) => string.Create(CultureInfo.InvariantCulture, $"{l.Rate:N0}/s (p50 {l.P50:0.0} ms, p99 {l.P99:0.0} ms{(l.Failures > 0 ? $", {l.Failures} FAILED" : "")})");

    private static async Task<(string Number, string Name)[]> Some(NpgsqlDataSource source, int count)
    {
        await using var command = source.CreateCommand($"select number, full_name from population.person tablesample bernoulli(20) where number is not null and status = 'living' limit {count}");
        await using var reader = await command.ExecuteReaderAsync();
        var persons = new List<(string, string)>();
        while (await reader.ReadAsync())
        {
            persons.Add((reader.GetString(0), reader.GetString(1)));
        }

        return [.. persons];
    }

    /// <summary>Corrects a telephone number until each has ten entries.</summary>
    private static async Task<string[]> WithTenEntries(NpgsqlDataSource source, (string Number, string Name)[] persons, Uri host, string token)
    {
        using var http = Client(host, token);
        foreach (var (number, _) in persons)
        {
            await using var which = source.CreateCommand("select p.id, count(*) from population.person p join journal.entry e on e.subject = p.id where p.number = $1 group by 1");
            which.Parameters.Add(new NpgsqlParameter { Value = number });
            await using var reader = await which.ExecuteReaderAsync();
            await reader.ReadAsync();
            var (id, has) = (reader.GetGuid(0), reader.GetInt64(1));
            for (var n = has; n < 10; n++)
            {
                using var reply = await http.PostAsJsonAsync("/api/v1/persons/correct", new { id, after = new { phone = $"09000000{n:00}" }, ground = "bench" });
                reply.EnsureSuccessStatusCode();
            }
        }

        return [.. persons.Select(p => p.Number)];
    }

    /// <summary>One question at a time: names of people in the register, without accents, in one of three with a slip.</summary>
    private static async Task Searches(Uri host, Demonstration demo, (string Number, string Name)[] persons, Report report)
    {
        using var http = Client(host, demo.Token);
        var dice = new Random(7);
        var (exact, slips) = (new List<double>(), new List<double>());
        foreach (var (_, name) in persons[..600])
        {
            var typed = Kernel.Text.NameKey.Of(name);
            var slip = dice.Next(2) == 0;
            if (slip && typed.Length > 6)
            {
                var at = dice.Next(1, typed.Length - 1);
                typed = typed[at] == ' ' ? typed : typed.Remove(at, 1);
            }

            var watch = Stopwatch.StartNew();
            using var reply = await http.PostAsJsonAsync("/api/v1/persons/search", new { text = typed, purpose = demo.Purpose, @case = demo.Case });
            reply.EnsureSuccessStatusCode();
            await reply.Content.ReadAsByteArrayAsync();
            (slip ? slips : exact).Add(watch.Elapsed.TotalMilliseconds);
        }

        foreach (var (what, times) in new[] { ("name search without accents", exact), ("name search without accents, with a slip", slips) })
        {
            times.Sort();
            var p95 = times[(int)(times.Count * 0.95)];
            report.Add(new Line(what, string.Create(CultureInfo.InvariantCulture, $"p50 {times[times.Count / 2]:0.0} ms, p95 {p95:0.0} ms, most {times[^1]:0.0} ms"), "–", "–", "p95 ≤ 50 ms", p95 <= 50));
        }
    }

    private static HttpClient Client(Uri host, string token)
    {
        var http = new HttpClient { BaseAddress = host };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}
