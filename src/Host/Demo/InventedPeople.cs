using SoGoc.Invented;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Host.Demo;

/// <summary>Invented people as the register holds people.</summary>
internal sealed class InventedPeople(PlaceBook places, string referenceFolder, int people, ulong seed, DateOnly asOf)
{
    private readonly Dictionary<UnitRef, int?> areas = [];
    private readonly string[] nationality = ["VN"];

    public IEnumerable<FoundedHousehold> Households()
    {
        foreach (var home in new InventedProvince(new InventedSettings(people, seed, asOf, referenceFolder)).Households())
        {
            var id = HouseholdId(home.Members[0].Id);
            var address = $"{home.Detail}";
            yield return new FoundedHousehold(id, new HouseholdState(home.FileNumber, Area(home.Commune), address, home.Since),
                [.. home.Members.Select(m => (m.Id, Person(m, home, id)))]);
        }
    }

    private PersonState Person(InventedPerson p, InventedHousehold home, Guid household)
    {
        var died = p.Died is { } d ? d.Latest : (DateOnly?)null;
        return new PersonState
        {
            Facts = Facts(p),
            Status = p.Died is not null ? PersonStatus.Dead : p.Missing ? PersonStatus.Missing : PersonStatus.Living,
            Residences = Residences(p, home, died),
            Memberships = died is null || p.ResidentSince < died ? [new Membership(0, household, p.Relation, p.ResidentSince, died)] : [],
            Kin = [.. Kin(p)],
            Papers = p.Card is { } card
                ? [new IdPaper(0, card.Issued >= new DateOnly(2024, 7, 1) ? PaperKind.CanCuoc : PaperKind.Cccd, p.Number.Length > 0 ? p.Number : null, PartialDate.Of(card.Issued), card.Issuer, card.Expires)]
                : [],
        };
    }

    private PersonFacts Facts(InventedPerson p) => new()
    {
        Number = Number(p.Number),
        FullName = p.FullName,
        Surname = p.Surname,
        Middle = p.Middle,
        Given = p.Given,
        OtherNames = p.OtherNames.Length > 0 ? p.OtherNames : null,
        Born = PartialDate.Of(p.Born.Year, p.Born.Month, p.Born.Day),
        Sex = (short)p.Sex,
        BirthPlace = p.BirthPlace is null && p.BirthPlaceText is null ? null : new PlaceFact(p.BirthPlace is { } b ? Area(b) : null, p.BirthPlaceText),
        BirthRegistered = p.BirthRegisteredAt is { } r ? new PlaceFact(Area(r), null) : null,
        Hometown = p.Hometown is { } h ? new PlaceFact(Area(h), null) : null,
        Ethnicity = p.Ethnicity,
        Religion = p.Religion,
        Nationality = nationality,
        Blood = p.BloodGroup.Length > 0 ? p.BloodGroup : null,
        OldIds = p.OldIdNumbers.Length > 0 ? p.OldIdNumbers : null,
        Marital = (short)p.Marital,
        Ended = p.Died is { } d ? PartialDate.Of(d.Year, d.Month, d.Day) : null,
        // The law of 2014 did not name telephone and e-mail among the fields; that of 2023 does (group 25).
        Phone = asOf >= TwentySixGroups ? p.Phone : null,
        Email = asOf >= TwentySixGroups ? p.Email : null,
    };

    private static readonly DateOnly TwentySixGroups = new(2024, 7, 1);

    private List<Residence> Residences(InventedPerson p, InventedHousehold home, DateOnly? died)
    {
        var all = new List<Residence>(3);
        // A stay of no day at all (died on the day of moving in) is none.
        void Add(ResidenceKind kind, UnitRef? at, string? detail, DateOnly from, DateOnly? until)
        {
            if (until is null || from < until)
            {
                all.Add(new Residence(all.Count, kind, at is { } unit ? Area(unit) : null, detail, from, until));
            }
        }

        foreach (var past in p.Past)
        {
            Add(ResidenceKind.Permanent, past.Commune, past.Detail, past.From, past.To?.AddDays(1));
        }

        Add(ResidenceKind.Permanent, p.Commune, home.Detail, p.ResidentSince, died);
        if (died is null)
        {
            if (p.Temporary is { } t)
            {
                Add(ResidenceKind.Temporary, t.Commune, t.Detail, t.From, t.To?.AddDays(1));
            }

            if (p.Current is { } c)
            {
                Add(ResidenceKind.Current, c.Commune, c.Detail, c.From, c.To?.AddDays(1));
            }

            if (p.Absence is { } away)
            {
                Add(ResidenceKind.Absence, null, away.Reason, away.From, away.To?.AddDays(1));
            }
        }

        return all;
    }

    private static IEnumerable<Kin> Kin(InventedPerson p)
    {
        var no = 0;
        foreach (var (kind, kin) in new[] { (KinKind.Father, p.Father), (KinKind.Mother, p.Mother), (KinKind.Spouse, p.Spouse), (KinKind.Guardian, p.Representative) })
        {
            if (kin is not null)
            {
                var number = Number(kin.Number);
                yield return new Kin(no++, kind, kin.Name, number, number is null ? kin.Id : null, kin.OldIdNumber.Length > 0 ? kin.OldIdNumber : null, kin.Nationality);
            }
        }
    }

    private static PersonalNumber? Number(string text) => PersonalNumber.TryParse(text, out var n) ? n : null;

    private int? Area(UnitRef unit)
    {
        if (!areas.TryGetValue(unit, out var area))
        {
            areas[unit] = area = places.Find(unit.Code, unit.On)?.Id;
        }

        return area;
    }

    /// <summary>Beside the head's key, so that both lie close together in the journal.</summary>
    private static Guid HouseholdId(Guid head)
    {
        Span<byte> bytes = stackalloc byte[16];
        head.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[15] ^= 0xFF;
        return new Guid(bytes, bigEndian: true);
    }
}
