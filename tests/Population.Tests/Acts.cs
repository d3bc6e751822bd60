using CsCheck;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population.Persons;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>The others around the person of a sequence: people who can be merged into or named as kin, households that can be joined, units.</summary>
internal sealed record Scene(Guid[] Elders, Guid[] Households, Guid OwnHousehold, int[] Areas);

/// <summary>One kind of entry: acts of it that are valid for a person as he is, and how the register is asked for one.</summary>
internal sealed record Act(string Kind, Gen<Func<PersonState, Scene, IPersonEntry?>> Some, Func<IPopulation, Guid, IPersonEntry, Task<Outcome<PersonState>>> Ask)
{
    /// <summary>Every kind that can follow the first; it makes null where the person's state allows none of it.</summary>
    public static IReadOnlyList<Act> All { get; } =
    [
        Of(Gen.Select(Facts.Told, Facts.Cleared, (after, cleared) => new Func<PersonState, Scene, PersonCorrected?>((p, s) =>
            Corrected(p, after(s), cleared) is var (b, a, c) ? new PersonCorrected(b, a, c) : null))),
        Of(Gen.Select(Facts.Told, Facts.Cleared, (after, cleared) => new Func<PersonState, Scene, PersonChanged?>((p, s) =>
            Corrected(p, after(s), cleared) is var (b, a, c) ? new PersonChanged(b, a, c) : null))),
        Of(Gen.Select(Facts.Told, Parts.Kin, Parts.Paper, Parts.Residence, Parts.Membership, Gen.Bool, Gen.Int[0, 9_000_000], (after, kin, paper, home, member, fromList, row) =>
            new Func<PersonState, Scene, PersonCompleted?>((p, s) => Completed(p, s, after(s), kin, paper, home, member, fromList ? row : null)))),
        Of(Gen.Select(Parts.ResidenceKind, Given.NearDay, Gen.Int[0, 12], Parts.Residence, (kind, on, days, like) =>
            new Func<PersonState, Scene, ResidenceBegan?>((p, s) => new ResidenceBegan(kind, like(s, 0).Area, like(s, 0).Detail, on, days == 0 ? null : on.AddDays(days))))),
        Of(Gen.Select(Parts.ResidenceKind, Given.NearDay, (kind, on) => new Func<PersonState, Scene, ResidenceEnded?>((p, s) => new ResidenceEnded(kind, on)))),
        Of(Gen.Select(Parts.Membership, Given.NearDay, (like, on) => new Func<PersonState, Scene, HouseholdJoined?>((p, s) => new HouseholdJoined(like(s, 0).Household, like(s, 0).Relation, on)))),
        Of(Given.NearDay.Select(on => new Func<PersonState, Scene, HouseholdLeft?>((p, s) => new HouseholdLeft(on)))),
        Of(Gen.Select(Parts.Kin, Gen.Bool, (kin, anew) => new Func<PersonState, Scene, KinNamed?>((p, s) =>
            new KinNamed(kin(s, anew || p.Kin.Count == 0 ? PersonFold.Next(p.Kin.Select(k => k.No)) : p.Kin[^1].No))))),
        Of(Gen.Int[0, 4].Select(no => new Func<PersonState, Scene, KinEnded?>((p, s) => new KinEnded(no)))),
        Of(Gen.Select(Parts.Paper, Gen.Bool, (paper, anew) => new Func<PersonState, Scene, PaperIssued?>((p, s) =>
            new PaperIssued(paper(s, anew || p.Papers.Count == 0 ? PersonFold.Next(p.Papers.Select(x => x.No)) : p.Papers[^1].No))))),
        Of(Gen.Select(Given.AnyOf([.. Enum.GetValues<PersonStatus>().Where(s => s != PersonStatus.Merged)]), Given.MaybeValue(Given.Partial(1900, 2026)), (status, on) =>
            new Func<PersonState, Scene, StatusChanged?>((p, s) => new StatusChanged(status, on?.CertainlyBefore(p.Facts.Born ?? PartialDate.Unknown) == true ? null : on)))),
        Of(Gen.Int[0, 2].Select(n => new Func<PersonState, Scene, PersonMerged?>((p, s) => p.MergedInto is null ? new PersonMerged(s.Elders[n], p.Status) : null))),
        Of(Gen.Const(new Func<PersonState, Scene, PersonSeparated?>((p, s) => p.MergedInto is null ? null : new PersonSeparated(PersonStatus.Living)))),
        Of(Gen.Select(Gen.Int[0, 2], Gen.Bool, (kept, kin) => new Func<PersonState, Scene, PersonRestored?>((p, s) =>
            new PersonRestored(Guid.Empty, Residences: [.. p.Residences.Take(kept)], Memberships: [.. p.Memberships.Take(kept)], Kin: kin ? [.. p.Kin.Take(kept)] : null)))),
        Of(Given.Number.Select(n => new Func<PersonState, Scene, NumberAllotted?>((p, s) => p.Facts.Number is null ? new NumberAllotted(n) : null))),
        Of(Gen.Select(Given.Number, Gen.Bool, Given.Text, (n, back, why) => new Func<PersonState, Scene, NumberReplaced?>((p, s) =>
            p.Facts.Number is { } now ? new NumberReplaced(now, back && p.FormerNumbers.FirstOrDefault(f => f.Number != now) is { } former ? former.Number : n, why) : null))),
        Of(Parts.Doubt.Select(d => new Func<PersonState, Scene, DoubtRaised?>((p, s) => new DoubtRaised(d)))),
        Of(Gen.Select(Parts.Doubt, Gen.Bool, (d, known) => new Func<PersonState, Scene, DoubtSettled?>((p, s) =>
            known && p.Doubts.Count > 0 ? new DoubtSettled(p.Doubts[0].Field, p.Doubts[0].Code) : new DoubtSettled(d.Field, d.Code)))),
        Of(Gen.Short[0, 2].Select(level => new Func<PersonState, Scene, ConfidentialitySet?>((p, s) => new ConfidentialitySet(level)))),
    ];

