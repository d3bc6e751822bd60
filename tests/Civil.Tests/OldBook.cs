using System.Runtime.Versioning;
using System.Text;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>An old book of the commune that the clerk's commune was in those years, and what is sent into it.</summary>
[SupportedOSPlatform("linux")]
internal sealed class OldBook(Town town, Official by, Guid id)
{
    private static int numbers;

    public Guid Id => id;

    /// <summary>A commune of that year whose territory is the clerk's today.</summary>
    public static Area Then(Town town, int year) => town.Places.Within(town.Commune, town.Clock.Today()).Select(a => town.Places[a]!)
        .First(a => a.Level == AreaLevel.Commune && a.Valid.Holds(new DateOnly(year, 7, 1)) && !a.Valid.Holds(town.Clock.Today()));

    /// <summary>Opens a book with a number of its own.</summary>
    public static async Task<OldBook> Open(Town town, Official by, string kind = "birth", int year = 1987, int expected = 500, int? to = null)
    {
        var opened = await by.Post("/old-books/open", new { area = Then(town, year).Id, kind, yearFrom = year, yearTo = to, expected, number = $"{Interlocked.Increment(ref numbers)}" });
        return new OldBook(town, by, opened.Succeeds()["book"].GetGuid());
    }

    public Task<Reply> Send(byte[] file, string name = "so.csv") => Bring($"batches?name={name}", file);

    public Task<Reply> Send(params string[] lines) => Send(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    public Task<Reply> Picture(byte[] picture, int entries = 1) => Bring($"images?name=trang.png&entries={entries}", picture);

    /// <summary>Asks before the body is sent, as clients do with large ones: what is too large is refused by its length.</summary>
    private async Task<Reply> Bring(string route, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/old-books/{id}/{route}") { Content = new ByteArrayContent(body) };
        request.Headers.ExpectContinue = true;
        return await Reply.Of(await by.Http.SendAsync(request));
    }

    /// <summary>A page that no other test has.</summary>
    public async Task<Guid> Page(int entries = 1) => (await Picture([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. Guid.NewGuid().ToByteArray()], entries)).Succeeds()["image"].GetGuid();

    public Task<Reply> Shown() => by.Post("/old-books/show", new { book = id });

    public async Task<System.Text.Json.JsonElement> Covered() => (await by.Post("/old-books/coverage", new { book = id })).Succeeds()["books"][0];

    public Task<long> Entries() => town.Value<long>("select count(*) from civil.old_entry where book_id = $1", id);

    /// <summary>The proposals for the one of this name.</summary>
    public async Task<Reply> Proposed(string name) => (await by.Post("/old-books/proposals", new { party = await town.Value<Guid>("select id from civil.old_party where book_id = $1 and name = $2", id, name) })).Succeeds();
}
