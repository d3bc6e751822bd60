using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace SoGoc.Bench;

/// <summary>The one-stop shop with a million files in it: taken in with its receipt, moved and decided by sixteen officials, each step durable, beside bare transactions of as many rows in the same run;
/// and the portal's pages for fifty at once.</summary>
internal static class Files
{
    private const int Officials = 16, AtOnce = 50, Kept = 1_000_000;
    private const string Procedure = "AG.18", Agency = "CTHUE";
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(15), Measured = TimeSpan.FromSeconds(30);

    public static async Task Measure(string data, int people, Report report)
    {
        var (host, _) = await Server.Host(data, people, 8193);
        await using var stop = host;
        await using var source = NpgsqlDataSource.Create($"Host={Path.Combine(data, "run")};Username=sogoc;Database=sogoc;Command Timeout=0");
        await Fill(source);
        await Pages(host.Address, source, report);
        var (tokens, citizens) = (await Task.WhenAll(Enumerable.Range(0, Officials).Select(_ => MadeUp.Official(source, Agency, "agency-officer", null))), new ConcurrentQueue<string>(await Citizens(source)));
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Officials }) { BaseAddress = host.Address };
        await Round(http, tokens, citizens, Warm);
        var before = await Births.Written(source);
        var (steps, refused, took) = await Round(http, tokens, citizens, Measured);
        var rows = (int)Math.Round((await Births.Written(source) - before) / (double)steps);
        var limit = await Births.Bare(source, rows);
        var rate = steps / took.TotalSeconds;
        report.Ratio($"files taken in with receipt, taken in hand, decided, {Officials} at a time: steps of {rows} rows", $"{rate:N0}/s{(refused > 0 ? $", {refused} refused" : "")}", $"{limit:N0}/s bare durable transactions of {rows} rows", rate / limit, 0.4);
    }

    /// <summary>Files of years before: decided and handed over, by citizens of all the province.</summary>
    private static async Task Fill(NpgsqlDataSource source)
    {
        await using var count = source.CreateCommand("select count(*) from services.file");
        var missing = Kept - (long)(await count.ExecuteScalarAsync())!;
        await using var fill = source.CreateCommand("""
            insert into services.file (id, code, once, procedure, version, channel, status, applicant_id, subject_id, desk, office, answers, submitted_at, received_at, first_due_at, total_minutes, left_minutes, decided_at, decided_by, result_no, result_text, used_values, returned_at, stars)
            select gen_random_uuid(), 'H01.99-DO-' || n || '-' || (extract(epoch from now()) * 1000)::bigint, gen_random_uuid(), p.code, p.version, 1 + n % 2, 10, w.id, w.id, $2, 'Cục Thuế tỉnh An Giang', '{"kind":"first","income":"salary","phone":"0900000123"}',
                   at, at + interval '1 hour', at + interval '4 days', 1440, 300, at + interval '3 days', 'official:do', 'DO-' || n, 'Đo tốc độ', repeat('0', 64), at + interval '4 days', case when n % 3 = 0 then 4 end
              from (select code, version from services.procedure where code = $1 and state = 'published') p,
                   (select id, row_number() over () as n from population.person where status = 'living' and merged_into is null limit $3) w,
                   lateral (select now() - interval '800 days' + w.n * interval '60 seconds' as at) t
            """);
        fill.Parameters.AddWithValue(Procedure);
        fill.Parameters.AddWithValue(Agency);
        fill.Parameters.AddWithValue(Math.Max(0, missing));
        await fill.ExecuteNonQueryAsync();
        await using var settle = source.CreateCommand("vacuum analyze services.file");
        await settle.ExecuteNonQueryAsync();
    }

    /// <summary>Pages that anybody sees, a citizen's list of files and one of them: closed loop of fifty, the server on the same cores.</summary>
    private static async Task Pages(Uri address, NpgsqlDataSource source, Report report)
    {
        var (cookie, code) = await Citizen(source);
        foreach (var (what, path) in new[] { ("portal", "/dich-vu"), ("portal, words looked for", "/dich-vu?tim=ma+so+thue"), ("a service", "/dich-vu/" + Procedure), ("a citizen's files", "/cua-toi/ho-so"), ("a citizen's file", "/cua-toi/ho-so/" + code) })
        {
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = AtOnce, UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
            http.DefaultRequestHeaders.Add("Cookie", "sogoc-cd=" + cookie);
            var times = new ConcurrentBag<double>();
            var watch = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
            {
                while (watch.Elapsed < Warm + Measured)
                {
                    var began = watch.Elapsed;
                    using var reply = await http.GetAsync(path);
                    if ((int)reply.StatusCode != 200)
                    {
                        throw new InvalidOperationException($"{path}: {reply.StatusCode}");
                    }

                    await reply.Content.ReadAsByteArrayAsync();
                    if (watch.Elapsed > Warm)
                    {
                        times.Add((watch.Elapsed - began).TotalMilliseconds);
                    }
                }
            }));
            var slow = times.Order().ElementAt((int)(times.Count * 0.95));
            report.Add(new Line($"{what}, {AtOnce} at once, {Kept:N0} files: 95 of 100 within", $"{slow:N0} ms, {times.Count / Measured.TotalSeconds:N0}/s", "–", "–", "≤ 100 ms", slow <= 100));
        }
    }

    private static async Task<(int Steps, long Refused, TimeSpan Took)> Round(HttpClient http, string[] tokens, ConcurrentQueue<string> citizens, TimeSpan length)
    {
        var (watch, steps, refused) = (Stopwatch.StartNew(), 0, 0L);
        await Task.WhenAll(tokens.Select(token => Task.Run(async () =>
        {
            async Task<JsonElement?> Step(string path, object body)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = JsonContent.Create(body) };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                using var reply = await http.SendAsync(request);
                if (!reply.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref refused);
                    return null;
                }

                Interlocked.Increment(ref steps);
                return await reply.Content.ReadFromJsonAsync<JsonElement>();
            }

            while (watch.Elapsed < length && citizens.TryDequeue(out var number))
            {
                var answers = new { kind = "first", income = "salary", phone = "0900000123" };
                if (await Step("/files/take-in", new { procedure = Procedure, number, answers, once = Guid.NewGuid() }) is { } taken && taken.GetProperty("code").GetString() is var code && await Step("/files/take", new { code }) is not null)
                {
                    await Step("/files/decide", new { code, resultNo = "DO-1" });
                }
            }
        })));
        return (steps, refused, watch.Elapsed);
    }

    private static async Task<IReadOnlyList<string>> Citizens(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select number from population.person where status = 'living' and merged_into is null and confidential = 0 and number is not null and born_latest < '1990-01-01' order by md5(id::text) limit 60000");
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    /// <summary>A citizen who is signed in and has a file; his cookie, and its code.</summary>
    private static async Task<(string Cookie, string Code)> Citizen(NpgsqlDataSource source)
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        await using var command = source.CreateCommand("""
            with f as (select f.code, f.subject_id from services.file f where f.code like 'H01.99-DO-%' and not exists (select from identity.account a where a.person_id = f.subject_id) limit 1),
                 a as (insert into identity.account (id, person_id, level, phone, password_hash, opened_at) select gen_random_uuid(), subject_id, 2, '0900000123', '', now() from f returning id),
                 s as (insert into identity.session (hash, sid, account_id, factors, device, made_at, proved_at, seen_at, expires_at) select $1, gen_random_uuid(), a.id, '{passkey}', 'đo', now(), now(), now(), now() + interval '1 day' from a)
            select code from f
            """);
        command.Parameters.AddWithValue(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        return (secret, (string)(await command.ExecuteScalarAsync())!);
    }
}
