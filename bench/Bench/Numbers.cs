using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SoGoc.Host;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;
using SoGoc.Population.Numbers;

namespace SoGoc.Bench;

/// <summary>A million births get their numbers: what the register does for it and nothing else of a birth, sixteen at once, each durable before the next; then the last thousand of a prefix, and the one after them.
/// Beside them, in the same run, bare durable inserts of one row by as many connections.</summary>
internal static class Numbers
{
    private const int AtOnce = 16, Births = 1_000_000, Left = 1_000;
    private const string AlmostFull = "089396";
    private static readonly TimeSpan Bare = TimeSpan.FromSeconds(20);

    /// <summary>Births of two years in two places; by these parts of a hundred the fullest prefix passes a quarter of its million.</summary>
    private static readonly (string Prefix, int Part)[] Prefixes =
        [("089226", 28), ("089326", 26), ("091226", 13), ("091326", 12), ("089225", 7), ("089325", 7), ("091225", 4), ("091325", 3)];

    /// <summary>Statements of the number that is being given.</summary>
    private static readonly AsyncLocal<int[]> statements = new();

    private sealed record Given(IReadOnlyCollection<string> Numbers, IReadOnlyCollection<string> Refusals, int MostStatements, double Mean, TimeSpan Time)
    {
        public double PerSecond => Numbers.Count / Time.TotalSeconds;
    }

