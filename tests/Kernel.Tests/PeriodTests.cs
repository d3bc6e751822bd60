using CsCheck;
using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Tests;

/// <summary>Periods say of days what their days say one by one.</summary>
public sealed class PeriodTests
{
    private const string Seed = "0N0XIzNsQ0O2";
    private const int Days = 9;
    private static readonly DateOnly First = new(2020, 2, 26);

    private static readonly Gen<DateOnly?> Edge = Gen.Int[-1, Days].Select(n => n < 0 ? (DateOnly?)null : First.AddDays(n));

    private static readonly Gen<Period> Any = Gen.Select(Edge, Edge, (from, until) => new Period(from, until));

    /// <summary>The days around, one beyond each edge.</summary>
    private static IEnumerable<DateOnly> Around => Enumerable.Range(-1, Days + 3).Select(n => First.AddDays(n));

    [Fact]
    public void Two_periods_overlap_when_a_day_is_in_both() => Gen.Select(Any, Any).Sample((a, b) =>
        a.Overlaps(b) == Around.Any(d => a.Holds(d) && b.Holds(d)) && a.Overlaps(b) == b.Overlaps(a), seed: Seed, iter: 20_000);

    [Fact]
    public void A_period_without_a_day_is_empty_and_overlaps_nothing() => Gen.Select(Any, Any).Sample((a, b) =>
        a.IsEmpty == !Around.Any(a.Holds) && (!a.IsEmpty || !a.Overlaps(b)), seed: Seed, iter: 20_000);

    [Fact]
    public void What_the_database_keeps_is_the_same_period() => Any.Where(p => !p.IsEmpty).Sample(p => Period.Of(p.ToRange()) == p, seed: Seed, iter: 5_000);
}
