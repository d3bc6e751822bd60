using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Lookups;

/// <inheritdoc/>
internal sealed class CardHolders(BeyondDuty all) : ICardHolders
{
    public Task<CardHolder?> Find(ShownNumber? number) => number is { Personal: null } card
        ? One("p.id in (select person_id from population.id_paper where upper(regexp_replace(number, '[^A-Za-z0-9]', '', 'g')) = $1 and kind in ('permanent-residence-card', 'temporary-residence-card'))", card.ToString())
        : One("p.number = $1", number?.ToString() ?? "");

    public Task<CardHolder?> Of(Guid person) => One("p.id = $1", person);

    private async Task<CardHolder?> One(string which, object value)
    {
        var rows = await all.Rows($"""
            select p.id, p.full_name, p.born_earliest, p.born_precision, p.phone, p.email, i.person_id, i.no, i.kind, i.number, i.issued, i.place, i.expires
              from population.person p left join population.id_paper i on i.person_id = p.id and i.kind in ('cccd', 'can-cuoc', 'permanent-residence-card', 'temporary-residence-card')
             where {which} and p.status = 'living'
            """, r => (Holder: new CardHolder(r.GetGuid(0), r.GetString(1), PartialDate.Stored(r.Maybe<DateOnly>(2), r.Maybe<short>(3)), r.Text(4), r.Text(5), []),
            Card: r.IsDBNull(6) ? null : PersonRows.Paper(r, 6)), value);
        // A card that the register has with two people shows nobody.
        return rows.Select(r => r.Holder.Person).Distinct().Count() != 1 ? null : rows[0].Holder with { Cards = [.. rows.Select(r => r.Card).OfType<IdPaper>()] };
    }
}
