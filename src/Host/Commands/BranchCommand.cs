using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc branch follow`: brings a branch up to date with the root it follows, over the root's feed.</summary>
internal static class BranchCommand
{
    private const string Purpose = "data-sharing";

    public static async Task<int> Follow(Settings settings, Uri root, string token, string @case, CancellationToken stop)
    {
        await using var work = await Workplace.Open(settings, stop);
        using var http = new HttpClient { BaseAddress = root };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        long applied = 0;
        for (var more = true; more;)
        {
            var after = await work.Do<IBranch, long>(b => b.Followed());
            using var reply = await http.PostAsJsonAsync("/api/v1/journal/feed", new { after, most = 1000, bodies = true, purpose = Purpose, @case }, stop);
            if (!reply.IsSuccessStatusCode)
            {
                throw new UsageException($"Sổ gốc trả lời / the root answers {(int)reply.StatusCode}: {await reply.Content.ReadAsStringAsync(stop)}");
            }

            var page = await reply.Content.ReadFromJsonAsync<JsonElement>(stop);
            var entries = page.GetProperty("entries").EnumerateArray().Select(Entry).ToList();
            more = page.GetProperty("more").GetBoolean();
            var outcome = await work.Do<Kernel.Web.Runner, Outcome<long>>(r => r.Run<IBranch, long>(b => b.Follow(after, entries, page.GetProperty("next").GetInt64())));
            if (!outcome.Ok(out var count))
            {
                Console.Error.WriteLine(string.Join('\n', outcome.Problems.Select(p => $"{p.Code}: {work.Get<Sentences>().Say(p)}")));
                return 1;
            }

            applied += count;
            Meter.Tell($"{applied:N0} bút toán / entries");
        }

        Meter.Clear();
        Console.WriteLine($"{applied:N0} bút toán đã theo sổ gốc / entries followed");
        return 0;
    }

    private static RootEntry Entry(JsonElement e) => new(e.GetProperty("place").GetInt64(), e.GetProperty("at").GetDateTimeOffset(), e.GetProperty("actor").GetString()!, e.GetProperty("office").GetString()!,
        e.GetProperty("ground").GetString()!, e.GetProperty("subject").GetGuid(), e.GetProperty("kind").GetString()!, e.GetProperty("body").GetRawText());
}
