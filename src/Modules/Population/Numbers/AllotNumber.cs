using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Population.Lookups;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Numbers;

/// <summary>A number is asked for somebody of the register who has none, mostly because he was born before numbers were allotted with the birth (Luật Căn cước 26/2023, article 12). The commune police decides.</summary>
/// <param name="Person">Key of the record: who has no number cannot be named by one.</param>
/// <param name="PlaceCode">Digits 1–3, where the register does not know in which province the birth was registered.</param>
/// <param name="Paper">What the data rest on: birth certificate, extract ….</param>
/// <param name="Confirmed">Codes of the warnings that the official has looked into.</param>
/// <param name="Case">The case that an earlier check has opened.</param>
/// <param name="NotSame">Where others may be the same person: what shows that they are not. It is kept with the number.</param>
internal sealed record NumberRequest(Guid Person, [MaxLength(3)] string? PlaceCode = null, [MaxLength(NumberRequest.LongestPaper)] string? Paper = null, IReadOnlyList<string>? Confirmed = null, string? Case = null,
    [MaxLength(NumberRequest.LongestPaper)] string? NotSame = null)
{
    public const int LongestPaper = 300;
}

/// <summary>What would be done: nothing is allotted yet.</summary>
/// <param name="Case">The case that was opened; to be named when it is decided.</param>
/// <param name="Home">Where the person lives, as written.</param>
/// <param name="BirthRegistered">As the register has it.</param>
/// <param name="PlaceCode">What the register takes for the first three digits; null: the request has to say.</param>
/// <param name="Refusals">Why it would be refused; also what is still missing.</param>
/// <param name="Warnings">Codes to confirm, each with its sentence.</param>
/// <param name="Alike">Records that may be the same person's, side by side with this one.</param>
internal sealed record NumberChecked(string Case, Guid Person, string? FullName, PartialDate? Born, short? Sex, string? Home, PlaceFact? BirthRegistered, string? PlaceCode, IReadOnlyList<Fault> Refusals, IReadOnlyList<Fault> Warnings, IReadOnlyList<LikeRecord> Alike);

/// <summary>The number, to be told to the citizen.</summary>
internal sealed record NumberGiven(Guid Person, string? FullName, PartialDate? Born, PersonalNumber Number, DateOnly On, string Office);

/// <summary>Reads the person for a case and judges.</summary>
internal sealed class NumberRules(Session session, Register register, Served served, CaseBook cases, Journal journal, ILikeRecords records, IPlaces places, Sentences say, TimeProvider clock)
{
    public const string Purpose = "personal-number";

    private const int MostAlike = 3;
    private static readonly string[] Classes = [FieldClass.Identity, FieldClass.Origin, FieldClass.Residence];

    /// <param name="Known">First three digits by the register.</param>
    internal sealed record Judged(CaseFile Case, PersonState State, string? Known, string? PlaceCode, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, IReadOnlyList<LikeRecord> Alike);

    /// <param name="toAct">Holds the record: of two who decide at once, the second is told of the first.</param>
    public async Task<Outcome<Judged>> Judge(NumberRequest r, bool toAct)
    {
        var found = await served.Find(r.Person, toAct);
        if (!found.Ok(out var person))
        {
            return found.Problems.ToList();
        }

        if (person.Facts.Number is { } has)
        {
            return Problem.Conflict("population.has-number", has.ToString());
        }

        var taken = await cases.GoOn("SD", Purpose, r.Case, [r.Person]);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        await journal.Disclose([r.Person], Classes, Purpose, file.Reference);
        var (law, today) = (await LawBook.Read(session), clock.Today());
        var known = person.Facts.BirthRegistered?.Area is { } area && places.Book[area] is { } registered ? PersonalNumber.PlaceCodeOf(registered, places.Book, law, today) : null;
        var told = string.IsNullOrWhiteSpace(r.PlaceCode) ? null : r.PlaceCode.Trim();
        var alike = await Alike(r.Person, person, file);
        List<Problem> warnings = alike.Count == 0 ? [] : [Problem.Conflict("population.perhaps-twice", alike.Count.ToString(CultureInfo.InvariantCulture), string.Join("; ", alike.Select(c => $"{c.Name}, {c.Born?.Shown}, {c.Number}"))) with { Field = "confirmed" }];
        var notSaid = alike.Count > 0 && r.Confirmed?.Contains("population.perhaps-twice") == true && string.IsNullOrWhiteSpace(r.NotSame) ? Problem.Invalid("notSame", "population.not-same-missing") : null;
        return new Judged(file, person, known, known ?? told, [.. await Closed(person), .. Missing(r, person, known, told), .. notSaid is null ? [] : new[] { notSaid }], warnings, alike);
    }

    /// <summary>What no form can mend.</summary>
    private async Task<List<Problem>> Closed(PersonState p)
    {
        var refusals = new List<Problem>();
        if (p.Status is not (PersonStatus.Living or PersonStatus.Unverified))
        {
            refusals.Add(Problem.Conflict("population.number-record-closed", say["status." + Word.Write(p.Status)]));
        }

        if (p.Facts is not { Born.Year: >= PersonalNumber.FirstYear and <= PersonalNumber.LastYear, Sex: 1 or 2 })
        {
            refusals.Add(Problem.Conflict("population.number-needs-birth"));
        }

        if (p.Facts.Nationality is { Count: > 0 } of && !of.Contains("VN"))
        {
            refusals.Add(Problem.Conflict("population.number-foreigner"));
        }

        if (await served.Outside(p) is { } outside)
        {
            refusals.Add(outside);
        }

        return refusals;
    }

