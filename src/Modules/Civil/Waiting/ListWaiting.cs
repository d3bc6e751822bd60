using System.Globalization;
using NpgsqlTypes;
using SoGoc.Civil.Filings;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Waiting;

/// <summary>What waits for the official, by deadline: acts that he has begun and not decided, and parts of linked filings that he decides. Whom an act is about is said as he has seen it for its case.</summary>
internal sealed class ListWaiting(CaseBook cases, DraftBook drafts, Reads reads, Session session, CurrentActor actor, TimeProvider clock)
{
    internal sealed record Request;

    /// <param name="What">Code of the sentence that says what it is: civil.act-marriage, civil.step-residence-removal.</param>
    /// <param name="Reference">Code of the case, or of the linked filing.</param>
    /// <param name="Link">Where it goes on.</param>
    /// <param name="Due">By when it has to be decided; null: the law sets no day.</param>
    /// <param name="Begun">An act that can go on or be left; false: a part of a filing.</param>
    /// <param name="About">Whom an act is about, where its form has been filled in.</param>
    internal sealed record Item(string What, string Reference, string Link, DateTimeOffset Since, DateTimeOffset? Due, bool Late, bool Begun, string? About = null);

    internal sealed record Waiting(IReadOnlyList<Item> Items);

    public async Task<Outcome<Waiting>> Run(Request _)
    {
        var (now, days, law) = (clock.GetUtcNow(), await OfficeDays.Read(session), await LawBook.Read(session));
        var mine = (await cases.Mine()).Where(c => c.Kind == "act").ToList();
        var about = await drafts.About(mine.Select(c => c.Id));
        var acts = mine.Select(c => Begun(c, about.GetValueOrDefault(c.Id), days, law, now)).OfType<Item>();
        var parts = !actor.Value.May(Permission.Of(CivilPermission.DecideFiling)) ? [] : await FilingShown.Read(reads, "exists (select from civil.filing_part p where p.filing_id = f.id and p.state = 'open' and p.holder = $2)", now, FilingStep.Police.As(NpgsqlDbType.Text));
        var steps = parts.SelectMany(f => f.Parts.Where(p => p is { State: "open", Holder: FilingStep.Police }).Select(p => new Item("civil.step-" + p.Step, f.Code, $"/lien-thong/{Uri.EscapeDataString(f.Code)}", f.MadeAt, p.Due, p.Late, Begun: false)));
        return new Waiting([.. acts.Concat(steps).OrderBy(i => i.Due ?? DateTimeOffset.MaxValue).ThenBy(i => i.Since)]);
    }

    private static Item? Begun(CaseFile c, string? about, OfficeDays days, LawBook law, DateTimeOffset now)
    {
        var (what, link, due) = ActTerm.Of(c.Reference, c.OpenedAt, days, law);
        return what.Length == 0 ? null : new Item(what, c.Reference, $"{link}?viec={Uri.EscapeDataString(c.Reference)}", c.OpenedAt, due, due < now, Begun: true, about);
    }
}

/// <summary>Leaves an act that was begun: nothing of it was registered, and its case ends.</summary>
internal sealed class LeaveAct(CaseBook cases, DraftBook drafts)
{
    /// <param name="Case">Reference of the case.</param>
    internal sealed record Request(string? Case);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var found = await cases.FindOpen(r.Case ?? "");
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        if (file.Kind != "act")
        {
            return Problem.Conflict("civil.no-act-begun");
        }

        await drafts.Drop(file);
        var closed = await cases.Close(file.Reference);
        return closed.IsGood ? Done.It : closed.Problems.ToList();
    }
}

/// <summary>How much waits, on the first page.</summary>
internal sealed class WaitingAtHand(Kernel.Web.Runner runner) : IWorkAtHand
{
    public async Task<IReadOnlyList<WorkItem>> For(Actor who)
    {
        if (!who.May(Permission.Of(CivilPermission.ReadFilings)) || (await runner.Run<ListWaiting, ListWaiting.Waiting>(f => f.Run(new ListWaiting.Request()))).Value is not { Items: { Count: > 0 } items })
        {
            return [];
        }

        var late = items.Count(i => i.Late);
        return [new WorkItem(late > 0 ? "civil.at-hand-late" : "civil.at-hand-waiting", (late > 0 ? late : items.Count).ToString("N0", CultureInfo.CurrentCulture), WaitingPage.Path, Waits: true)];
    }
}
