using System.Net;
using System.Runtime.Versioning;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Nobody decides his own case; who only has the same name looks into it.</summary>
[SupportedOSPlatform("linux")]
public sealed class OwnCaseTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_mother_does_not_register_her_own_child_and_a_colleague_does()
    {
        var couple = await new Couple(town).Enter();
        using var herself = await town.Official("commune-clerk", town.Commune.Id, couple.Number.ToString());
        (await herself.Post("/births/register", couple.Declared)).Refuses("civil.own-case", HttpStatusCode.Forbidden);
        Assert.Contains("civil.own-case", (await herself.Post("/births/check", couple.Declared)).Succeeds()["refusals"].GetRawText(), StringComparison.Ordinal);
        using var canbo = await town.As("canbo");
        (await canbo.Post("/births/register", couple.Declared)).Succeeds();
    }

    [Fact]
    public async Task Nobody_marries_himself_off_nor_corrects_his_own_record_by_an_old_number_either()
    {
        var pair = await new Pair(town).Enter();
        using var himself = await town.Official("commune-clerk", town.Commune.Id, pair.His);
        (await himself.Post("/marriages/register", pair.Declared())).Refuses("civil.own-case", HttpStatusCode.Forbidden);
        Assert.Contains("civil.own-case", (await himself.Post("/marriages/check", pair.Declared())).Succeeds()["refusals"].GetRawText(), StringComparison.Ordinal);

        using var canbo = await town.As("canbo");
        object Correction(string born) => new { person = pair.Man.Number(), what = "correction", born, evidence = "Giấy khai sinh", confirmed = new[] { "civil.changed-today" } };
        (await canbo.Post("/changes/register", Correction("1992-08-09"))).Succeeds();
        Assert.NotEqual(pair.His, (await town.Record(pair.ManKey)).Number());
        // His account still has the number of before, which answers with his record.
        (await himself.Post("/changes/register", Correction("1991-08-09"))).Refuses("civil.own-case");
    }

    [Fact]
    public async Task The_police_does_not_decide_on_the_residence_of_one_of_its_own()
    {
        var family = await new Family(town).Enter();
        using var father = await town.Official("commune-police", town.Commune.Id, Family.Number(family.Father));
        (await family.Decide(father)).Refuses("civil.own-case", HttpStatusCode.Forbidden);
        Assert.Contains("civil.own-case", (await family.Check(father)).Succeeds()["refusals"].GetRawText(), StringComparison.Ordinal);
        // Nor where others come to live with him.
        var (number, _, _) = await family.Host();
        using var host = await town.Official("commune-police", town.Commune.Id, number);
        using var congan = await town.As("congan");
        var others = new Family(town);
        others.With("host", number).With("basis", "family");
        (await (await others.Enter()).Decide(host)).Refuses("civil.own-case");
        (await family.Decide(congan)).Succeeds();
    }

    [Fact]
    public async Task Nor_does_anybody_decide_the_case_of_wife_child_brother_or_parents()
    {
        var family = await new Family(town).Enter();
        var sister = People.Someone(2, "1983-02-03").With(KinKind.Mother, Family.Number(family.Grandmother));
        var cousin = People.Someone(2, "1984-02-03");
        foreach (var relative in new[] { sister, cousin })
        {
            await town.Enter(relative.LivingAt(town.Commune.Id, "Ấp Mẫu", "2010-01-01"));
        }

        object For(PersonState p) => new { person = Family.Number(p), what = "correction", hometown = "Quê mẫu", evidence = "Giấy khai sinh" };
        // By the father's own number: his wife, his mother, his son who names him, and the sister who has the same mother.
        using var father = await town.Official("commune-clerk", town.Commune.Id, Family.Number(family.Father));
        foreach (var (relative, refused) in new[] { (family.Mother, true), (family.Grandmother, true), (family.Son, true), (sister, true), (cousin, false) })
        {
            var refusals = (await father.Post("/changes/check", For(relative))).Succeeds()["refusals"].GetRawText();
            Assert.Equal(refused, refusals.Contains("civil.kin-case", StringComparison.Ordinal));
        }

        (await father.Post("/changes/register", For(sister))).Refuses("civil.kin-case", HttpStatusCode.Forbidden);
        using var canbo = await town.As("canbo");
        Assert.DoesNotContain("civil.kin-case", (await canbo.Post("/changes/check", For(sister))).Succeeds()["refusals"].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_father_in_the_police_does_not_decide_his_child_s_part_of_a_filing_nor_sign_its_papers()
    {
        var couple = await new Couple(town).Enter();
        using var canbo = await town.As("canbo");
        var done = (await canbo.Post("/births/register", couple.With("linked", true).Declared)).Succeeds();
        using var father = await town.Official("commune-police", town.Commune.Id, couple.Father.Facts.Number!.Value.ToString());
        var code = done["filing"].GetString();
        (await father.Post("/filings/decide", new { code, approve = true })).Refuses("civil.kin-case", HttpStatusCode.Forbidden);
        using var clerk = await town.Official("commune-clerk", town.Commune.Id, couple.Number.ToString());
        (await clerk.Post("/civil/papers/issue", new { entry = done["entry"].GetGuid(), kind = "certificate" })).Refuses("civil.own-case", HttpStatusCode.Forbidden);
        using var congan = await town.As("congan");
        (await congan.Post("/filings/decide", new { code, approve = true })).Succeeds();
    }

    [Fact]
    public async Task Who_has_the_official_s_name_is_looked_into()
    {
        var pair = new Pair(town);
        pair.Woman = pair.Woman.Named("Trần Thị Thử");
        await pair.Enter();
        using var canbo = await town.As("canbo");
        (await canbo.Post("/marriages/register", pair.Declared())).Refuses("civil.own-name");
        var done = (await canbo.Post("/marriages/register", pair.Declared(new() { ["confirmed"] = new[] { "civil.own-name" } }))).Succeeds();
        Assert.Contains("civil.own-name", await town.Value<string>("select body::text from civil.entry where id = $1", done.Key()), StringComparison.Ordinal);
    }
}
