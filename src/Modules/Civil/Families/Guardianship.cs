using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Families;

/// <summary>A guardianship as it is declared (Luật Hộ tịch 60/2014, articles 19 to 23; Bộ luật Dân sự 2015, articles 46 to 63).</summary>
/// <param name="Ward">The number, or what the QR code of the card says.</param>
/// <param name="Guardian">Who is the guardian.</param>
/// <param name="Basis">natural (đương nhiên), appointed (cử), chosen (do người giám hộ lựa chọn trước), judgment (Tòa án chỉ định).</param>
/// <param name="Reason">Why the ward needs one: no-parents, parents-unable, incapable (by a court).</param>
/// <param name="PaperNo">Number of the paper that appoints, or of the court's decision.</param>
/// <param name="PaperOn">Its day.</param>
/// <param name="Agrees">The guardian agrees.</param>
internal sealed record GuardianshipDeclaration([MaxLength(300)] string? Ward, [MaxLength(300)] string? Guardian = null, string? Basis = null, string? Reason = null, [MaxLength(60)] string? PaperNo = null, DateOnly? PaperOn = null,
    bool Agrees = false, IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration
{
    public const string Natural = "natural", Incapable = "incapable";

    public static readonly string[] Bases = [Natural, "appointed", "chosen", "judgment"];

    public static readonly string[] Reasons = ["no-parents", "parents-unable", Incapable];
}

/// <summary>A guardianship began.</summary>
public sealed record GuardianshipBegan(string EntryNo, int Area, DateOnly On, Seen Ward, Seen Guardian, string Basis, string Reason, string? Paper, IReadOnlyList<string>? Confirmed = null) : IEntry
{
    public static string Kind => "civil.guardianship-began";
}

/// <summary>The end of a guardianship as it is declared.</summary>
/// <param name="Ward">The number, or what the QR code of the card says.</param>
/// <param name="Why">of-age, able-again, adopted, parents-able, replaced, guardian-died (Bộ luật Dân sự 2015, article 62).</param>
internal sealed record GuardianshipEndDeclaration([MaxLength(300)] string? Ward, string? Why = null, IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration
{
    public static readonly string[] Reasons = ["of-age", "able-again", "adopted", "parents-able", "replaced", "guardian-died"];
}

/// <summary>A guardianship ended.</summary>
/// <param name="Began">Its entry, where it is in this system.</param>
public sealed record GuardianshipEnded(string EntryNo, int Area, DateOnly On, Seen Ward, Seen? Guardian, string Why, Guid? Began) : IEntry
{
    public static string Kind => "civil.guardianship-ended";
}

/// <summary>What the rules say of a guardianship, or of its end.</summary>
internal sealed record JudgedGuardianship(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Ward, Party? Guardian, KeptEntry? Began)
    : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads ward and guardian and judges. docs/rules/guardianship.md is the same for people.</summary>
internal sealed class GuardianshipRules(ActCases acts, Competence competence, BookKeeper books, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string LettersOfEnd = "KGH";

    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "GH";

    private const int OfAge = 18;

    public async Task<Outcome<JudgedGuardianship>> Judge(GuardianshipDeclaration d, bool toAct)
    {
        var read = await Read(Letters, d.Case, d.Ward, d.Guardian, toAct);
        if (!read.Ok(out var both))
        {
            return read.Problems.ToList();
        }

        var (file, ward, guardian, found) = (both.Case, both.Ward, both.Guardian, new Findings());
        found.Refuse(ward is null, "ward", "civil.ward-missing");
        found.Refuse(guardian is null, "guardian", "civil.guardian-missing");
        found.Refuse(!GuardianshipDeclaration.Bases.Contains(d.Basis), "basis", "civil.basis-missing");
        found.Refuse(!GuardianshipDeclaration.Reasons.Contains(d.Reason), "reason", "civil.reason-missing");
        found.Refuse(d.Basis is not (null or GuardianshipDeclaration.Natural) && string.IsNullOrWhiteSpace(d.PaperNo), "paperNo", "civil.evidence-number-missing");
        found.Refuse(d.PaperOn > clock.Today(), "paperOn", "civil.day-in-future");
        found.Refuse(!d.Agrees, "agrees", "civil.guardian-agrees");
        if (ward is not null && guardian is not null)
        {
            found.Refuse(!CardText.Of(d.Ward!).Agrees(ward.Facts), "ward", "civil.card-differs");
            found.Refuse(!CardText.Of(d.Guardian!).Agrees(guardian.Facts), "guardian", "civil.card-differs");
            found.Refuse(ward.Record == guardian.Record, "guardian", "civil.own-guardian");
            found.Refuse(!ward.Lives || !guardian.Lives, "guardian", "civil.guardianship-of-dead");
            found.Refuse(guardian.AgeOn(clock.Today()) is < OfAge, "guardian", "civil.guardian-under-age");
            found.Refuse(ward.AgeOn(clock.Today()) is >= OfAge && d.Reason is not (null or GuardianshipDeclaration.Incapable), "reason", "civil.ward-of-age");
            found.Refuse(ward.State.Kin.Any(k => k.Kind == KinKind.Guardian), "ward", "civil.has-guardian", ward.State.Kin.FirstOrDefault(k => k.Kind == KinKind.Guardian)?.Name ?? "?");
            found.Refuse(ward.State.Kin.Any(k => k.Kind is KinKind.Father or KinKind.Mother && guardian.IsNamedBy(k)), "guardian", "civil.parent-needs-no-guardianship");
            await Parents(d, file, ward, found);
        }

        return Judged(both, null, found);
    }

    public async Task<Outcome<JudgedGuardianship>> JudgeEnd(GuardianshipEndDeclaration d, bool toAct)
    {
        var read = await Read(LettersOfEnd, d.Case, d.Ward, null, toAct);
        if (!read.Ok(out var both))
        {
            return read.Problems.ToList();
        }

        var (ward, found) = (both.Ward, new Findings());
        found.Refuse(ward is null, "ward", "civil.ward-missing");
        found.Refuse(!GuardianshipEndDeclaration.Reasons.Contains(d.Why), "why", "civil.end-reason-missing");
        var line = ward?.State.Kin.FirstOrDefault(k => k.Kind == KinKind.Guardian);
        found.Refuse(ward is not null && line is null, "ward", "civil.no-guardian");
        found.Refuse(d.Why == "of-age" && ward?.AgeOn(clock.Today()) is < OfAge, "why", "civil.ward-not-of-age");
        var guardian = line is null ? null : await acts.Kin(both.Case, line, toAct);
        found.Refuse(d.Why == "guardian-died" && guardian is { Record: not null, Lives: true }, "why", "civil.guardian-lives");
        return Judged(both with { Guardian = guardian }, ward?.Record is { } key ? await books.Newest("guardianship", key) : null, found);
    }

    /// <summary>A minor with a living parent needs a guardian only where both cannot care for it, which the official looks into.</summary>
    private async Task Parents(GuardianshipDeclaration d, CaseFile file, Party ward, Findings found)
    {
        foreach (var line in d.Reason == "no-parents" ? ward.State.Kin.Where(k => k.Kind is KinKind.Father or KinKind.Mother) : [])
        {
            var parent = await acts.Kin(file, line, toAct: false);
            found.Warn(parent is { Record: not null, Lives: true }, "civil.parent-lives", parent.Facts.FullName ?? "?");
        }
    }

    private sealed record Both(CaseFile Case, Party? Ward, Party? Guardian);

    private async Task<Outcome<Both>> Read(string letters, string? reference, string? wardTold, string? guardianTold, bool toAct)
    {
        var problems = new List<Problem>();
        var (ward, guardian) = (await acts.Key(wardTold, "ward", problems), await acts.Key(guardianTold, "guardian", problems));
        if (problems.Count > 0)
        {
            return problems;
        }

        var taken = await acts.TakeUp(letters, reference, ward, guardian);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var read = await acts.Read([ward, guardian], toAct);
        var both = new Both(file, ward is { } w ? read.GetValueOrDefault(w) : null, guardian is { } g ? read.GetValueOrDefault(g) : null);
        return await acts.Disclose(file, both.Ward, both.Guardian) is { } refusal ? refusal : both;
    }

    private Outcome<JudgedGuardianship> Judged(Both both, KeptEntry? began, Findings found)
    {
        var here = competence.Of(new[] { both.Ward, both.Guardian }.OfType<Party>().Select(p => p.State), began is not null && competence.IsMine(began.Area));
        found.Refuse(both.Ward is null ? [] : here.Problems);
        var people = new[] { ("ward", both.Ward), ("guardian", both.Guardian) }.Where(p => p.Item2 is not null).Select(p => acts.Seen(p.Item1, p.Item2!)).ToList();
        return new JudgedGuardianship(both.Case, here.Ok(out var office) ? office : null, people, found.Refusals, found.Warnings, both.Ward, both.Guardian, began);
    }
}

/// <summary>Looks at a guardianship before it is decided.</summary>
internal sealed class CheckGuardianship(GuardianshipRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(GuardianshipDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Looks at the end of a guardianship before it is decided.</summary>
internal sealed class CheckGuardianshipEnd(GuardianshipRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(GuardianshipEndDeclaration d) => desk.Check(() => rules.JudgeEnd(d, toAct: false));
}

/// <summary>Registers a guardianship: each is named in the other's record, and the guardian may act for the ward from now on.</summary>
internal sealed class RegisterGuardianship(GuardianshipRules rules, ActDesk desk, IPopulation population, BookKeeper books, TimeProvider clock)
{
    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 20, 21";

    public Task<Outcome<ActRegistered>> Run(GuardianshipDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(GuardianshipDeclaration d, JudgedGuardianship j)
    {
        var paper = string.IsNullOrWhiteSpace(d.PaperNo) ? null : $"số {d.PaperNo.Trim()}{(d.PaperOn is { } on ? $" ngày {on.Shown()}" : "")}";
        var (ward, guardian, ground) = (j.Ward!, j.Guardian!, $"{(paper is null ? "Tờ khai đăng ký giám hộ" : $"Văn bản {paper}")}; {Law}");
        var doing = new Doing(population, ground);
        await doing.Act(ward.Record!.Value, new KinNamed(guardian.As(KinKind.Guardian, ward.State.Kin.Select(k => k.No).DefaultIfEmpty(-1).Max() + 1), clock.Today()));
        await doing.Act(guardian.Record!.Value, new KinNamed(ward.As(KinKind.Ward, guardian.State.Kin.Select(k => k.No).DefaultIfEmpty(-1).Max() + 1), clock.Today()));
        return doing.Problems.Count > 0 ? doing.Problems : await books.Enter(new NewEntry("guardianship", j.Office!.Id, ward.Record.Value, [(ward.Record.Value, "ward"), (guardian.Record.Value, "guardian")]),
            no => new GuardianshipBegan(no, j.Office.Id, clock.Today(), j.People[0], j.People[1], d.Basis!, d.Reason!, paper, j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), ground);
    }
}

/// <summary>Registers the end of a guardianship: neither is named in the other's record any more; the entry says so.</summary>
internal sealed class EndGuardianship(GuardianshipRules rules, ActDesk desk, IPopulation population, BookKeeper books, TimeProvider clock)
{
    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 22";

    public Task<Outcome<ActRegistered>> Run(GuardianshipEndDeclaration d) => desk.Decide(d, () => rules.JudgeEnd(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(GuardianshipEndDeclaration d, JudgedGuardianship j)
    {
        var (ward, guardian, ground) = (j.Ward!, j.Guardian!, $"Tờ khai đăng ký chấm dứt giám hộ; {Law}");
        var doing = new Doing(population, ground);
        foreach (var line in ward.State.Kin.Where(k => k.Kind == KinKind.Guardian))
        {
            await doing.Act(ward.Record!.Value, new KinEnded(line.No, On: clock.Today()));
        }

        foreach (var line in guardian.Record is null ? [] : guardian.State.Kin.Where(k => k.Kind == KinKind.Ward && ward.IsNamedBy(k)))
        {
            await doing.Act(guardian.Record!.Value, new KinEnded(line.No, On: clock.Today()));
        }

        if (doing.Problems.Count > 0)
        {
            return doing.Problems;
        }

        List<(Guid, string)> parties = [(ward.Record!.Value, "ward"), .. guardian.Record is { } key ? new[] { (key, "guardian") } : []];
        var entry = await books.Enter(new NewEntry("guardianship", j.Office!.Id, ward.Record.Value, parties), no => new GuardianshipEnded(no, j.Office.Id, clock.Today(), j.People[0], j.People.Count > 1 ? j.People[1] : null, d.Why!, j.Began?.Id), ground);
        if (j.Began is { } began)
        {
            await books.Annotate(began, "ended", $"Chấm dứt giám hộ số {entry.No}", entry.Id, ground);
        }

        return entry;
    }
}
