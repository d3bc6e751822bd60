using System.Globalization;
using System.Text.Json;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Acting;
using SoGoc.Identity.MyData;
using SoGoc.Identity.Requests;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.Copies;

/// <summary>A citizen took a copy of all data held about him, or about whom he acts for.</summary>
internal sealed record DataDownloaded(string Format, Guid Person) : IEntry
{
    public static string Kind => "identity.data-downloaded";
}

/// <summary>All data held about a person, to take away: for programs (JSON) and for people (PDF, in Vietnamese). Of others there is what the record says of kin, and no more
/// (Luật Bảo vệ dữ liệu cá nhân 91/2025: the right to get one's data).</summary>
internal sealed class CopyData(Session session, ActFor acting, IWholeRecord records, IPersonStory story, ReadingBook readings, RequestBook requests, HeldAccountBook accounts, Journal journal, Sentences say, TimeProvider clock)
{
    public const string Json = "json", Pdf = "pdf";

    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <param name="Format">json or pdf.</param>
    internal sealed record Request(string Format);

    internal sealed record Copied(byte[] Bytes, string Type, string FileName);

    public async Task<Outcome<Copied>> Run(CitizenSession own, Request r)
    {
        // The copy speaks Vietnamese, whatever the screen does.
        CultureInfo.CurrentUICulture = Vietnamese;
        var whose = await acting.Record(own);
        if (!whose.Ok(out var person))
        {
            return whose.Problems.ToList();
        }

        if (await records.Of(person) is not { } record)
        {
            return Problem.Missing("population.no-person");
        }

        // The copy tells of itself too.
        await journal.Add(own.Account, new DataDownloaded(r.Format, person), (await LawClock.Read(session)).Ground(clock.Today()));
        var held = new HeldData(say["identity.copy-what", record.Person.Facts.FullName ?? ""], clock.GetUtcNow(), record.Person, record.Households, await story.Of(person), await All(person), await Questions(own, person),
            await requests.Of(own, person), own.ActsFor is null ? await accounts.Of(own) : null) { Words = record.Words };
        var name = $"ban-sao-du-lieu-{clock.Today():yyyy-MM-dd}.{r.Format}";
        return r.Format == Pdf ? new Copied(Draw(held), "application/pdf", name) : new Copied(JsonSerializer.SerializeToUtf8Bytes(held, Pretty), "application/json", name);
    }

    private static JsonSerializerOptions Pretty { get; } = new(Journal.Json) { WriteIndented = true };

    private byte[] Draw(HeldData held) => new CopyPaper(held.What, say["identity.copy-page"], held.MadeAt)
        .Lead(say["identity.copy-paper", held.MadeAt.Shown()]).Parts(new CopyWords(say).Of(held)).Draw();

    private async Task<IReadOnlyList<Reading>> All(Guid person)
    {
        var all = new List<Reading>();
        for (var before = long.MaxValue; await readings.Readings(person, before) is { Count: > 0 } page; before = page[^1].Position)
        {
            all.AddRange(page);
        }

        return all;
    }

    private async Task<IReadOnlyList<HeldQuestion>> Questions(CitizenSession own, Guid person) => await session.Rows(
        "select office, body, asked_at, due_at, answer, answered_at from identity.question where account_id = $1 and person_id = $2 order by asked_at",
        r => new HeldQuestion(r.GetString(0), r.GetString(1), r.Get<DateTimeOffset>(2), r.Get<DateTimeOffset>(3), r.Text(4), r.Maybe<DateTimeOffset>(5)), own.Account, person);
}
