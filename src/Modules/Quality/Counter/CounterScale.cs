using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Data;
using SoGoc.Linkage;
using SoGoc.Quality.Duplicates;

namespace SoGoc.Quality.Counter;

/// <summary>The weights of the last night, kept in memory (some megabytes of a province) until another night has counted anew. Before the first night no name counts as rare, and the register as one of a whole province: who warns of too much is not heard.</summary>
internal sealed class CounterScale(IServiceScopeFactory scopes)
{
    private const long Province = 1_000_000;

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
        var (model, book) = (await reads.Rows("select m.json, b.persons, b.bytes from quality.model m left join quality.book b on true", r => (LinkModel.Parse(r.GetString(0)), r.IsDBNull(1) ? ((long, byte[])?)null : (r.GetInt64(1), r.GetFieldValue<byte[]>(2))))).Single();
        kept = new(at, book is var (persons, bytes) ? new LinkScale(RegisterModel.For(model, persons), LinkBook.Read(bytes)) : new LinkScale(RegisterModel.For(model, Province), LinkBook.Empty));
        return kept.Scale;
    }
}
