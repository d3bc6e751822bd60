using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>What recognition, adoption and guardianship bring with them, in the records, in the books, and for who looks back.</summary>
[SupportedOSPlatform("linux")]
public sealed class FamilyTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_recognised_father_stands_in_the_child_s_record_and_the_child_in_his_and_the_birth_says_so()
    {
        using var canbo = await town.As("canbo");
        using var tinh = await town.As("tinh");
        var (couple, birth, child) = await Born(canbo, married: false);
        var (certificate, yesterday) = ((await canbo.Issue(birth)).Succeeds(), town.Clock.Today());
        var today = town.Tomorrow();
        var name = $"{couple.Father.Facts.Surname} Thị Nhận";
        var done = (await canbo.Post("/recognitions/register", Recognition(await town.Record(child), couple, name))).Succeeds();

        var (it, he, she) = (await town.Record(child), await town.Record(couple.FatherKey), await town.Record(couple.MotherKey));
        Assert.Equal(name, it.Facts.FullName);
        Assert.Equal([(KinKind.Father, couple.Father.Facts.FullName, couple.Father.Number())], it.KinOf(KinKind.Father));
        // Both parents name the child as it is called now.
        Assert.Equal([(KinKind.Child, name, it.Number())], he.KinOf(KinKind.Child));
        Assert.Equal([(KinKind.Child, name, it.Number())], she.KinOf(KinKind.Child));
        Assert.Equal([("recognised", done.Key(), false)], await town.Notes(birth));
        Assert.Contains(it.Number(), await town.Feed(tinh, "civil.parent-recognised"), StringComparison.Ordinal);

        // The certificate of before says less than the book, and another is made of it.
        using var stranger = town.Stranger();
        Assert.Equal("replaced", (await stranger.Verify(certificate["code"].GetString())).Succeeds()["state"].GetString());
        var extract = (await canbo.Issue(birth, "extract")).Succeeds().Text();
        Assert.Contains(couple.Father.Facts.FullName!, extract, StringComparison.Ordinal);
        Assert.Contains(name, extract, StringComparison.Ordinal);

        Assert.DoesNotContain(couple.Father.Facts.FullName!, (await canbo.AsOf(child, yesterday)).Succeeds()["kin"].GetRawText(), StringComparison.Ordinal);
        Assert.Contains(couple.Father.Facts.FullName!, (await canbo.AsOf(child, today)).Succeeds()["kin"].GetRawText(), StringComparison.Ordinal);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_recognised_mother_is_named_as_mother()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town) { Married = false }.Enter();
        var child = await town.Enter(People.Someone(1, "2020-02-03").With(KinKind.Father, couple.Father.Facts.Number!.Value).LivingAt(couple.Home.Id, "Ấp Mẫu", "2020-02-03"));
        var declared = new Dictionary<string, object?> { ["child"] = (await town.Record(child)).Number(), ["parent"] = couple.Number.ToString(), ["proof"] = "dna", ["proofNo"] = "GĐ-1", ["bothHere"] = true };
        (await canbo.Post("/recognitions/register", declared)).Succeeds();
        Assert.Equal([(KinKind.Father, null, couple.Father.Number()), (KinKind.Mother, couple.Mother.Facts.FullName, couple.Number.ToString())], (await town.Record(child)).KinOf());
        // Not twice: she is the mother now.
        (await canbo.Post("/recognitions/register", declared)).Refuses("civil.has-that-parent");
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task An_adopted_child_has_new_parents_and_a_new_home_and_its_first_birth_entry_is_closed()
    {
        using var canbo = await town.As("canbo");
        using var tinh = await town.As("tinh");
        using var stranger = town.Stranger();
        var (first, birth, child) = await Born(canbo);
        var (certificate, adopters) = ((await canbo.Issue(birth)).Succeeds(), await new Couple(town).Enter());
        var today = town.Tomorrow();
        var done = (await canbo.Post("/adoptions/register", Adoption(await town.Record(child), adopters, new() { ["newName"] = "Lê Thị Con Nuôi" }))).Succeeds();

        var it = await town.Record(child);
        Assert.Equal("Lê Thị Con Nuôi", it.Facts.FullName);
        Assert.Equal([(KinKind.Father, adopters.Father.Facts.FullName, adopters.Father.Number()), (KinKind.Mother, adopters.Mother.Facts.FullName, adopters.Number.ToString())], it.KinOf());
        Assert.All([await town.Record(adopters.FatherKey), await town.Record(adopters.MotherKey)], p => Assert.Equal([(KinKind.Child, "Lê Thị Con Nuôi", it.Number())], p.KinOf(KinKind.Child)));
        Assert.All([await town.Record(first.FatherKey), await town.Record(first.MotherKey)], p => Assert.Empty(p.KinOf(KinKind.Child)));
        Assert.Equal((adopters.Household, "11", today), it.Memberships.Where(m => m.Until is null).Select(m => (m.Household, m.Relation, m.From!.Value)).Single());
        Assert.Equal(today, it.Residences.Single(r => r.Until is null).From);

        Assert.Equal([("adopted", done.Key(), true)], await town.Notes(birth));
        (await canbo.Show(birth)).Refuses("civil.no-entry");
        var anew = await town.Value<Guid>("select e.id from civil.entry e join civil.book b on b.id = e.book_id where b.kind = 'birth' and e.person_id = $1 and e.id <> $2", child, birth);
        var shown = (await canbo.Show(anew)).Succeeds().Text;
        Assert.Contains(adopters.Mother.Facts.FullName!, shown, StringComparison.Ordinal);
        foreach (var secret in new[] { first.Mother.Facts.FullName!, first.Father.Facts.FullName!, first.Number.ToString() })
        {
            Assert.DoesNotContain(secret, shown, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, (await canbo.Show(done.Key())).Succeeds().Text, StringComparison.Ordinal);
        }

        Assert.Equal("replaced", (await stranger.Verify(certificate["code"].GetString())).Succeeds()["state"].GetString());
        Assert.Contains(adopters.Mother.Facts.FullName!.ToUpperInvariant(), (await canbo.Issue(anew)).Succeeds().Text().ToUpperInvariant(), StringComparison.Ordinal);
        Assert.Contains(it.Number(), await town.Feed(tinh, "civil.child-adopted"), StringComparison.Ordinal);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Who_looks_back_at_an_adopted_child_does_not_see_its_first_parents_unless_he_may_see_what_is_closed()
    {
        using var canbo = await town.As("canbo");
        using var tinh = await town.As("tinh");
        using var it = await town.As("tinhoc");
        var (first, _, child) = await Born(canbo);
        var (yesterday, called) = (town.Clock.Today(), (await town.Record(child)).Facts.FullName);
        var today = town.Tomorrow();
        var adopters = await new Couple(town).Enter();
        (await canbo.Post("/adoptions/register", Adoption(await town.Record(child), adopters, new() { ["newName"] = "Lê Thị Con Nuôi" }))).Succeeds();
        // As it was on the day before, by what is known today: called otherwise, and no child of theirs.
        var before = (await it.Post("/persons/history", new { id = child, asOf = Family.Day(yesterday), purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds()["person"];
        Assert.Equal(called, before.GetProperty("facts").GetProperty("fullName").GetString());
        Assert.DoesNotContain(adopters.Number.ToString(), before.GetRawText(), StringComparison.Ordinal);
        Assert.Contains(adopters.Number.ToString(), (await it.Post("/persons/history", new { id = child, asOf = Family.Day(today), purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds()["person"].GetRawText(), StringComparison.Ordinal);
        string[] secrets = [first.Mother.Facts.FullName!, first.Father.Facts.FullName!, first.Number.ToString(), first.Father.Number()];
        foreach (var day in new DateOnly?[] { null, yesterday, today })
        {
            // The clerk's page, turned back or not, and the history of one who reads the journal and no more.
            foreach (var shown in new[] { (await canbo.AsOf(child, day)).Succeeds().Text, (await it.History(child, day)).Succeeds().Text, (await it.Post("/persons/show", Shown(child, day))).Succeeds().Text })
            {
                Assert.All(secrets, s => Assert.DoesNotContain(s, shown, StringComparison.Ordinal));
            }
        }

        // The first mother's page does not tell of the child either.
        var number = (await town.Record(child)).Number();
        Assert.DoesNotContain(number, (await canbo.AsOf(first.MotherKey, yesterday)).Succeeds().Text, StringComparison.Ordinal);
        Assert.DoesNotContain(child.ToString(), (await canbo.AsOf(first.MotherKey, yesterday)).Succeeds().Text, StringComparison.Ordinal);
        // The registrar of the province may see it, and the story the child itself is told is whole.
        Assert.Contains(first.Mother.Facts.FullName!, (await tinh.History(child, yesterday)).Succeeds().Text, StringComparison.Ordinal);
        Assert.Contains(first.Mother.Facts.FullName!, (await tinh.Post("/persons/show", Shown(child, yesterday))).Succeeds()["kin"].GetRawText(), StringComparison.Ordinal);
        Assert.Empty((await town.Verify()).Differences);

        static object Shown(Guid id, DateOnly? day) => new { id, asOf = day is { } d ? Family.Day(d) : null, knownOn = day is { } k ? Family.Day(k) : null, purpose = Town.Inspection, @case = Town.InspectionCase };
    }

    [Fact]
    public async Task A_birth_that_was_registered_again_is_entered_anew_when_the_child_is_adopted()
    {
        using var canbo = await town.As("canbo");
        var (mother, adopters) = (await new Couple(town).Enter(), await new Couple(town).Enter());
        var child = await town.Enter(People.Someone(1, "2015-08-03").With(KinKind.Mother, mother.Number).LivingAt(town.Commune.Id, "Ấp Mẫu", "2015-08-03"));
        var again = (await canbo.Post("/reregistrations/register", new { person = (await town.Record(child)).Number(), what = "birth", earlierOffice = "UBND xã Mẫu (cũ)", earlierOn = "2015", bookLost = true, evidence = "Sổ hộ khẩu" })).Succeeds().Key();
        (await canbo.Post("/adoptions/register", Adoption(await town.Record(child), adopters, new() { ["childAgrees"] = true }))).Succeeds();
        (await canbo.Show(again)).Refuses("civil.no-entry");
        var anew = await town.Value<Guid>("select e.id from civil.entry e join civil.book b on b.id = e.book_id where b.kind = 'birth' and e.person_id = $1 and e.id <> $2", child, again);
        var paper = (await canbo.Issue(anew)).Succeeds().Text();
        Assert.Contains(adopters.Mother.Facts.FullName!, paper, StringComparison.Ordinal);
        Assert.Contains((await town.Record(child)).Number(), paper, StringComparison.Ordinal);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task What_was_recognised_before_an_adoption_is_closed_with_the_birth()
    {
        using var canbo = await town.As("canbo");
        var (first, birth, child) = await Born(canbo, married: false);
        var recognition = (await canbo.Post("/recognitions/register", Recognition(await town.Record(child), first, null))).Succeeds().Key();
        (await canbo.Show(recognition)).Succeeds();
        (await canbo.Post("/adoptions/register", Adoption(await town.Record(child), await new Couple(town).Enter()))).Succeeds();
        (await canbo.Show(recognition)).Refuses("civil.no-entry");
        (await canbo.Show(birth)).Refuses("civil.no-entry");
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_step_father_takes_the_father_s_place_and_the_mother_names_the_child_by_its_new_name()
    {
        using var canbo = await town.As("canbo");
        var (couple, _, child) = await Born(canbo, married: false);
        var stepfather = People.Someone(1, "1985-01-01");
        stepfather = stepfather.With(KinKind.Spouse, couple.Number);
        var key = await town.Enter(stepfather.LivingAt(couple.Home.Id, "Ấp Mẫu", "2015-01-01").In(couple.Household, "99", "2015-01-01"));
        await town.Act(couple.MotherKey, new KinNamed(new Kin(9, KinKind.Spouse, stepfather.Facts.FullName, stepfather.Facts.Number)));
        (await canbo.Post("/adoptions/register", new { child = (await town.Record(child)).Number(), adopter = stepfather.Number(), relation = "step-parent", parentsAgree = true, newName = "Lê Thị Riêng" })).Succeeds();
        Assert.Equal([(KinKind.Father, stepfather.Facts.FullName, stepfather.Number()), (KinKind.Mother, couple.Mother.Facts.FullName, couple.Number.ToString())], (await town.Record(child)).KinOf());
        Assert.Equal("Lê Thị Riêng", Assert.Single((await town.Record(couple.MotherKey)).KinOf(KinKind.Child)).Name);
        Assert.Equal("Lê Thị Riêng", Assert.Single((await town.Record(key)).KinOf(KinKind.Child)).Name);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Of_two_couples_who_adopt_one_child_at_once_one_wins_and_the_other_is_told()
    {
        using var canbo = await town.As("canbo");
        var (_, _, child) = await Born(canbo);
        var state = await town.Record(child);
        var (one, other) = (await new Couple(town).Enter(), await new Couple(town).Enter());
        var replies = await Task.WhenAll(canbo.Post("/adoptions/register", Adoption(state, one)), canbo.Post("/adoptions/register", Adoption(state, other)));
        Assert.Single(replies, r => r.IsGood);
        replies.Single(r => !r.IsGood).Refuses("civil.adopted-already");
        Assert.Equal(2, (await town.Record(child)).Kin.Count);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task The_same_adoption_sent_again_has_the_same_entry()
    {
        using var canbo = await town.As("canbo");
        var (_, _, child) = await Born(canbo);
        var declared = Adoption(await town.Record(child), await new Couple(town).Enter());
        canbo.Http.DefaultRequestHeaders.Add("Idempotency-Key", $"con-nuoi-{child}");
        var done = (await canbo.Post("/adoptions/register", declared)).Succeeds();
        Assert.Equal(done.Text, (await canbo.Post("/adoptions/register", declared)).Succeeds().Text);
        Assert.Equal(1, await town.Value<long>("select count(*) from civil.entry e join civil.book b on b.id = e.book_id where b.kind = 'adoption' and e.person_id = $1", child));
    }

    [Fact]
    public async Task A_guardian_may_act_for_the_ward_from_the_entry_to_its_end()
    {
        using var canbo = await town.As("canbo");
        using var tinh = await town.As("tinh");
        var scene = new ActScene(town);
        scene.Other = ActScene.Living(1, "1990-06-05");
        scene.Person = ActScene.Living(2, "2019-09-01");
        await scene.Enter();
        var yesterday = town.Clock.Today();
        var today = town.Tomorrow();
        Assert.Empty(await For(scene.OtherKey));
        var began = (await canbo.Post("/guardianships/register", new { ward = scene.Person.Number(), guardian = scene.Other.Number(), basis = "natural", reason = "no-parents", agrees = true })).Succeeds().Key();
        Assert.Equal([(KinKind.Guardian, scene.Other.Facts.FullName, scene.Other.Number())], (await town.Record(scene.PersonKey)).KinOf());
        Assert.Equal([(KinKind.Ward, scene.Person.Facts.FullName, scene.Person.Number())], (await town.Record(scene.OtherKey)).KinOf());
        Assert.Equal([(scene.PersonKey, "guardian")], await For(scene.OtherKey));
        Assert.DoesNotContain(scene.Other.Number(), (await canbo.AsOf(scene.PersonKey, yesterday)).Succeeds()["kin"].GetRawText(), StringComparison.Ordinal);
        Assert.Contains(scene.Other.Number(), (await canbo.AsOf(scene.PersonKey, today)).Succeeds()["kin"].GetRawText(), StringComparison.Ordinal);

        town.Tomorrow();
        var ended = (await canbo.Post("/guardianships/end", new { ward = scene.Person.Number(), why = "parents-able" })).Succeeds();
        Assert.Empty((await town.Record(scene.PersonKey)).Kin);
        Assert.Empty((await town.Record(scene.OtherKey)).Kin);
        Assert.Empty(await For(scene.OtherKey));
        Assert.Equal([("ended", ended.Key(), false)], await town.Notes(began));
        // Who was the guardian is told of the days when he was.
        Assert.Contains(scene.Other.Number(), (await canbo.AsOf(scene.PersonKey, today)).Succeeds()["kin"].GetRawText(), StringComparison.Ordinal);
        Assert.Contains(scene.Person.Number(), await town.Feed(tinh, "civil.guardianship-ended"), StringComparison.Ordinal);
        (await canbo.Post("/guardianships/end", new { ward = scene.Person.Number(), why = "parents-able" })).Refuses("civil.no-guardian");
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task The_end_of_a_guardianship_is_noted_beside_that_one_and_not_beside_another_of_the_same_person()
    {
        using var canbo = await town.As("canbo");
        var scene = new ActScene(town);
        await scene.Enter();
        // A man who lost his capacity had been a guardian himself: two entries are about him.
        var own = (await canbo.Post("/guardianships/register", Of(scene.Person, scene.Other))).Succeeds().Key();
        var others = (await canbo.Post("/guardianships/register", Of(scene.Third, scene.Person))).Succeeds().Key();
        var ended = (await canbo.Post("/guardianships/end", new { ward = scene.Person.Number(), why = "able-again" })).Succeeds();
        Assert.Equal([("ended", ended.Key(), false)], await town.Notes(own));
        Assert.Empty(await town.Notes(others));

        static object Of(PersonState ward, PersonState guardian) => new { ward = ward.Number(), guardian = guardian.Number(), basis = "judgment", reason = "incapable", paperNo = "1/2026/QĐ", agrees = true };
    }

    /// <summary>A child whose birth was registered: with both parents, or with its mother alone.</summary>
    private async Task<(Couple Couple, Guid Entry, Guid Child)> Born(Official clerk, bool married = true)
    {
        var couple = new Couple(town) { Married = married };
        couple = married ? couple : couple.With("kind", "father-unknown").With("declarant", "mother").With("fullName", $"{couple.Mother.Facts.Surname} Thị Mới");
        var done = (await clerk.Post("/births/register", (await couple.Enter()).Declared)).Succeeds();
        return (couple, done.Key(), done["person"].GetGuid());
    }

    private static Dictionary<string, object?> Recognition(PersonState child, Couple couple, string? name) => new()
    {
        ["child"] = child.Number(), ["parent"] = couple.Father.Number(), ["proof"] = "undertaking", ["bothHere"] = true, ["motherAgrees"] = true, ["newName"] = name,
    };

    private static Dictionary<string, object?> Adoption(PersonState child, Couple adopters, Dictionary<string, object?>? more = null)
    {
        var declared = new Dictionary<string, object?> { ["child"] = child.Number(), ["adopter"] = adopters.Father.Number(), ["other"] = adopters.Number.ToString(), ["relation"] = "none", ["parentsAgree"] = true, ["movesIn"] = true };
        foreach (var (field, value) in more ?? [])
        {
            declared[field] = value;
        }

        return declared;
    }

    private async Task<List<(Guid, string)>> For(Guid guardian) =>
        [.. (await town.Do<IRepresentations, List<Represented>>(async r => (await r.By([guardian], town.Clock.Today())).ToList())).Select(r => (r.Person, r.Basis))];
}
