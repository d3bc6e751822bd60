using CsCheck;

namespace SoGoc.Population.Tests;

/// <summary>Residences, memberships, kin, papers and doubts; those that are numbered take the number they are given.</summary>
internal static class Parts
{
    public static Gen<ResidenceKind> ResidenceKind { get; } = Given.AnyOf(Enum.GetValues<ResidenceKind>());

    public static Gen<Func<Scene, int, Residence>> Residence { get; } = Gen.Select(ResidenceKind, Gen.Int[0, 5], Given.Maybe(Given.Text), Given.MaybeValue(Given.Day), Given.MaybeValue(Gen.Int[1, 900]),
        (kind, area, detail, from, days) => new Func<Scene, int, Residence>((s, no) =>
            new Residence(no, kind, area < s.Areas.Length ? s.Areas[area] : null, detail, from, days is { } d ? (from ?? new DateOnly(2020, 1, 1)) is var f && f.Year < 9990 ? f.AddDays(d) : null : null)));

    public static Gen<Func<Scene, int, Membership>> Membership { get; } = Gen.Select(Gen.Int[0, 3], Given.AnyOf("02", "03", "10", "99"), Given.MaybeValue(Given.NearDay), Given.MaybeValue(Gen.Int[1, 900]),
        (household, relation, from, days) => new Func<Scene, int, Membership>((s, no) => household < s.Households.Length
            ? new Membership(no, s.Households[household], relation, from, days is { } d ? (from ?? new DateOnly(2020, 1, 1)).AddDays(d) : null)
            : new Membership(no, s.OwnHousehold, "01", from, null)));

    /// <summary>By number, by key, by name alone, or by nothing but the kind.</summary>
    public static Gen<Func<Scene, int, Kin>> Kin { get; } = Gen.Select(Given.AnyOf(Enum.GetValues<KinKind>()), Given.Maybe(Given.Text), Gen.Int[0, 3], Given.Number, Gen.Int[0, 2], Given.Maybe(Given.Text),
        (kind, name, link, number, elder, text) => new Func<Scene, int, Kin>((s, no) =>
            new Kin(no, kind, name, link == 1 ? number : null, link == 2 ? s.Elders[elder] : null, link == 3 ? "123456789" : null, text)));

    public static Gen<Func<Scene, int, IdPaper>> Paper { get; } = Gen.Select(Given.AnyOf(Enum.GetValues<PaperKind>()), Given.Maybe(Given.Text), Given.MaybeValue(Given.Partial(1, 9999)),
        Given.Maybe(Given.Text), Given.MaybeValue(Given.Day), (kind, number, issued, place, expires) =>
            new Func<Scene, int, IdPaper>((s, no) => new IdPaper(no, kind, number, issued, place, expires)));

    public static Gen<Doubt> Doubt { get; } = Gen.Select(Given.AnyOf("number", "born", "fatherNumber"), Given.AnyOf("population.number-disagrees-sex", "population.kin-number-malformed"),
        Given.Maybe(Given.Text), (field, code, note) => new Doubt(field, code, note));

    /// <summary>All that a new person can bring: residences in any order of days, each kind once or one behind the other; one membership; kin; papers; doubts; numbers given up.</summary>
    public static Gen<Func<Scene, PersonState>> Together { get; } = Gen.Select(
        Gen.Select(Residence.Array[0, 4], Membership.Array[0, 1], Kin.Array[0, 4], Paper.Array[0, 2]),
        Gen.Select(Doubt.Array[0, 3], Given.Number.Array[0, 2], Given.Text, Gen.Short[0, 1]),
        Given.AnyOf(PersonStatus.Living, PersonStatus.Dead, PersonStatus.Missing, PersonStatus.Emigrated, PersonStatus.Denaturalised, PersonStatus.Unverified, PersonStatus.Cancelled),
        (numbered, plain, status) => new Func<Scene, PersonState>(s =>
        {
            var (homes, members, kin, papers) = numbered;
            var (doubts, formers, why, level) = plain;
            return new PersonState
            {
                Facts = new PersonFacts(),
                Status = status,
                Confidential = level,
                Residences = [.. homes.Select((h, no) => h(s, no)).DistinctBy(h => h.Kind).Reverse()],
                Memberships = [.. members.Select((m, no) => m(s, no))],
                Kin = [.. kin.Select((k, no) => k(s, no)).DistinctBy(k => k.Kind)],
                Papers = [.. papers.Select((p, no) => p(s, no))],
                Doubts = [.. doubts.DistinctBy(d => (d.Field, d.Code))],
                FormerNumbers = [.. formers.Select(n => new FormerNumber(n, why))],
            };
        }));
}
