using CsCheck;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population.Persons;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>Nobody is his own ancestor, however the parents are named and in whatever order they are told.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CircleTests(Town town) : IClassFixture<Town>
{
    /// <summary>A child, its father or mother, and whether he is named by number or by key.</summary>
    internal sealed record Line(int Child, int Parent, bool Mother, bool ByNumber);

    private static readonly Gen<Line[]> Families = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Bool, Gen.Bool, (child, parent, mother, number) => new Line(child, parent, mother, number))
        .Array[1, 7].Select(lines => lines.DistinctBy(l => (l.Child, l.Mother)).Where(l => l.Child != l.Parent || l.ByNumber).ToArray());

    [Fact]
    public async Task A_circle_within_one_list_is_refused_and_a_family_without_one_is_not() => await Families.SampleAsync(async lines =>
    {
        var people = Six();
        var states = people.Select((p, i) => (p.Id, State: lines.Where(l => l.Child == i).Aggregate(p.State, (s, l) => s with { Kin = [.. s.Kin, Named(l, people, s.Kin.Count)] }))).ToList();
        var entered = await town.Ask<Register, Done>(async register =>
        {
            await register.EnterAll(states, [.. states.Select(s => (s.Id, new PersonEntered(s.State)))], new Signature(town.Clock.GetUtcNow(), "system:test", "Sổ Gốc", "danh sách mẫu"));
            return Done.It;
        });
        Assert.Equal(Loops(lines), !entered.IsGood);
        Assert.All(entered.Problems, p => Assert.Equal("population.kin-circle", p.Code));
    }, seed: Given.Seed, iter: 200, threads: 1);

    [Fact]
    public async Task The_act_that_would_close_a_circle_is_refused_and_only_that() => await Families.SampleAsync(async lines =>
    {
        var people = Six();
        foreach (var (i, (_, state)) in people.Index())
        {
            people[i].Id = await town.Enter(state);
        }

        var stands = new List<Line>();
        foreach (var line in lines)
        {
            var outcome = await town.Ask<IPopulation, PersonState>(p => p.Act(people[line.Child].Id, new KinNamed(Named(line, people, line.Mother ? 1 : 0)), "giấy khai sinh mẫu"));
            Assert.Equal(Loops([.. stands, line]), !outcome.IsGood);
            Assert.All(outcome.Problems, p => Assert.Equal("population.kin-circle", p.Code));
            if (outcome.IsGood)
            {
                stands.Add(line);
            }
        }
    }, seed: Given.Seed, iter: 60, threads: 1);

    [Fact]
    public async Task A_circle_is_refused_that_closes_when_the_one_who_was_named_by_number_comes_into_the_register()
    {
        var number = People.Number("089", 1, 1950);
        var child = People.Someone(1, "1975");
        await town.Enter(child.With(KinKind.Father, number));
        var father = People.Someone(1, "1950").Numbered(number.ToString()).With(KinKind.Father, child.Facts.Number!.Value);
        Assert.Equal("population.kin-circle", Assert.Single((await town.Ask<IPopulation, Guid>(p => p.Enter(father, "giấy mẫu"))).Problems).Code);
    }

    [Fact]
    public async Task A_circle_is_refused_that_closes_when_a_person_is_given_the_number_others_name()
    {
        var number = People.Number("089", 1, 1950);
        var child = await town.Enter(People.Someone(1, "1975").With(KinKind.Father, number));
        var father = await town.Enter(People.Nobody(1, "1950").With(KinKind.Father, child));
        Assert.Equal("population.kin-circle", Assert.Single((await town.Ask<IPopulation, PersonState>(p => p.Act(father, new NumberAllotted(number), "mẫu"))).Problems).Code);
    }

    private static (Guid Id, PersonState State)[] Six() => [.. Enumerable.Range(0, 6).Select(_ => (Guid.CreateVersion7(), People.Someone()))];

    private static Kin Named(Line line, (Guid Id, PersonState State)[] people, int no) => new(no, line.Mother ? KinKind.Mother : KinKind.Father, null,
        line.ByNumber ? people[line.Parent].State.Facts.Number : null, line.ByNumber ? null : people[line.Parent].Id);

    private static bool Loops(IReadOnlyCollection<Line> lines)
    {
        bool Reaches(int from, int to, int steps) => steps > 0 && lines.Any(l => l.Child == from && (l.Parent == to || Reaches(l.Parent, to, steps - 1)));
        return Enumerable.Range(0, 6).Any(p => Reaches(p, p, 6));
    }
}
