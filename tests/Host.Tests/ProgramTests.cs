using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using SoGoc.Client;

namespace SoGoc.Host.Tests;

/// <summary>A program of another office: it knows demo.json and the description of the API, from which its client is made, and nothing else.</summary>
[SupportedOSPlatform("linux")]
public sealed class ProgramTests
{
    private const int Rows = 3000;
    private const string Purpose = "data-sharing", Case = "HS-2026-01";
    private const string Name = "Nguyễn Thị Thử Nghiệm", Number = "089162900001", Birth = "1962-07-05";
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_with_demo_json_and_the_description_looks_up_searches_verifies_reads_two_days_follows_the_journal_and_checks_its_proofs()
    {
        using var folder = new ProgramFolder();
        using var program = await folder.Demonstrate(people: 400);
        using var http = await Connect(folder);
        var register = new SoGocClient(http);

        var older = await Head(register, after: 0);
        var following = new TaskCompletionSource<long>();
        var follower = Follow(register, following.Task);
        following.SetResult(await Enter(register));
        var feed = await follower;

        await BeginWork(register, folder);
        var person = await Find(register);
        await Verify(register);
        await TwoDays(register);
        await Refusals(register);

        // Whoever copies the register has a head signed over all of it.
        var (code, said) = await folder.Command("backup", Path.Combine(folder.Path, "so-goc.sogoc"));
        Assert.True(code == 0, said);
        (code, said) = await folder.Command("keys", "rotate");
        Assert.True(code == 0 && said.Contains("signs from now on", StringComparison.Ordinal) && said.Contains("still published", StringComparison.Ordinal), said);
        var newer = await Head(register, older.No);
        var entry = feed.Single(e => e.Subject == person);
        await Proofs(register, entry, older, newer);
        await folder.Kill(program, server: false);
    }

