using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;

namespace SoGoc.Places.Units;

/// <summary>Units whose name begins with, or contains, what is typed; those of the home province first. Also tells what a whole address means.</summary>
internal sealed class FindPlaces(IPlaces places, TimeProvider clock)
{
    private const int Most = 50;

    internal sealed record Request([Required] string? Text, DateOnly? Day);

    internal sealed record Answer(UnitTold? Means, string Fault, IReadOnlyList<UnitTold> Units);

    public Task<Outcome<Answer>> Run(Request r)
    {
        var text = (r.Text ?? "").Trim();
        var key = NameKey.Of(text);
        if (key.Length == 0)
        {
            return Task.FromResult<Outcome<Answer>>(Problem.Invalid("text", "kernel.required"));
        }

        var (book, day) = (places.Book, r.Day ?? clock.Today());
        var home = book.Home(day)?.Id;
        var match = book.MatchText(text, day);
        var units = from a in book.All
                    where a.Valid.Holds(day)
                    let name = NameKey.Of(a.FullName)
                    where name.Contains(key, StringComparison.Ordinal) || a.Code == text
                    orderby book.Province(a)?.Id == home descending, NameKey.Of(a.Name).StartsWith(key, StringComparison.Ordinal) descending, a.Level, name, a.Code
                    select UnitTold.Of(book, a);
        return Task.FromResult<Outcome<Answer>>(new Answer(match.Area is { } area ? UnitTold.Of(book, area) : null, match.Fault.ToString().ToLowerInvariant(), [.. units.Take(Most)]));
    }
}
