using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Data;
using SoGoc.Linkage;
using SoGoc.Quality.Duplicates;

namespace SoGoc.Quality.Counter;

/// <summary>The weights of the last night, kept in memory (some megabytes of a province) until another night has counted anew. Before the first night no name counts as rare.</summary>
internal sealed class CounterScale(IServiceScopeFactory scopes)
{
    private volatile Kept? kept;

    private sealed record Kept(DateTimeOffset? At, LinkScale Scale);

    public async Task<LinkScale> Now()
    {
        await using var scope = scopes.CreateAsyncScope();
        var reads = scope.ServiceProvider.GetRequiredService<Reads>();
        var at = (await reads.Rows("select made_at from quality.book", r => (DateTimeOffset?)r.GetFieldValue<DateTimeOffset>(0))).SingleOrDefault();
        if (kept is { } known && known.At == at)
        {
            return known.Scale;
        }

        // Two who come first both read it, and keep the same.
        var (model, book, persons) = (await reads.Rows("select m.json, b.bytes, coalesce(b.persons, (select count(*) from population.report_person)) from quality.model m left join quality.book b on true",
            r => (r.GetString(0), r.IsDBNull(1) ? null : r.GetFieldValue<byte[]>(1), r.GetInt64(2)))).Single();
        kept = new(at, new LinkScale(RegisterModel.For(LinkModel.Parse(model), Math.Max(1000, persons)), book is null ? LinkBook.Empty : LinkBook.Read(book)));
        return kept.Scale;
    }
}
