using System.Globalization;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Papers;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>Hands out the notice of the result of a decision (thông báo kết quả, form CT08), by the commune that decided: it is made once, and is the same each time after. Whoever gets it can have it checked like any other paper.
/// Of a declared absence and of a stay there is none.</summary>
internal sealed class IssueNotice(DecisionBook decisions, EntryBook book, ChangeWords words, PaperCases papers, PaperPress press, Competence competence, Sentences say)
{
    public const string Notice = "notice";

    private const string Title = "Thông báo kết quả giải quyết đăng ký cư trú", Law = "Luật Cư trú 68/2020/QH14";

    /// <param name="Decision">Key of the decision.</param>
    internal sealed record Request(Guid Decision);

    public static bool Has(string act) => act is not (ResidenceRequest.Absence or ResidenceRequest.Stay);

    public async Task<Outcome<PaperFile>> Run(Request r)
    {
        if (await decisions.Find(r.Decision) is not { } decision)
        {
            return Problem.Missing("civil.no-decision");
        }

        var told = decision.Told;
        if (!Has(told.Act))
        {
            return Problem.Conflict("civil.no-notice");
        }

        if (!competence.IsMine(told.Area))
        {
            return Problem.Forbidden("civil.paper-elsewhere", decision.Office);
        }

        var taken = await papers.Take(ReadHome.Purpose, [.. told.Persons.Append(told.AskedBy).Select(p => p.Person).Distinct()]);
        if (!taken.IsGood)
        {
            return taken.Problems.ToList();
        }

        return (await book.Papers(r.Decision)).FirstOrDefault(p => p.EndedAt is null) is { } there ? await press.Again(there, Law)
            : await Make(decision);
    }

    /// <summary>The notice of a decision that was taken just now, in its transaction; null: there is none of such a decision.</summary>
    public async Task<PaperFile?> MakeFor(Guid id) => await decisions.Find(id) is { } decision && Has(decision.Told.Act) ? await Make(decision) : null;

    private async Task<PaperFile> Make(KeptDecision of) =>
        await press.Make(new PaperSource(of.Id, "residence", of.Told.DecisionNo, of.Told.On, of.Told.Area, of.Office, await Text(of.Told), []), Notice, Title, null, Law);

    /// <summary>What it says: what was decided, for whom, and what has changed for each.</summary>
    private async Task<EntryTold> Text(ResidenceDecided d)
    {
        var changes = await words.InVietnamese(d);
        return new EntryTold(
        [
            new ToldPart("", [("Nội dung", say.All["civil.residence-act-" + d.Act].Vi), ("Người yêu cầu", Named(d.AskedBy)), .. d.Persons.Where(p => p.Person != d.AskedBy.Person).Select(p => ("Người liên quan", Named(p))), ("Căn cứ", d.Law), ("Có hiệu lực từ", d.On.Shown())]),
            new ToldPart("Kết quả", [.. changes.Select((c, no) => ($"{no + 1}", c))]),
        ], d.AskedBy.FullName ?? "?", null);
    }

    private static string Named(DecidedPerson p) => p.Number is { } number ? $"{p.FullName?.ToUpperInvariant()}, số định danh {number}" : p.FullName?.ToUpperInvariant() ?? "?";
}

/// <summary>The newest decisions that the official's commune has taken or was told of. No person is named.</summary>
internal sealed class ListDecisions(DecisionBook decisions, Competence competence)
{
    private const int Most = 20;

    internal sealed record Request;

    /// <param name="Decision">Key.</param>
    /// <param name="Notice">A notice can be handed out here.</param>
    internal sealed record Line(Guid Decision, string Act, string No, DateOnly On, string Office, bool Notice);

    internal sealed record Listed(IReadOnlyList<Line> Decisions);

    public async Task<Outcome<Listed>> Run(Request _) => new Listed([.. (await decisions.Newest(Most)).Select(d => new Line(d.Id, d.Told.Act, d.Told.DecisionNo, d.Told.On, d.Office, IssueNotice.Has(d.Told.Act) && competence.IsMine(d.Told.Area)))]);
}

/// <summary>What a decision changed, in words.</summary>
internal sealed class ChangeWords(IPopulation population, ICodeNames codes, Sentences say)
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi");

    /// <summary>In the language of the reader.</summary>
    public async Task<Func<DecidedChange, string>> Spoken()
    {
        var names = (await population.Codes("relation")).ToDictionary(r => r.Code, r => r.Name, StringComparer.Ordinal);
        return change => Say(CultureInfo.CurrentUICulture, change, code => names.GetValueOrDefault(code, code));
    }

    /// <summary>On paper: of each person or household one line.</summary>
    public async Task<IReadOnlyList<string>> InVietnamese(ResidenceDecided d)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in d.Changes.Where(OfHousehold).SelectMany(c => new[] { c.Before, c.After }).OfType<string>().Distinct())
        {
            names[code] = await codes.InVietnamese("relation", code);
        }

        string Text(DecidedChange c) => Say(Vietnamese, c, code => names[code]);
        return [.. d.Changes.GroupBy(c => c.Subject).Select(g => string.Join("; ", g.Select((c, no) => no > 0 && c.Name is { } name && Text(c) is var text && text.StartsWith(name + ": ", StringComparison.Ordinal) ? text[(name.Length + 2)..] : Text(c))))];
    }

    private string Say(CultureInfo language, DecidedChange c, Func<string, string> relation)
    {
        string Name(string? text, string none) => text is null ? none : OfHousehold(c) ? relation(text) : text;
        return say.Say("civil.change-" + c.What, language, c.Name ?? "", Name(c.Before, say.Say("civil.not-registered", language)), Name(c.After, "?"), c.Until?.Shown() ?? "?");
    }

    /// <summary>Before and after are relations to the head.</summary>
    private static bool OfHousehold(DecidedChange c) => c.What is "member" or "leaves";
}

/// <summary>The decision that ended a case of the official's office.</summary>
internal sealed class TellDecision(DecisionBook decisions)
{
    public async Task<Outcome<ResidenceDecided>> Run(string caseReference) => await decisions.Of(caseReference) is { } decided ? decided : Problem.Missing("civil.no-decision");
}
