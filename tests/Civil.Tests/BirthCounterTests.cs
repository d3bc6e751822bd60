using System.Net;
using System.Runtime.Versioning;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Somebody who looks like the child stands in the register already.</summary>
[SupportedOSPlatform("linux")]
public sealed class BirthCounterTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Who_looks_like_the_child_and_was_confirmed_to_be_another_is_kept_apart_for_the_night_with_the_entry_as_ground()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        couple.With("fullName", $"{couple.Father.Facts.Surname} Thị Riêng Biệt");
        var before = People.Someone((short)(int)couple.Declared["sex"]!, (string)couple.Declared["born"]!).Named((string)couple.Declared["fullName"]!);
        var known = await town.Enter(before with { Facts = before.Facts with { Number = null } });
        var refused = await canbo.Post("/births/register", couple.Declared);
        refused.Refuses("civil.perhaps-in-register", HttpStatusCode.Conflict);
        Assert.Equal(0, await town.Value<long>("select count(*) from quality.pair where a = $1 or b = $1", known));
        var done = (await canbo.Post("/births/register", couple.With("confirmed", new[] { "civil.perhaps-in-register" }).Declared)).Succeeds();
        var child = done["person"].GetGuid();
        var (state, counter, office, ground) = (await town.Rows("select state, counter, counter_office, ground from quality.pair where least(a, b) = least($1, $2) and greatest(a, b) = greatest($1, $2)", r => (r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)), child, known)).Single();
        Assert.Equal(("different", "birth"), (state, counter));
        Assert.StartsWith("UBND", office, StringComparison.Ordinal);
        Assert.StartsWith($"Đăng ký khai sinh số {done["entryNo"].GetString()}", ground, StringComparison.Ordinal);
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry e join quality.pair d on d.id = e.subject where e.kind = 'quality.pair-judged' and d.a in ($1, $2) and d.b in ($1, $2)", child, known));
        Assert.Empty((await town.Verify()).Differences);
    }
}