    /// <summary>A person as he comes into the register, with everything or next to nothing known.</summary>
    public static Gen<Func<Scene, PersonState>> Entered { get; } = Gen.Select(
        Gen.Select(Facts.Told, Given.Name, Given.MaybeValue(Given.Number)), Parts.Together,
        (said, parts) => new Func<Scene, PersonState>(scene =>
        {
            var (facts, name, number) = said;
            return parts(scene) with { Facts = Facts.Fitting(facts(scene) with { FullName = name, Number = number }) };
        }));

    private static Act Of<T>(Gen<Func<PersonState, Scene, T?>> some) where T : class, IPersonEntry =>
        new(T.Kind, some.Select(make => (Func<PersonState, Scene, IPersonEntry?>)make), (register, person, entry) => register.Act(person, (T)entry, "quyết định mẫu"));

    /// <summary>What differs, what stood there before, and what becomes empty.</summary>
    private static (PersonFacts, PersonFacts, IReadOnlyList<string>?)? Corrected(PersonState p, PersonFacts after, IReadOnlyList<string>? cleared)
    {
        if (FactField.Merge(p.Facts, after, cleared) is var now && Facts.Fitting(now) != now)
        {
            return null;
        }

        var before = FactField.All.Where(f => f.Get(after) is not null || cleared?.Contains(f.Name) == true).Aggregate(new PersonFacts(), (b, f) => f.With(b, f.Get(p.Facts)));
        return (before, after, cleared);
    }

    private static PersonCompleted? Completed(PersonState p, Scene s, PersonFacts told, Func<Scene, int, Kin> kin, Func<Scene, int, IdPaper> paper, Func<Scene, int, Residence> home,
        Func<Scene, int, Membership> member, long? row)
    {
        var after = FactField.All.Where(f => f.Get(p.Facts) is null).Aggregate(new PersonFacts(), (a, f) => f.With(a, f.Get(told)));
        if (FactField.Merge(p.Facts, after) is var now && Facts.Fitting(now) != now)
        {
            return null;
        }

        var named = kin(s, PersonFold.Next(p.Kin.Select(k => k.No)));
        var lives = home(s, PersonFold.Next(p.Residences.Select(r => r.No)));
        return new PersonCompleted(after, p.Kin.Any(k => k.Kind == named.Kind) ? null : [named], p.Papers.Count > 0 ? [] : [paper(s, 0)],
            p.Residences.Any(r => r.Kind == lives.Kind) ? null : [lives], p.Memberships.Count > 0 ? null : member(s, 0), row is null ? null : s.OwnHousehold, row);
    }
}
