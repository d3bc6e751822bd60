using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Population.Lookups;

/// <summary>Says of values that are claimed for a number whether they are those of the register, and nothing else: who asks learns no value, nor whether
/// the number is anybody's. For offices and firms that have the person before them.</summary>
internal sealed class VerifyPerson(BeyondDuty reads, Reads within, Journal journal, CurrentActor actor, Reasons reasons, Guesses guesses, IPlaces places, TimeProvider clock)
{
    /// <param name="Number">The personal number that is claimed.</param>
    /// <param name="Claims">What is claimed: fullName, born, sex (1 or 2), ethnicity, nationality, marital, oldId, phone, permanentCommune (its code today), living (true).</param>
    /// <param name="Purpose">Code of the purpose; written into the record of readings.</param>
    /// <param name="Case">Reference of the open case it is asked for.</param>
    internal sealed record Request([Required] string? Number, [Required] IReadOnlyDictionary<string, string>? Claims,
        [Required, Length(1, Reason.Longest)] string? Purpose, [Required, Length(1, Reason.Longest)] string? Case);

    /// <param name="Fields">For each claim: match, mismatch, or unknown (the register does not know, or may not tell).</param>
    internal sealed record Verified(IReadOnlyDictionary<string, string> Fields);

    private sealed record Stored(Guid Id, string FullName, PartialDate? Born, short? Sex, string? Ethnicity, string[]? Nationality, short? Marital, string[]? OldIds, string? Phone, string Status, int? Area, bool Confidential);

    private const string Match = "match", Mismatch = "mismatch", Unknown = "unknown";

    /// <summary>What can be claimed, and the class of fields it belongs to.</summary>
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["fullName"] = FieldClass.Identity, ["born"] = FieldClass.Identity, ["sex"] = FieldClass.Identity, ["ethnicity"] = FieldClass.Origin, ["nationality"] = FieldClass.Identity,
        ["marital"] = FieldClass.Family, ["oldId"] = FieldClass.Papers, ["phone"] = FieldClass.Contact, ["permanentCommune"] = FieldClass.Residence, ["living"] = FieldClass.Identity,
    };

    public async Task<Outcome<Verified>> Run(Request r)
    {
        var problems = new List<Problem>();
        var reason = await reasons.Check(r.Purpose, r.Case, problems);
        if (!PersonalNumber.TryParse(r.Number, out var number, out var fault))
        {
            problems.Add(fault with { Field = "number" });
        }

        if (r.Claims is not { Count: > 0 })
        {
            problems.Add(Problem.Invalid("claims", "population.claims-missing"));
        }

        foreach (var (name, value) in r.Claims ?? new Dictionary<string, string>())
        {
            if (!Known.TryGetValue(name, out var kind))
            {
                problems.Add(Problem.Invalid($"claims.{name}", "population.no-field", name));
            }
            else if (reason is not null && !reason.Allows(kind))
            {
                problems.Add(FieldClass.Beyond(reason, kind, name, $"claims.{name}"));
            }
            else if (name == "born" && !DateWriting.TryRead(value ?? "", out _) && !PartialDate.TryParse(value, out _))
            {
                problems.Add(Problem.Invalid("claims.born", "population.birth-not-a-date"));
            }
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        if (await guesses.Take(number) is { } tooOften)
        {
            return tooOften;
        }

        var stored = (await reads.ByKey("""
            select p.number, p.id, p.full_name, p.born_earliest, p.born_precision, p.sex, p.ethnicity, p.nationality, p.marital, p.old_ids, p.phone, p.status,
                   (select r.area_id from population.residence r where r.person_id = p.id and r.kind = 'permanent' and upper_inf(r.valid)), p.confidential > 0
              from population.person p where p.number = any($1) and p.status <> 'merged'
            """, [number.ToString()], x => new Stored(x.GetGuid(1), x.GetString(2), PartialDate.Stored(x.Maybe<DateOnly>(3), x.Maybe<short>(4)), x.Maybe<short>(5), x.Text(6), x.IsDBNull(7) ? null : x.Get<string[]>(7),
                x.Maybe<short>(8), x.IsDBNull(9) ? null : x.Get<string[]>(9), x.Text(10), x.GetString(11), x.Maybe<int>(12), x.GetBoolean(13)))).FirstOrDefault().Row;
        var hidden = stored is null || (stored.Confidential && !actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential))) || !await within.Agreed(actor.Value, stored.Id);
        var fields = r.Claims!.ToDictionary(c => c.Key, c => hidden ? Unknown : Compare(stored!, c.Key, c.Value.Trim()), StringComparer.Ordinal);
        if (!hidden)
        {
            await journal.Disclose([stored!.Id], [.. fields.Keys.Select(f => "verify:" + f)], r.Purpose!, r.Case!);
        }

        return new Verified(fields);
    }

    private string Compare(Stored s, string field, string claim) => field switch
    {
        // Capitals, spaces and where the tone mark stands do not make another name; a mark that is wrong or missing does.
        "fullName" => Same(NameSpelling.Of(s.FullName) == NameSpelling.Of(claim)),
        "born" => Born(s.Born, claim),
        "sex" => s.Sex is null or 0 ? Unknown : Same(claim == s.Sex.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        "ethnicity" => s.Ethnicity is null ? Unknown : Same(claim == s.Ethnicity),
        "nationality" => s.Nationality is null ? Unknown : Same(s.Nationality.Contains(claim)),
        "marital" => s.Marital is null or 0 ? Unknown : Same(claim == s.Marital.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        "oldId" => s.OldIds is null ? Unknown : Same(s.OldIds.Contains(claim)),
        "phone" => s.Phone is null ? Unknown : Same(s.Phone == claim),
        "permanentCommune" => Commune(s.Area, claim),
        _ => Same((s.Status == "living").ToString().Equals(claim, StringComparison.OrdinalIgnoreCase)),
    };

    private static string Same(bool same) => same ? Match : Mismatch;

    /// <summary>A year that agrees with a full date is all that the register can say.</summary>
    private static string Born(PartialDate? born, string claim)
    {
        var claimed = PartialDate.TryParse(claim, out var iso) ? iso : DateWriting.TryRead(claim, out var written) ? written : PartialDate.Unknown;
        return born is not { } b || b.Precision == DatePrecision.Unknown || claimed.Precision == DatePrecision.Unknown ? Unknown
            : b == claimed ? Match
            : b.CertainlyBefore(claimed) || claimed.CertainlyBefore(b) ? Mismatch : Unknown;
    }

    private string Commune(int? area, string claim)
    {
        if (area is not { } id || places.Book[id] is not { } unit)
        {
            return Unknown;
        }

        var now = places.Book.Resolve(unit, clock.Today());
        return now.Certain ? Same(now.Area!.Code == claim) : now.Candidates.Any(c => c.Area.Code == claim) ? Unknown : Mismatch;
    }
}
