using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places;

namespace SoGoc.Population.Persons;

/// <inheritdoc/>
internal sealed class TellStory(Journal journal, Sentences say, IPlaces places, Codes.Codes codes) : IPersonStory
{
    public async Task<IReadOnlyList<ToldEntry>> Of(Guid person)
    {
        // What an adoption has closed is told here: nobody may keep an adopted child from knowing where it comes from (Luật Nuôi con nuôi 52/2010, article 11).
        var entries = await journal.Of(person);
        var lines = new Story(say, places.Book, await codes.Book()).Tell(entries);
        return [.. entries.AsEnumerable().Reverse().Zip(lines, (e, l) => new ToldEntry(e.Position, e.At, l.What, e.Office, e.Ground))];
    }
}
