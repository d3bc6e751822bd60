using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Population.Persons;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>The database has the last word: nonsense is refused by a rule of its own, whoever sends it, and the refusal is a sentence.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class RefusalTests(Town town) : IClassFixture<Town>
{
    [Theory]
    [InlineData("insert into population.person (id, full_name, name_key, status) values (gen_random_uuid(), '', '', 'living')", "population.name-missing")]
    [InlineData("insert into population.person (id, full_name, name_key, status) values (gen_random_uuid(), null, '', 'living')", "population.name-missing")]
    [InlineData("insert into population.person (id, full_name, name_key, status) values (gen_random_uuid(), 'Nguye\u0302\u0303n Mẫu', 'x', 'living')", "population.name-not-nfc")]
    [InlineData("insert into population.person (id, full_name, name_key, status) values (gen_random_uuid(), 'Mẫu', 'x', 'asleep')", "population.status")]
    [InlineData("insert into population.person (id, full_name, name_key, status, number) values (gen_random_uuid(), 'Mẫu', 'x', 'living', '08916200012')", "population.number-malformed")]
    [InlineData("insert into population.person (id, full_name, name_key, status, number) values (gen_random_uuid(), 'Mẫu', 'x', 'living', '08916200O123')", "population.number-malformed")]
    [InlineData("insert into population.person (id, full_name, name_key, status, sex) values (gen_random_uuid(), 'Mẫu', 'x', 'living', 3)", "population.sex-unknown")]
    [InlineData("insert into population.person (id, full_name, name_key, status, born_precision) values (gen_random_uuid(), 'Mẫu', 'x', 'living', 4)", "population.precision")]
    [InlineData("insert into population.person (id, full_name, name_key, status, born_precision) values (gen_random_uuid(), 'Mẫu', 'x', 'living', 3)", "population.born")]
    [InlineData("insert into population.person (id, full_name, name_key, status, born_earliest, born_latest, born_precision) values (gen_random_uuid(), 'Mẫu', 'x', 'living', '1962-07-05', '1962-07-04', 3)", "population.born")]
    [InlineData("insert into population.person (id, full_name, name_key, status, ended_precision) values (gen_random_uuid(), 'Mẫu', 'x', 'dead', 1)", "population.ended")]
    [InlineData("""
        insert into population.person (id, full_name, name_key, status, born_earliest, born_latest, born_precision, ended_earliest, ended_latest, ended_precision)
        values (gen_random_uuid(), 'Mẫu', 'x', 'dead', '1962-07-05', '1962-07-05', 3, '1962-07-04', '1962-07-04', 3)
        """, "population.died-before-born")]
    [InlineData("update population.person set status = 'merged' where id = $1", "population.merged")]
    [InlineData("update population.person set status = 'merged', merged_into = id where id = $1", "population.merged")]
    [InlineData("update population.person set number = (select number from population.person where id = $2) where id = $1", "population.number-taken")]
    [InlineData("insert into population.residence values ($1, 0, 'permanent', null, 'a', '[2020-01-01,2020-02-01)'), ($1, 1, 'permanent', null, 'b', '[2020-01-31,)')", "population.one-permanent-residence")]
    [InlineData("insert into population.residence values ($1, 0, 'temporary', null, 'a', '(,)'), ($1, 1, 'temporary', null, 'b', '[2020-01-31,)')", "population.one-temporary-residence")]
    [InlineData("insert into population.residence values ($1, 0, 'permanent', null, 'a', '[2020-01-01,2020-01-01)')", "population.period-empty")]
    [InlineData("insert into population.residence values ($1, 0, 'palace', null, 'a', '(,)')", "population.residence-kind")]
    [InlineData("insert into population.kin (person_id, no, kind, name) values ($1, 0, 'friend', 'Mẫu')", "population.kin-kind")]
    [InlineData("insert into population.kin (person_id, no, kind, kin_id) values ($1, 0, 'mother', $1)", "population.own-parent")]
    [InlineData("insert into population.kin (person_id, no, kind, name) values ($1, 0, 'mother', 'Mẫu'), ($1, 1, 'mother', 'Thử')", "population.two-fathers")]
    [InlineData("insert into population.id_paper (person_id, no, kind) values ($1, 0, 'passport')", "population.paper-kind")]
    [InlineData("insert into population.household (id, opened_on, closed_on) values (gen_random_uuid(), '2020-01-02', '2020-01-01')", "population.household-period")]
    [InlineData("insert into population.household (id, file_number) values (gen_random_uuid(), 'MAU-1'), (gen_random_uuid(), 'MAU-1')", "population.file-number-taken")]
    [InlineData("insert into population.former_number values ((select number from population.person where id = $2), $1, 'mẫu')", "population.number-taken")]
    [InlineData("insert into population.kin (person_id, no, kind, kin_id) values ($1, 0, 'mother', gen_random_uuid())", "kernel.no-such-record")]
    public async Task Nonsense_is_refused_by_a_rule_with_a_name(string sql, string code)
    {
        var (one, other) = (await town.Enter(People.Someone()), await town.Enter(People.Someone()));
        await Refused(code, sql.Contains("$2", StringComparison.Ordinal) ? [sql, one, other] : sql.Contains("$1", StringComparison.Ordinal) ? [sql, one] : [sql]);
    }

    [Theory]
    [InlineData(0, "[2019-01-01,)", 1, "[2020-01-01,)")]
    [InlineData(0, "[2019-01-01,2020-01-02)", 1, "[2020-01-01,)")]
    [InlineData(1, "[2019-01-01,2020-01-02)", 0, "[2020-01-01,)")]
    [InlineData(3, "(,2020-01-02)", 7, "[2020-01-01,2020-01-02)")]
    public async Task A_person_belongs_to_one_household_on_a_day(int first, string valid, int second, string overlaps)
    {
        var (person, a, b) = (await town.Enter(People.Someone()), await town.Household(), await town.Household());
        const string both = "insert into population.member values ($1, $2, $3, '99', $4::daterange), ($1, $5, $6, '99', $7::daterange)";
        await Refused("population.one-household", both, person, (short)first, a, valid, (short)second, b, overlaps);
        await Refused("population.one-household", both, person, (short)first, a, valid, (short)second, a, overlaps);

        await town.Execute("insert into population.member values ($1, $2, $3, '99', $4::daterange)", person, (short)first, a, valid);
        await Refused("population.one-household", "insert into population.member values ($1, $2, $3, '99', $4::daterange)", person, (short)second, b, overlaps);
        await Refused("population.one-household", "insert into population.member values ($1, $2, $3, '99', $4::daterange)", person, (short)second, a, overlaps);
        await town.Execute("insert into population.member values ($1, 8, $2, '99', '[2010-01-01,2011-01-01)')", await town.Enter(People.Someone()), b);
    }

    [Theory]
    [InlineData("[2019-01-01,)", "[2020-01-01,)")]
    [InlineData("[2019-01-01,2020-01-02)", "[2020-01-01,)")]
    [InlineData("[2019-01-01,2030-01-01)", "(,)")]
    public async Task A_household_has_one_head_on_a_day(string valid, string overlaps)
    {
        var (one, other, home) = (await town.Enter(People.Someone()), await town.Enter(People.Someone()), await town.Household());
        await Refused("population.household-two-heads", "insert into population.member values ($1, 0, $3, '01', $4::daterange), ($2, 0, $3, '01', $5::daterange)", one, other, home, valid, overlaps);
        await town.Execute("insert into population.member values ($1, 0, $2, '01', $3::daterange)", one, home, valid);
        await Refused("population.household-two-heads", "insert into population.member values ($1, 0, $2, '01', $3::daterange)", other, home, overlaps);
        await town.Execute("insert into population.member values ($1, 0, $2, '02', $3::daterange)", other, home, overlaps);
    }

    [Fact]
    public async Task A_head_may_follow_another_on_the_day_he_leaves()
    {
        var home = await town.Household();
        await town.Enter(People.Someone() with { Memberships = [new(0, home, "01", null, new DateOnly(2020, 1, 1))] });
        await town.Enter(People.Someone().In(home, "01", "2020-01-01"));
    }

    [Fact]
    public async Task A_cancelled_number_is_never_given_to_another_person()
    {
        var (old, anew) = (People.Number("089", 1, 1962), People.Number("089", 1, 1962));
        var one = await town.Enter(People.Someone(1).Numbered(old.ToString()));
        await town.Act(one, new NumberReplaced(old, anew, "nhầm giới tính"));
        var taken = await town.Ask<IPopulation, Guid>(p => p.Enter(People.Someone(1).Numbered(old.ToString()), "giấy mẫu"));
        Assert.Equal("population.number-closed", Assert.Single(taken.Problems).Code);
        await Refused("population.number-closed", "update population.person set number = $1 where id = $2", old.ToString(), await town.Enter(People.Nobody()));
        Assert.Equal(one, (await town.Do<IPopulation, Guid>(async p => (await p.Answering(old))!.Value)));
    }

    [Fact]
    public async Task A_record_merges_into_one_that_stands_and_no_circle_closes()
    {
        var (a, b, c) = (await town.Enter(People.Someone()), await town.Enter(People.Someone()), await town.Enter(People.Someone()));
        await Refuses(a, new PersonMerged(a, PersonStatus.Living), "population.merged");
        await Refuses(a, new PersonMerged(Guid.NewGuid(), PersonStatus.Living), "population.no-person");
        await town.Act(a, new PersonMerged(b, PersonStatus.Living));
        await Refuses(b, new PersonMerged(a, PersonStatus.Living), "population.merged-into-merged");
        await Refuses(c, new PersonMerged(a, PersonStatus.Living), "population.merged-into-merged");
        await Refused("population.merged-into-merged", "update population.person set status = 'merged', merged_into = $1 where id = $2", a, b);
        await town.Act(b, new PersonMerged(c, PersonStatus.Living));
        var number = (await town.Do<IPopulation, PersonState>(async p => (await p.Find(a))!)).Facts.Number!.Value;
        Assert.Equal(c, await town.Do<IPopulation, Guid>(async p => (await p.Answering(number))!.Value));
    }

    [Fact]
    public async Task Two_mergers_at_once_close_no_circle()
    {
        for (var round = 0; round < 20; round++)
        {
            var (a, b) = (await town.Enter(People.Someone()), await town.Enter(People.Someone()));
            var both = await Task.WhenAll(town.Ask<IPopulation, PersonState>(p => p.Act(a, new PersonMerged(b, PersonStatus.Living), "mẫu")),
                town.Ask<IPopulation, PersonState>(p => p.Act(b, new PersonMerged(a, PersonStatus.Living), "mẫu")));
            Assert.Single(both, o => o.IsGood);
            Assert.Contains(both.Single(o => !o.IsGood).Problems[0].Code, (string[])["population.merged-into-merged", "population.record-merged"]);
        }
    }

    [Fact]
    public async Task An_act_that_cannot_follow_is_refused()
    {
        var number = People.Number("089", 2, 1962);
        var (person, none) = (await town.Enter(People.Someone().Numbered(number.ToString())), await town.Enter(People.Nobody()));
        await Refuses(person, new PersonSeparated(PersonStatus.Living), "population.record-not-merged");
        await Refuses(person, new NumberAllotted(People.Number("089", 2, 1962)), "population.has-number");
        await Refuses(none, new NumberReplaced(number, People.Number("089", 2, 1962), "mẫu"), "population.number-not-present");
        await Refuses(person, new NumberReplaced(number, number, "mẫu"), "population.number-not-present");
        await Refuses(person, new PersonChanged(new PersonFacts { Phone = "0900000001" }, new PersonFacts { Phone = "0900000002" }), "population.changed-meanwhile");
        await Refuses(person, new HouseholdJoined(Guid.NewGuid(), "02", new DateOnly(2020, 1, 1)), "kernel.no-such-record");
        await Refuses(person, new ResidenceBegan(ResidenceKind.Permanent, null, "\0", new DateOnly(2020, 1, 1)), "kernel.not-text");
        await Refuses(person, new ResidenceBegan(ResidenceKind.Permanent, null, "Mẫu", new DateOnly(2020, 1, 1), new DateOnly(2020, 1, 1)), "population.period-empty");
        await Refuses(person, new StatusChanged(PersonStatus.Dead, PartialDate.Of(1950)), "population.died-before-born");
    }

    private async Task Refuses<T>(Guid person, T entry, string code) where T : IPersonEntry
    {
        var outcome = await town.Ask<IPopulation, PersonState>(p => p.Act(person, entry, "mẫu"));
        Assert.Equal(code, Assert.Single(outcome.Problems).Code);
        Assert.NotNull(town.Sentence(code));
    }

    /// <summary>The statement, sent as the application, is refused by a rule whose name is a code with two sentences.</summary>
    private async Task Refused(string code, params object[] sqlAndValues)
    {
        await using var connection = await town.Database.App.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand((string)sqlAndValues[0], sqlAndValues[1..]);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        Assert.True(code == Refusals.Of(refused)?.Code, $"{refused.SqlState} {refused.ConstraintName} {refused.MessageText}");
        Assert.NotNull(town.Sentence(code));
    }
}