    public static async Task Measure(string data, Report report)
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, true);
        }

        var settings = new Settings(data, "http://127.0.0.1:0", null, 0, null, "root", "89@2022-04-12", null);
        await using var storage = await Storage.Open(settings, share: false, NullLogger.Instance, CancellationToken.None);
        await Platform.Found(storage.Database, settings, CancellationToken.None);
        await using var app = WebHost.Build(storage.Database, settings, demonstration: false);
        var persons = new Guid[AtOnce];
        for (var i = 0; i < AtOnce; i++)
        {
            persons[i] = await Enter(app.Services, i);
        }

        using var listener = Counting();
        var births = await Give(app.Services, persons, [.. Prefixes.SelectMany(p => Enumerable.Repeat(p.Prefix, Births / 100 * p.Part))]);
        var limit = await Inserts(storage.Database);
        var (ratio, fullest) = (births.PerSecond / limit, births.Numbers.GroupBy(n => n[..6]).Max(g => g.Count()));
        report.Ratio(string.Create(CultureInfo.InvariantCulture, $"numbers for {Births:N0} births, {AtOnce} at a time, fullest prefix {100.0 * fullest / 1_000_000:0} %"), $"{births.PerSecond:N0}/s", $"{limit:N0}/s bare durable inserts", ratio, 0.5);
        Once("of these, given twice or refused", births, Births, report);
        report.Add(new Line("statements for a number: mean, most", string.Create(CultureInfo.InvariantCulture, $"{births.Mean:0.000}, {births.MostStatements}"), "1", "–", "≤ 3", births.MostStatements <= 3));
        await Fill(storage.Database, persons[0]);
        var last = await Give(app.Services, persons, [.. Enumerable.Repeat(AlmostFull, Left)]);
        var looks = await Looks(storage.Database);
        report.Ratio($"the last {Left:N0} of a prefix, {AtOnce} at a time", $"{last.PerSecond:N0}/s", string.Create(CultureInfo.InvariantCulture, $"{looks:0.0}/s looks at the whole prefix"), last.PerSecond / looks, 1);
        Once("of these, given twice or refused", last, Left, report);
        report.Add(new Line("statements for one of these: mean, most", string.Create(CultureInfo.InvariantCulture, $"{last.Mean:0.0}, {last.MostStatements}"), "–", "–", "≤ 16", last.MostStatements <= 16));
        var after = await Give(app.Services, persons, [AlmostFull]);
        report.Add(new Line("the one after them", $"{string.Join(", ", after.Refusals)} in {after.Time.TotalMilliseconds:N0} ms", "–", "–", "population.prefix-full", after.Refusals.SequenceEqual(["population.prefix-full"])));
    }

    private static void Once(string path, Given given, int asked, Report report)
    {
        var wrong = asked - given.Numbers.Distinct().Count();
        report.Add(new Line(path, wrong.ToString(CultureInfo.InvariantCulture), "–", "–", "0", wrong == 0));
    }

    /// <summary>A number for each, by so many who each take the next that waits.</summary>
    private static async Task<Given> Give(IServiceProvider services, Guid[] persons, string[] prefixes)
    {
        Random.Shared.Shuffle(prefixes);
        var (waiting, given, refused, most, all, watch) = (-1, new ConcurrentBag<string>(), new ConcurrentBag<string>(), 0, 0L, Stopwatch.StartNew());
        await Task.WhenAll(persons.Select(person => Task.Run(async () =>
        {
            for (int next; (next = Interlocked.Increment(ref waiting)) < prefixes.Length;)
            {
                var counted = statements.Value = [0];
                var outcome = await Take(services, prefixes[next], person);
                if (outcome.Ok(out var number))
                {
                    given.Add(number.ToString());
                }
                else
                {
                    refused.Add(outcome.Problems[0].Code);
                }

                Interlocked.Add(ref all, counted[0]);
                InterlockedMax(ref most, counted[0]);
            }
        })));
        return new Given(given, refused, most, (double)all / prefixes.Length, watch.Elapsed);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen) is var was && was == seen ? value : was;
        }
    }

    /// <summary>As a birth takes it: in a session of its own, beyond the clerk's duty, and then durable.</summary>
    private static async Task<Outcome<PersonalNumber>> Take(IServiceProvider services, string prefix, Guid person)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("bench"));
        var session = scope.ServiceProvider.GetRequiredService<Session>();
        var outcome = await session.BeyondDuty(() => NumberAllotment.Take(session, prefix, person, TimeProvider.System.GetUtcNow()));
        await (outcome.IsGood ? session.Commit() : session.Rollback());
        return outcome;
    }

    private static async Task<Guid> Enter(IServiceProvider services, int no)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("bench"));
        var entered = await scope.ServiceProvider.GetRequiredService<IPopulation>().Enter(new PersonState { Facts = new PersonFacts { FullName = $"Đỗ Văn Đo {no}", Given = "Đo", Sex = 1 } }, "đo tốc độ");
        await scope.ServiceProvider.GetRequiredService<Session>().Commit();
        return entered.Value;
    }

    /// <summary>All but the last of a prefix, strewn over it.</summary>
    private static async Task Fill(Database database, Guid person)
    {
        await using var connection = await database.Owner.OpenConnectionAsync();
        await using var fill = new NpgsqlCommand($"""
            begin; set local session_replication_role = replica;
            insert into population.allotted_number select '{AlmostFull}' || to_char(n, 'FM000000'), '{person}', now() from generate_series(0, 999999) n order by random() limit {1_000_000 - Left};
            commit; analyze population.allotted_number
            """, connection) { CommandTimeout = 0 };
        await fill.ExecuteNonQueryAsync();
    }

    /// <summary>How often in a second one connection reads all numbers of the prefix: what each of the last would cost if it had to.</summary>
    private static async Task<double> Looks(Database database)
    {
        const int times = 3;
        await using var connection = await database.Owner.OpenConnectionAsync();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < times; i++)
        {
            await using var look = new NpgsqlCommand($"select count(distinct number) from ({NumberAllotment.Used($"'{AlmostFull}000000'", $"'{AlmostFull}999999'")}) n", connection) { CommandTimeout = 0 };
            await look.ExecuteScalarAsync();
        }

        return times / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Counts the statements that Npgsql runs, for whoever waits for them.</summary>
    private static ActivityListener Counting()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            {
                if (options.Kind == ActivityKind.Client && statements.Value is { } counted)
                {
                    counted[0]++;
                }

                return ActivitySamplingResult.None;
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Transactions a second of one row into one table with a key, by as many connections, nothing around them.</summary>
    private static async Task<double> Inserts(Database database)
    {
        await using (var connection = await database.Owner.OpenConnectionAsync())
        {
            await using var table = new NpgsqlCommand("create table public.bare (id text primary key, person uuid not null, at timestamptz not null)", connection);
            await table.ExecuteNonQueryAsync();
        }

        var (watch, done) = (Stopwatch.StartNew(), 0L);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < Bare)
            {
                await using var connection = await database.Owner.OpenConnectionAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                await using var insert = new NpgsqlCommand("insert into public.bare values ($1, $2, $3)", connection, transaction);
                insert.Parameters.Add(new NpgsqlParameter { Value = Guid.NewGuid().ToString("N")[..12] });
                insert.Parameters.Add(new NpgsqlParameter { Value = Guid.NewGuid() });
                insert.Parameters.Add(new NpgsqlParameter { Value = TimeProvider.System.GetUtcNow() });
                await insert.ExecuteNonQueryAsync();
                await transaction.CommitAsync();
                Interlocked.Increment(ref done);
            }
        })));
        return done / watch.Elapsed.TotalSeconds;
    }
}
