using System.Runtime.Versioning;
using Npgsql;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Numbers in the book of births follow each other.</summary>
[SupportedOSPlatform("linux")]
public sealed class BookTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task Births_at_once_get_consecutive_numbers_and_refused_ones_leave_no_gap()
    {
        using var canbo = await town.As("canbo");
        var couples = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => new Couple(town).Enter()));
        couples[3].With("born", "2027-01-01");
        // The number has been given when the database refuses: what was done is undone with it.
        couples[5].With("evidenceNo", couples[4].Declared["evidenceNo"]);
        var replies = await Task.WhenAll(couples.Select(c => canbo.Post("/births/register", c.Declared)));
        Assert.Equal(6, replies.Count(r => r.IsGood));
        Assert.Equal(["01/2026", "02/2026", "03/2026", "04/2026", "05/2026", "06/2026"], replies.Where(r => r.IsGood).Select(r => r["entryNo"].GetString()).Order(StringComparer.Ordinal));
        (await canbo.Post("/births/register", (await new Couple(town).With("sex", 3).Enter()).Declared)).Refuses("civil.sex-missing");
        Assert.Equal("07/2026", (await canbo.Post("/births/register", (await new Couple(town).Enter()).Declared)).Succeeds()["entryNo"].GetString());

        await The_database_refuses_a_gap_a_repeat_and_a_change();
        // A new year begins a new book.
        town.Clock.MoveTo(new DateOnly(2027, 1, 4));
        Assert.Equal("01/2027", (await canbo.Post("/births/register", (await new Couple(town).Enter()).Declared)).Succeeds()["entryNo"].GetString());
        Assert.Empty((await town.Verify()).Differences);
    }

    private async Task The_database_refuses_a_gap_a_repeat_and_a_change()
    {
        const string again = """
            insert into civil.entry (id, book_id, no, registered_on, decided_by, person_id, body)
            select gen_random_uuid(), book_id, no + $1, registered_on, decided_by, person_id, body from civil.entry order by no desc limit 1
            """;
        Assert.Equal("civil.entry-out-of-order", await Refusal(again, 0));
        Assert.Equal("civil.entry-out-of-order", await Refusal(again, 2));
        Assert.Equal("civil.entry-out-of-order", await Refusal("update civil.book set last_no = last_no + 1"));
        Assert.Equal("journal.append-only", await Refusal("update civil.entry set no = no + 100"));
        Assert.Equal("journal.append-only", await Refusal("delete from civil.entry"));
        await town.Execute("update civil.book set closed_on = '2026-12-31'");
        Assert.Equal("civil.book-closed", await Refusal(again, 1));
    }

    private async Task<string> Refusal(string sql, params object?[] values) => (await Assert.ThrowsAsync<PostgresException>(() => town.Execute(sql, values))).MessageText.Split(':')[0];
}
