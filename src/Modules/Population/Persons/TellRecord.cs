using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Population.Persons;

/// <inheritdoc/>
internal sealed class TellRecord(Session session, Sentences say, IPlaces places, Codes.Codes codes, TimeProvider clock) : IWholeRecord
{
    public async Task<HeldRecord?> Of(Guid person)
    {
        if ((await PersonRows.Load(session, [person])).GetValueOrDefault(person) is not { } state)
        {
            return null;
        }

        var homes = await session.Rows("select id, file_number, area_id, detail, opened_on, closed_on from population.household where id = any($1)",
            r => (Id: r.GetGuid(0), State: new HouseholdState(r.Text(1), r.Maybe<int>(2), r.Text(3), r.Maybe<DateOnly>(4), r.Maybe<DateOnly>(5))), state.Memberships.Select(m => m.Household).Distinct().ToArray());
        var book = await codes.Book();
        ToldPart[] parts =
        [
            new(say["population.identity"], [.. Facts(state, new FactText(say, places.Book, book))]),
            new(say["population.residence"], [.. state.Residences.Select(r => ($"{say["residence." + Word.Write(r.Kind)]}, {Time(r.From, r.Until)}", Address(r.Area, r.Detail)))]),
            new(say["population.papers"], [.. state.Papers.Select(p => (say["paper." + Word.Write(p.Kind)], Paper(p)))]),
            new(say["population.household"], [.. state.Memberships.Select(m => ($"{book.Name("relation", m.Relation)}, {Time(m.From, m.Until)}", Household(homes.Find(h => h.Id == m.Household).State)))]),
            new(say["population.kin"], [.. state.Kin.Select(k => (say["kin." + Word.Write(k.Kind)], Joined(k.Name, k.Number?.ToString(), k.OldId)))]),
            new(say["population.doubt"], [.. state.Doubts.Select(d => (say["field." + d.Field], Joined(say[d.Code], d.Note)))]),
        ];
        return new HeldRecord(state, [.. homes.Select(h => h.State)], [.. parts.Where(p => p.Lines.Count > 0)]);
    }

    private IEnumerable<(string, string)> Facts(PersonState state, FactText text) => FactField.All.Select(f => (say["field." + f.Name], Text: text.Of(f.Name, state.Facts))).Where(f => f.Text is not null)
        .Select(f => (f.Item1, f.Text!)).Append((say["population.status-head"], say["status." + Word.Write(state.Status)])).Concat(state.FormerNumbers.Select(n => (say["population.former-number"], Joined(n.Number.ToString(), n.Reason))));

    private string Paper(IdPaper p) => Joined(p.Number, p.Issued is { } issued ? say["population.issued", issued.Shown].TrimEnd(',', ' ') : null, p.Place, p.Expires is { } expires ? $"{say["population.valid-until"]} {expires.Shown()}" : null);

    private string Household(HouseholdState? h) => h is null ? say["population.absent"] : Joined(h.FileNumber is null ? null : $"{say["field.fileNumber"]}: {h.FileNumber}", Address(h.Area, h.Detail));

    private string Address(int? area, string? detail)
    {
        var (written, today) = AddressLine.Of(places.Book, area, detail, clock.Today());
        return today is null ? written ?? say["population.absent"] : $"{written} ({say["population.today"]} {today})";
    }

    private string Time(DateOnly? from, DateOnly? until) => $"{from?.Shown() ?? say["population.unknown"]} – {until?.Shown() ?? say["population.now"]}";

    private string Joined(params string?[] parts) => parts.Where(p => !string.IsNullOrEmpty(p)).ToList() is { Count: > 0 } some ? string.Join(", ", some) : say["population.absent"];
}
