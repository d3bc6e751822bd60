using System.Globalization;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>One act of the commune police: what it is held to, and what follows from it.</summary>
internal interface IResidenceAct
{
    /// <summary>Its word in <see cref="ResidenceRequest.Act"/>.</summary>
    string Act { get; }

    /// <summary>The article it rests on.</summary>
    string Law { get; }

    /// <summary>Says what stands against it, and plans what follows.</summary>
    void Judge(Deliberation d);
}

/// <summary>A request while it is judged: what is asked, what the register knows, the law of the day; and what stands against it and would follow.</summary>
/// <param name="Commune">The unit of today in which the official decides.</param>
internal sealed record Deliberation(ResidenceRequest Request, Known Known, Area Commune, IReadOnlyList<Area> Mine, LawBook Law, PlaceBook Book, DateOnly Today, Plan Plan)
{
    public List<Problem> Refusals { get; } = [];

    public List<Problem> Warnings { get; } = [];

    public IReadOnlyList<Resident> Chosen { get; } = Known.Chosen(Request);

    /// <summary>Who belongs to the household and is not chosen.</summary>
    public IReadOnlyList<Resident> Others => [.. (Known.Home?.Members ?? []).Where(m => m.Lives && Chosen.All(c => c.Key != m.Key))];

    public void Refuse(bool wrong, string? field, string code, params string[] data)
    {
        if (wrong)
        {
            Refusals.Add(Problem.Conflict(code, data) with { Field = field });
        }
    }

    public void Warn(bool unlikely, string code, params string[] data)
    {
        if (unlikely)
        {
            Warnings.Add(Problem.Conflict(code, data) with { Field = "confirmed" });
        }
    }

    /// <summary>A limit of the law on the day.</summary>
    public int Limit(string key) => Law.Find(key, Today)?.Number ?? throw new InvalidOperationException($"No rule of law {key}: load reference/law.csv.");

    /// <summary>Whether a place lies where the official decides.</summary>
    public bool Here(int? area) => area is { } id && Book[id] is { } place && Mine.Any(m => Book.Covers(m, place, Today));

    public Residence? Open(Resident p, ResidenceKind kind) => p.At(kind, Today);

    public bool SamePlace(int? area, string? detail, int? otherArea, string? otherDetail) => Now(area) == Now(otherArea) && NameKey.Of(detail ?? "") == NameKey.Of(otherDetail ?? "");

    public bool IsAdult(Resident p) => p.State.Facts.Born?.Latest is not { } born || born <= Today.AddYears(-Limit("civil.adult-age"));

    /// <summary>Minors among the chosen who would live without father, mother or guardian.</summary>
    public IEnumerable<Resident> Alone(IReadOnlyList<Resident> with) => Chosen.Where(c => !IsAdult(c) && !with.Any(w => w.Lives && (Relations.IsParent(w, c) || Relations.IsGuardian(w, c))));

    /// <summary>Gives a household its head and everybody what he is to him; who is head already stays so unless another is named.</summary>
    /// <param name="named">Key or number of the head.</param>
    /// <param name="field">Where it is said.</param>
    public void Regroup(Guid home, IReadOnlyList<Resident> people, string? named, string field)
    {
        if (people.Count == 0)
        {
            return;
        }

        var told = !string.IsNullOrWhiteSpace(named);
        var head = told ? people.FirstOrDefault(p => p.Answers(named)) : people.FirstOrDefault(p => p.Lives && p.Member(Today)?.Relation == Resident.HeadOfHousehold);
        if (head is null)
        {
            Refuse(true, field, told ? "civil.head-not-among" : "civil.head-missing", string.Join(", ", people.Select(p => p.Name)));
            return;
        }

        Refuse(!head.Lives, field, "civil.resident-dead", head.Name);
        Refuse(!IsAdult(head) && people.Any(IsAdult), field, "civil.head-minor", head.Name);
        var (was, relations) = (head.Member(Today), new Relations([.. Known.People, .. people], Today));
        foreach (var p in people)
        {
            // Under the same head everybody stays what he was.
            var same = was is { Relation: Resident.HeadOfHousehold } && p.Member(Today) is { } his && his.Household == was.Household ? his.Relation : null;
            Plan.Join(p, home, p.Key == head.Key ? Resident.HeadOfHousehold : Told(p) ?? same ?? relations.Of(p, head));
        }
    }

    /// <summary>What the request says a person is to the head.</summary>
    public string? Told(Resident p) => Request.Relations?.FirstOrDefault(t => p.Answers(t?.Person))?.Relation is { Length: > 0 } told && told != Resident.HeadOfHousehold ? told : null;

    public static string N(decimal number) => number.ToString("0.##", CultureInfo.GetCultureInfo("vi-VN"));

    private int? Now(int? area) => area is { } id && Book[id] is { } unit ? Book.Resolve(unit, Today).Area?.Id ?? id : area;
}
