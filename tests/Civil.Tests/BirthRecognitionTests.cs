using System.Net;
using System.Runtime.Versioning;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>A child and its father's recognition in one act, and how both are taken back.</summary>
[SupportedOSPlatform("linux")]
public sealed class BirthRecognitionTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Unmarried_parents_have_a_child_with_a_father_two_entries_one_decision_and_all_of_it_is_taken_back_together()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town) { Married = false }.Enter();
        var his = couple.Father.Facts.Number!.Value;
        couple.With("father", his.ToString()).With("proof", "undertaking").With("proofOn", "2026-11-20").With("bothHere", true);
        var check = (await canbo.Post("/births/check", couple.Declared)).Succeeds();
        Assert.True(check["recognised"].GetBoolean());
        var done = (await canbo.Post("/births/register", couple.With("case", check["case"].GetString()).Declared)).Succeeds();
        Assert.Matches("^[0-9]{2,}/2026$", done["recognitionNo"].GetString());
        var (number, child, birth, recognition) = (done["number"].GetString()!, done["person"].GetGuid(), done["entry"].GetGuid(), done["recognition"].GetGuid());
        Assert.Equal([(KinKind.Mother, couple.Number), (KinKind.Father, his)], (await Record(child)).Kin.Select(k => (k.Kind, k.Number!.Value)));
        Assert.All([couple.MotherKey, couple.FatherKey], async parent => Assert.Contains((await Record(parent)).Kin, k => k.Number.ToString() == number));
        Assert.Equal([("birth", his.ToString()), ("recognition", his.ToString())], await town.Rows("""
            select b.kind, coalesce(e.body->'father'->>'number', e.body->'parent'->>'number') from civil.entry e join civil.book b on b.id = e.book_id where e.id = any($1) order by b.kind
            """, r => (r.GetString(0), r.GetString(1)), new[] { birth, recognition }));
        // One transaction: nobody can see the one without the other.
        Assert.Equal(1, await town.Value<long>("select count(distinct (era, xid)) from journal.entry where subject = any($1)", new[] { birth, recognition, child }));
        foreach (var entry in new[] { birth, recognition })
        {
            (await canbo.Post("/civil/papers/issue", new { entry, kind = "certificate" })).Succeeds();
        }

        var revoked = (await canbo.Post("/births/revoke", new { person = number, decidedBy = "Chủ tịch UBND tỉnh Mẫu", decisionNo = "9/QĐ", decisionOn = "2026-11-24" })).Succeeds();
        Assert.Equal((PersonStatus.Cancelled, 0, 0, 0), await Record(child) is var c ? (c.Status, c.Kin.Count, c.Memberships.Count, c.Residences.Count) : default);
        Assert.All([couple.MotherKey, couple.FatherKey], async parent => Assert.DoesNotContain((await Record(parent)).Kin, k => k.Kind == KinKind.Child));
        Assert.Equal([(birth, "annulled"), (recognition, "annulled")], (await town.Rows("select entry_id, kind from civil.annotation where entry_id = any($1)", r => (r.GetGuid(0), r.GetString(1)), new[] { birth, recognition })).OrderBy(n => n.Item1 != birth));
        Assert.Equal(0, await town.Value<long>("select count(*) from civil.paper where entry_id = any($1) and ended_at is null", new[] { birth, recognition }));
        (await canbo.Post("/civil/papers/issue", new { entry = recognition, kind = "extract" })).Refuses("civil.entry-annulled");
        Assert.NotNull(revoked["entryNo"].GetString());
        // The same notification serves for the right registration, and once.
        couple.With("case", null).With("father", null).With("proof", null).With("bothHere", false).With("kind", "father-unknown").With("fullName", $"{couple.Mother.Facts.Surname} Thị Mới").With("declarant", "mother");
        Assert.NotEqual(number, (await canbo.Post("/births/register", couple.Declared)).Succeeds()["number"].GetString());
        (await canbo.Post("/births/register", couple.With("confirmed", new[] { "civil.perhaps-registered" }).Declared)).Refuses("civil.notification-used", HttpStatusCode.Conflict);
        Assert.Empty((await town.Verify()).Differences);
    }

    private Task<PersonState> Record(Guid id) => town.Do<IPopulation, PersonState>(async p => (await p.Find(id))!);
}