    private IEnumerable<Problem> Missing(NumberRequest r, PersonState p, string? known, string? told)
    {
        if (known is null && told is null)
        {
            yield return Problem.Invalid("placeCode", "population.number-place-missing");
        }
        else if (known is null && !PersonalNumber.PlaceExists(places.Book, told!))
        {
            yield return Problem.Invalid("placeCode", "population.number-place-never-existed", told!);
        }
        else if (known is not null && told is not null && told != known)
        {
            yield return Problem.Invalid("placeCode", "population.number-place-differs", known);
        }

        if (string.IsNullOrWhiteSpace(r.Paper))
        {
            yield return Problem.Invalid("paper", "population.ground-missing");
        }
        else if (r.Paper.Length > NumberRequest.LongestPaper)
        {
            yield return Problem.Invalid("paper", "population.ground-too-long", NumberRequest.LongestPaper.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Whoever may be the same person twice in the register, with a number or without: two numbers for one person are what must not be.</summary>
    private async Task<IReadOnlyList<LikeRecord>> Alike(Guid key, PersonState p, CaseFile file)
    {
        var (mother, home) = (p.Kin.FirstOrDefault(k => k.Kind == KinKind.Mother), served.Homes(p).FirstOrDefault());
        var permanent = home?.Kind == ResidenceKind.Permanent ? home : null;
        var alike = await records.Find(new Newcomer(key, p.Facts.FullName, p.Facts.Born, p.Facts.Sex, mother?.Name, await RecordOf(mother), await RecordOf(p.Kin.FirstOrDefault(k => k.Kind == KinKind.Father)), p.Facts.Phone, permanent?.Detail, permanent?.Area, p.Facts.Ethnicity), MostAlike);
        if (alike.Count > 0)
        {
            await journal.Disclose([.. alike.Select(c => c.Person)], [FieldClass.Identity, FieldClass.Family, FieldClass.Residence], Purpose, file.Reference);
        }

        return alike;
    }

    private async Task<Guid?> RecordOf(Kin? line) => line?.Person ?? (line?.Number is { } number ? await register.Answering(number) : null);
}

/// <summary>Looks at a request before it is decided: what the register knows of the person, what is missing, what stands against it.</summary>
internal sealed class CheckNumber(NumberRules rules, Served served, IPopulation population, Sentences say)
{
    public async Task<Outcome<NumberChecked>> Run(NumberRequest r)
    {
        var outcome = await rules.Judge(r, toAct: false);
        if (!outcome.Ok(out var j))
        {
            return outcome.Problems.ToList();
        }

        var facts = j.State.Facts;
        return new NumberChecked(j.Case.Reference, r.Person, facts.FullName, facts.Born, facts.Sex, served.Homes(j.State).FirstOrDefault() is { } home ? population.Address(population.InForce(home)).Written : null, facts.BirthRegistered, j.Known, Said(j.Refusals), Said(j.Warnings), j.Alike);
    }

    private IReadOnlyList<Fault> Said(IEnumerable<Problem> problems) => [.. problems.Select(p => new Fault(p.Code, say.Say(p), p.Field))];
}

/// <summary>Allots the number, and names it in the records of relatives that name the person by his record.</summary>
internal sealed class AllotNumber(NumberRules rules, Register register, ILikeRecords records, CaseBook cases, CurrentActor actor, TimeProvider clock)
{
    private const string Law = "Luật Căn cước 26/2023/QH15, điều 12";

    public async Task<Outcome<NumberGiven>> Run(NumberRequest r)
    {
        var outcome = await rules.Judge(r, toAct: true);
        if (!outcome.Ok(out var j))
        {
            return outcome.Problems.ToList();
        }

        Problem[] standing = [.. j.Refusals, .. j.Warnings.Where(w => r.Confirmed?.Contains(w.Code) != true)];
        if (standing.Length > 0)
        {
            return standing.ToList();
        }

        var ground = $"Phiếu thu thập thông tin dân cư (mẫu DC01); {r.Paper!.Trim()}; {(j.Alike.Count > 0 ? $"khác với người giống trong sổ: {r.NotSame!.Trim()}; " : "")}{Law}";
        var allotted = await register.Allot(r.Person, j.PlaceCode!, ground);
        if (!allotted.Ok(out var number))
        {
            return allotted.Problems.ToList();
        }

        if (j.Alike.Count > 0)
        {
            await records.Differ(r.Person, j.Alike, LikeRecord.AtNumber, r.NotSame!.Trim());
        }

        var named = (await register.NamedIn(r.Person)).Where(n => n.Line.Number is null).ToList();
        await cases.Name(j.Case, [.. named.Select(n => n.Person).Distinct()]);
        foreach (var (relative, line) in named)
        {
            if (await register.Find(relative) is { MergedInto: null } && (await register.Act(relative, new KinNamed(line with { Number = number, Person = null }), ground)) is { IsGood: false } refused)
            {
                return refused.Problems.ToList();
            }
        }

        var closed = await cases.Close(j.Case.Reference);
        return closed.IsGood ? new NumberGiven(r.Person, j.State.Facts.FullName, j.State.Facts.Born, number, clock.Today(), actor.Value.Office) : closed.Problems.ToList();
    }
}
