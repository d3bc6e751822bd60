using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>The official's desk: what waits for him, by deadline.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class WaitingTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task What_was_begun_and_not_decided_waits_by_its_deadline_until_it_is_decided_or_left()
    {
        using var clerk = await town.Official("commune-clerk", town.Commune.Id);
        // A confirmation may take three days, a marriage is registered on the same one.
        var (one, other) = (await new Pair(town).Enter(), await new Pair(town).Enter());
        var confirmation = (await clerk.Post("/marital-status/check", new { person = one.Hers })).Succeeds()["case"].GetString()!;
        var marriage = (await clerk.Post("/marriages/check", other.Declared())).Succeeds()["case"].GetString()!;
        var waiting = await Waiting(clerk);
        Assert.Equal([marriage, confirmation], waiting.Select(i => i.GetProperty("reference").GetString()));
        Assert.Equal(["civil.act-marriage", "civil.act-marital-status"], waiting.Select(i => i.GetProperty("what").GetString()));
        Assert.True(waiting[0].GetProperty("due").GetDateTimeOffset() < waiting[1].GetProperty("due").GetDateTimeOffset());
        // A program fills in no form, and the desk names them all the same.
        Assert.Equal($"{other.Man.Facts.FullName}, {other.Woman.Facts.FullName}", waiting[0].GetProperty("about").GetString());
        Assert.EndsWith($"/ho-tich/ket-hon?viec={marriage}", waiting[0].GetProperty("link").GetString(), StringComparison.Ordinal);

        (await clerk.Post("/marriages/register", other.Declared(new() { ["case"] = marriage }))).Succeeds();
        Assert.Equal(confirmation, Assert.Single(await Waiting(clerk)).GetProperty("reference").GetString());
        (await clerk.Post("/civil/leave", new { @case = confirmation })).Succeeds();
        Assert.Empty(await Waiting(clerk));
        (await clerk.Post("/marital-status/confirm", new { person = one.Hers, @case = confirmation, @for = "other", purpose = "vay vốn" })).Refuses("journal.case-closed");
    }

    [Fact]
    public async Task A_person_of_another_commune_is_refused_at_the_number_page_before_anything_is_filled_in()
    {
        using var police = town.Sit();
        await police.SignIn("congan");
        var bare = People.Someone(1, "1960-01-02");
        bare = bare with { Facts = bare.Facts with { Number = null } };
        var (here, elsewhere) = (await town.Enter(bare.LivingAt(town.Commune.Id, "Ấp Mẫu", "2000-01-01")), await town.Enter(bare.Named("Trần Văn Khác").LivingAt(Family.Elsewhere(town).Id, "Ấp Mẫu", "2000-01-01")));
        (await police.Get($"/nguoi/{here}/cap-so")).Succeeds();
        (await police.Get($"/nguoi/{elsewhere}/cap-so")).Refuses("population.outside-duty");
    }

    [Fact]
    public async Task Nobody_leaves_what_a_colleague_of_another_office_has_begun_nor_what_is_no_act()
    {
        using var clerk = await town.Official("commune-clerk", town.Commune.Id);
        using var congan = await town.As("congan");
        var pair = await new Pair(town).Enter();
        var begun = (await clerk.Post("/marriages/check", pair.Declared())).Succeeds()["case"].GetString()!;
        (await congan.Post("/civil/leave", new { @case = begun })).Refuses("journal.case-unknown");
        (await clerk.Post("/civil/leave", new { @case = Town.Case })).Refuses("civil.no-act-begun");
        Assert.Single(await Waiting(clerk));
        Assert.DoesNotContain(await Waiting(congan), i => i.GetProperty("reference").GetString() == begun);
    }

    [Fact]
    public async Task Who_looks_twice_at_the_same_people_for_the_same_act_has_begun_one_thing()
    {
        using var clerk = await town.Official("commune-clerk", town.Commune.Id);
        var (pair, other) = (await new Pair(town).Enter(), await new Pair(town).Enter());
        var first = (await clerk.Post("/marriages/check", pair.Declared())).Succeeds()["case"].GetString();
        Assert.Equal(first, (await clerk.Post("/marriages/check", pair.Declared())).Succeeds()["case"].GetString());
        Assert.NotEqual(first, (await clerk.Post("/marriages/check", other.Declared())).Succeeds()["case"].GetString());
        Assert.NotEqual(first, (await clerk.Post("/marital-status/check", new { person = pair.Hers })).Succeeds()["case"].GetString());
        Assert.Equal(3, (await Waiting(clerk)).Length);
        // A colleague's look is a thing of his own.
        using var colleague = await town.Official("commune-clerk", town.Commune.Id);
        Assert.NotEqual(first, (await colleague.Post("/marriages/check", pair.Declared())).Succeeds()["case"].GetString());
        (await clerk.Post("/marriages/register", pair.Declared())).Succeeds();
        Assert.DoesNotContain(await Waiting(clerk), i => i.GetProperty("reference").GetString() == first);
    }

    [Fact]
    public async Task What_was_filled_in_is_there_when_the_act_is_gone_on_with_and_gone_when_it_is_left()
    {
        using var desk = town.Sit();
        await desk.SignIn("canbo");
        var pair = await new Pair(town).Enter();
        var look = await desk.Send("/ho-tich/khai-tu?handler=Look", ("deceased", pair.His));
        var reference = Reference().Match(look.Text).Value;
        await desk.Send("/ho-tich/khai-tu?handler=Review", ("deceased", pair.His), ("Case", reference), ("cause", "Bệnh tim mẫu"), ("place", "Tại nhà mẫu"));
        (await desk.Get("/viec-cho")).Says(pair.Man.Facts.FullName!);
        var begun = await desk.Get($"/ho-tich/khai-tu?viec={reference}");
        begun.Says("những gì đã nhập vẫn còn");
        begun.Says("name=\"cause\" value=\"Bệnh tim mẫu\"", "name=\"place\" value=\"Tại nhà mẫu\"");
        await desk.Send("/viec-cho?handler=Leave", ("reference", reference));
        Assert.Equal(0, await town.Value<long>("select count(*) from civil.draft d join journal.case_file c on c.id = d.case_id where c.reference = $1", reference));
        Assert.DoesNotContain(pair.Man.Facts.FullName!, (await desk.Get("/viec-cho")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_registered_an_act_sees_record_and_entry_at_once_for_half_an_hour_and_nobody_else_does()
    {
        using var desk = town.Sit();
        await desk.SignIn("canbo");
        using var colleague = await town.Official("commune-clerk", town.Commune.Id);
        using var canbo = await town.As("canbo");
        var pair = await new Pair(town).Enter();
        var entry = (await canbo.Post("/marriages/register", pair.Declared())).Succeeds()["entry"].GetString();
        Assert.StartsWith($"/nguoi/{pair.ManKey}", (await desk.Send("/ho-tich/ket-hon?handler=After", ("entry", entry), ("to", "person"))).Succeeds().Says(pair.Man.Facts.FullName!).Path, StringComparison.Ordinal);
        // The other of the two too, and the entry; the case is not among what waits.
        (await desk.Get($"/nguoi/{pair.WomanKey}")).Succeeds().Says(pair.Woman.Facts.FullName!);
        Assert.StartsWith($"/so-ho-tich/{entry}", (await desk.Send("/ho-tich/ket-hon?handler=After", ("entry", entry), ("to", "entry"))).Succeeds().Path, StringComparison.Ordinal);
        Assert.DoesNotContain(await Waiting(canbo), i => i.GetProperty("reference").GetString()!.StartsWith("XL-", StringComparison.Ordinal));
        var others = (await colleague.Post("/marriages/register", (await new Pair(town).Enter()).Declared())).Succeeds()["entry"].GetString();
        (await desk.Send("/ho-tich/ket-hon?handler=After", ("entry", others), ("to", "person"))).Refuses("civil.no-entry");
        await town.Execute("update journal.case_file set until_at = opened_at where reference like 'XL-%'");
        Assert.DoesNotContain(pair.Man.Facts.FullName!, (await desk.Get($"/nguoi/{pair.ManKey}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_decided_in_time_is_late()
    {
        using var clerk = await town.Official("commune-clerk", town.Commune.Id);
        var pair = await new Pair(town).Enter();
        var begun = (await clerk.Post("/marriages/check", pair.Declared())).Succeeds()["case"].GetString()!;
        Assert.False(Assert.Single(await Waiting(clerk)).GetProperty("late").GetBoolean());
        await town.Execute("update journal.case_file set opened_at = opened_at - interval '9 days' where reference = $1", begun);
        Assert.True(Assert.Single(await Waiting(clerk)).GetProperty("late").GetBoolean());
    }

    [GeneratedRegex("KT-[0-9a-f]{12}")]
    private static partial Regex Reference();

    private static async Task<System.Text.Json.JsonElement[]> Waiting(Official who) => [.. (await who.Post("/civil/waiting", new { })).Succeeds()["items"].EnumerateArray()];
}