    private static async Task<HttpClient> Connect(ProgramFolder folder)
    {
        var demo = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "demo.json"), Stop)).RootElement;
        return new HttpClient { BaseAddress = new Uri(demo.GetProperty("baseUrl").GetString()!), DefaultRequestHeaders = { Authorization = new("Bearer", demo.GetProperty("token").GetString()) } };
    }

    /// <summary>With the purpose and the case of demo.json a program reads at once; for work of its own it opens a case.</summary>
    private static async Task BeginWork(SoGocClient register, ProgramFolder folder)
    {
        var demo = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Path, "demo.json"), Stop)).RootElement;
        var (purpose, file) = (demo.GetProperty("purpose").GetString()!, demo.GetProperty("case").GetString()!);
        Assert.Equal("found", (await register.LookUpPersonsAsync(new() { Numbers = [Number], Fields = ["fullName"], Purpose = purpose, Case = file }, Stop)).Persons[0].Found);
        await register.OpenCaseAsync(new() { Kind = "work-item", Reference = Case, Purpose = Purpose }, cancellationToken: Stop);
        Assert.Equal([Case], (await register.ListCasesAsync(new(), Stop)).Open.Select(c => c.Reference));
    }

    /// <summary>A list of people comes in and is entered; how many were.</summary>
    private static async Task<long> Enter(SoGocClient register)
    {
        var list = new StringBuilder("Họ và tên,Ngày sinh,Giới tính,Số định danh cá nhân\n").Append(CultureInfo.InvariantCulture, $"{Name},5/7/1962,Nữ,{Number}\n");
        for (var i = 2; i <= Rows; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"Trần Thị Mẫu,{(i % 28) + 1}/{(i % 12) + 1}/1962,Nữ,089162{900000 + i}\n");
        }

        using var file = new MemoryStream(Encoding.UTF8.GetBytes(list.ToString()));
        var id = (await register.SendListAsync(file, "danh-sach.csv", Stop)).Id;
        await Until(register, id, "checked");
        await register.EnterListAsync(new() { Id = id }, idempotencyKey: "nhap-1", Stop);
        return (await Until(register, id, "done")).Entered;
    }

    private static async Task<SentList> Until(SoGocClient register, Guid list, string state)
    {
        while (true)
        {
            var shown = await register.ShowListAsync(new() { Id = list }, Stop);
            if (shown.List.State == state)
            {
                return shown.List;
            }

            Assert.DoesNotContain(shown.List.State, (string[])["refused", "cancelled"]);
            await Task.Delay(Glance, Stop);
        }
    }

    /// <summary>From zero on, while the list comes in, until all it brought has been seen; then once more, and nothing is left.</summary>
    private static async Task<List<ReadFeedEntry>> Follow(SoGocClient register, Task<long> entered)
    {
        var seen = new List<ReadFeedEntry>();
        long cursor = 0, before = -1;
        while (true)
        {
            var page = await register.ReadFeedAsync(new() { After = cursor, Most = 300 }, Stop);
            Assert.True(page.Next >= cursor);
            seen.AddRange(page.Entries);
            cursor = page.Next;
            before = before < 0 && !page.More ? seen.Select(e => e.Subject).Distinct().Count() : before;
            if (!page.More && entered.IsCompleted && seen.Select(e => e.Subject).Distinct().Count() - before >= await entered)
            {
                break;
            }

            await (page.More ? Task.CompletedTask : Task.Delay(Glance, Stop));
        }

        Assert.Equal(Rows, await entered);
        Assert.Equal(Enumerable.Range(0, seen.Count).Select(n => (long)n), seen.Select(e => e.Place));
        Assert.Equal(seen.Count, seen.Select(e => e.Position).Distinct().Count());
        var last = await register.ReadFeedAsync(new() { After = cursor }, Stop);
        Assert.Equal((0, cursor, false, seen.Count), (last.Entries.Count, last.Next, last.More, (int)cursor));
        return seen;
    }

    /// <summary>By number, and by name with a slip and without marks.</summary>
    private static async Task<Guid> Find(SoGocClient register)
    {
        var known = Assert.Single((await register.LookUpPersonsAsync(new() { Numbers = [Number], Fields = ["fullName", "born", "sex"], Purpose = Purpose, Case = Case }, Stop)).Persons);
        Assert.Equal(("found", Name, Birth, 2), (known.Found, known.Person!.FullName, known.Person.Born, known.Person.Sex));
        var found = await register.FindPersonsAsync(new() { Text = "ngiem thu nguyen", Purpose = Purpose, Case = Case }, Stop);
        Assert.True(found.Near);
        Assert.Contains(found.Persons, p => p.Number == Number && p.FullName == Name);
        return known.Person.Id;
    }

    private static async Task Verify(SoGocClient register)
    {
        var claims = new Dictionary<string, string> { ["fullName"] = Name, ["born"] = "5/7/1962", ["sex"] = "1", ["phone"] = "0900000000" };
        var verified = await register.VerifyPersonAsync(new() { Number = Number, Claims = claims, Purpose = Purpose, Case = Case }, Stop);
        Assert.Equal(new Dictionary<string, string> { ["fullName"] = "match", ["born"] = "match", ["sex"] = "mismatch", ["phone"] = "unknown" }, verified.Fields);
    }

    /// <summary>One of the demonstration on the day a residence began, and on the day before.</summary>
    private static async Task TwoDays(SoGocClient register)
    {
        var someone = (await register.FindPersonsAsync(new() { Text = "van", Sex = 1, Purpose = Purpose, Case = Case }, Stop)).Persons.First(p => p is { Number: not null, Home: not null });
        async Task<PersonState> On(DateOnly? day) => (await register.TellHistoryAsync(new() { Number = someone.Number, AsOf = day, Purpose = Purpose, Case = Case }, Stop)).Person!;
        var began = (await On(null)).Residences!.Where(r => r is { Kind: ResidenceKind.Permanent, Until: null }).Select(r => r.From).OfType<DateOnly>().Single();
        Assert.Contains((await On(began)).Residences ?? [], r => r.Kind == ResidenceKind.Permanent && r.From == began);
        Assert.DoesNotContain((await On(began.AddDays(-1))).Residences ?? [], r => r.Kind == ResidenceKind.Permanent && r.From == began);
    }

    /// <summary>All that is wrong is told at once, by code and field.</summary>
    private static async Task Refusals(SoGocClient register)
    {
        var refused = await Assert.ThrowsAnyAsync<RefusedException>(() => register.LookUpPersonsAsync(new() { Numbers = ["12"], Fields = ["born"], Purpose = "", Case = Case }, Stop));
        Assert.Equal(422, refused.Status);
        Assert.Equal([("journal.purpose-missing", "purpose"), ("population.number-length", "numbers[0]")], refused.Faults.Select(f => (f.Code, f.Field)));
    }

    private static async Task<SignedHead> Head(SoGocClient register, long after)
    {
        while (true)
        {
            if ((await register.ShowHeadsAsync(new() { After = after }, Stop)).Heads is [.., var last])
            {
                return last;
            }

            await Task.Delay(Glance, Stop);
        }
    }

    private static async Task Proofs(SoGocClient register, ReadFeedEntry entry, SignedHead older, SignedHead newer)
    {
        var (before, now) = (Proven.Entries(older, older.PublicKey), Proven.Entries(newer, older.PublicKey));
        Assert.True(before.Size < now.Size);

        var row = await register.ProveRowAsync(new() { Log = "entry", Position = entry.Position, Head = newer.No, Purpose = Purpose, Case = Case }, Stop);
        Assert.Equal((entry.Place, entry.Subject.ToString()), (row.Leaf, row.Fields.Single(f => f.Name == "subject").Text));
        Assert.Equal(now.Root, Proven.Root(Proven.Leaf(row.Fields), row.Leaf, now.Size, row.Path));
        var changed = row.Fields.Select(f => f.Name == "body" ? new ProvenField { Name = f.Name, Text = f.Text.Replace(Name, "Nguyễn Thị Khác", StringComparison.Ordinal) } : f);
        Assert.NotEqual(now.Root, Proven.Root(Proven.Leaf(changed), row.Leaf, now.Size, row.Path));

        var growth = await register.ProveGrowthAsync(new() { Log = "entry", Older = older.No, Newer = newer.No }, Stop);
        Assert.True(Proven.Grew(before, now, growth.Path));
        Assert.False(Proven.Grew((before.Size, now.Root), now, growth.Path));
    }
}
