using System.Collections.Frozen;
using Npgsql;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Population.Lookups;

/// <summary>One thing that may be asked about a person: its name on the wire, the group of the law (article 9) it belongs to, where it is stored, which right it needs
/// beyond reading persons, and how it is answered. The fields a call names are compiled into one statement, and stand in the disclosure as they were asked.</summary>
/// <param name="Columns">SQL over <c>p</c> (the person) and the joins of <see cref="Join"/>.</param>
/// <param name="Read">Puts the columns, which begin at the index given, into the answer.</param>
/// <param name="Join">A further table, at most one row a person.</param>
/// <param name="Stored">Under which names doubts stand for it.</param>
/// <param name="Needs">A right beyond <see cref="PopulationPermission.ReadPerson"/>.</param>
internal sealed record LookupField(string Name, int Group, string[] Columns, Action<Answered, NpgsqlDataReader, int> Read, string Join = "", string[]? Stored = null, PopulationPermission? Needs = null)
{
    /// <summary>Stands in a join for the day that is asked on: a temporary residence has an end that lies ahead.</summary>
    public const string Day = "@day";

    public static FrozenDictionary<string, LookupField> All { get; } = new LookupField[]
    {
        new("fullName", 1, ["p.full_name"], (a, r, i) => a.FullName = r.GetString(i)),
        new("nameParts", 1, ["p.surname", "p.middle", "p.given"], (a, r, i) => a.NameParts = new NameParts(r.Text(i), r.Text(i + 1), r.Text(i + 2)), Stored: ["fullName", "surname", "middle", "given"]),
        new("otherNames", 2, ["p.other_names"], (a, r, i) => a.OtherNames = Texts(r, i)),
        new("born", 4, ["p.born_earliest", "p.born_precision"], (a, r, i) => a.Born = PartialDate.Stored(r.Maybe<DateOnly>(i), r.Maybe<short>(i + 1))),
        new("sex", 5, ["p.sex"], (a, r, i) => a.Sex = r.Maybe<short>(i)),
        new("birthPlace", 6, ["p.birth_area", "p.birth_place"], (a, r, i) => a.BirthPlace = Place(r, i)),
        new("birthRegistered", 7, ["p.registered_area", "p.registered_place"], (a, r, i) => a.BirthRegistered = Place(r, i)),
        new("hometown", 8, ["p.home_area", "p.home_place"], (a, r, i) => a.Hometown = Place(r, i)),
        new("ethnicity", 9, ["p.ethnicity"], (a, r, i) => a.Ethnicity = r.Text(i)),
        new("religion", 10, ["p.religion"], (a, r, i) => a.Religion = r.Text(i), Needs: PopulationPermission.ReadSensitive),
        new("nationality", 11, ["p.nationality"], (a, r, i) => a.Nationality = Texts(r, i)),
        new("blood", 12, ["p.blood"], (a, r, i) => a.Blood = r.Text(i), Needs: PopulationPermission.ReadSensitive),
        new("oldIds", 13, ["p.old_ids"], (a, r, i) => a.OldIds = Texts(r, i), Stored: ["oldIds", "oldId"]),
        new("marital", 21, ["p.marital"], (a, r, i) => a.Marital = r.Maybe<short>(i)),
        new("status", 24, ["p.status", "p.ended_earliest", "p.ended_precision"],
            (a, r, i) => (a.Status, a.Ended) = (r.GetString(i), PartialDate.Stored(r.Maybe<DateOnly>(i + 1), r.Maybe<short>(i + 2))), Stored: ["status", "ended", "died"]),
        new("contact", 25, ["p.phone", "p.email"], (a, r, i) => a.Contact = new Contact(r.Text(i), r.Text(i + 1)), Stored: ["phone", "email"]),
        Home("permanentResidence", 16, "permanent", (a, h) => a.PermanentResidence = h, ["homeDetail", "homeCommune", "homeCode", "homeSince"]),
        Home("temporaryResidence", 17, "temporary", (a, h) => a.TemporaryResidence = h, ["temporary"]),
        Home("currentResidence", 18, "current", (a, h) => a.CurrentResidence = h, ["current"]),
        new("household", 22, ["h.id", "h.file_number", "m.relation"],
            (a, r, i) => a.Household = r.IsDBNull(i) ? null : new HouseholdTie(r.GetGuid(i), r.Text(i + 1), r.GetString(i + 2)),
            "left join population.member m on m.person_id = p.id and upper_inf(m.valid) left join population.household h on h.id = m.household_id", ["relation", "fileNumber"]),
    }.ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);

    public string Class { get; } = FieldClass.Of(Group);

    public IEnumerable<string> DoubtNames => Stored ?? [Name];

    public bool MayBeReadBy(Actor actor) => Needs is not { } right || actor.May(Permission.Of(right));

    private static LookupField Home(string name, int group, string kind, Action<Answered, Home?> set, string[] stored)
    {
        var t = "r" + group;
        return new(name, group, [$"{t}.area_id", $"{t}.detail", $"lower({t}.valid)"],
            (a, r, i) => set(a, r.IsDBNull(i) && r.IsDBNull(i + 1) ? null : new Home(r.Maybe<int>(i), r.Text(i + 1), r.Maybe<DateOnly>(i + 2))),
            $"left join lateral (select area_id, detail, valid from population.residence x where x.person_id = p.id and x.kind = '{kind}' and x.valid @> '{Day}'::date order by x.no desc limit 1) {t} on true", stored);
    }

    private static string[]? Texts(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.Get<string[]>(i);

    private static PlaceFact? Place(NpgsqlDataReader r, int i) => r.IsDBNull(i) && r.IsDBNull(i + 1) ? null : new PlaceFact(r.Maybe<int>(i), r.Text(i + 1));
}

internal sealed record NameParts(string? Surname, string? Middle, string? Given);

internal sealed record Contact(string? Phone, string? Email);

/// <summary>A residence as stored: the unit in the version of its day, and the address as written.</summary>
internal sealed record Home(int? Area, string? Detail, DateOnly? Since)
{
    /// <summary>The whole address, with the names of its day.</summary>
    public string? Address { get; set; }

    /// <summary>The address as of today, where the unit has changed since.</summary>
    public string? Today { get; set; }
}

internal sealed record HouseholdTie(Guid Id, string? FileNumber, string Relation);

/// <summary>What is answered about a person: only the fields that were asked for; a field that is asked and absent is not known to the register.</summary>
internal sealed class Answered
{
    public Guid Id { get; set; }
    public string? Number { get; set; }
    public string? FullName { get; set; }
    public NameParts? NameParts { get; set; }
    public string[]? OtherNames { get; set; }
    public PartialDate? Born { get; set; }
    public short? Sex { get; set; }
    public PlaceFact? BirthPlace { get; set; }
    public PlaceFact? BirthRegistered { get; set; }
    public PlaceFact? Hometown { get; set; }
    public string? Ethnicity { get; set; }
    public string? Religion { get; set; }
    public string[]? Nationality { get; set; }
    public string? Blood { get; set; }
    public string[]? OldIds { get; set; }
    public short? Marital { get; set; }
    public string? Status { get; set; }
    public PartialDate? Ended { get; set; }
    public Contact? Contact { get; set; }
    public Home? PermanentResidence { get; set; }
    public Home? TemporaryResidence { get; set; }
    public Home? CurrentResidence { get; set; }
    public HouseholdTie? Household { get; set; }

    /// <summary>Fields that were asked for, by people who asked before us: nobody knows them.</summary>
    public string[]? Unknown { get; set; }

    /// <summary>What is doubtful about the fields asked for.</summary>
    public IReadOnlyList<FieldDoubt>? Doubts { get; set; }

    /// <summary>The record is shown only to those who may read confidential records.</summary>
    public bool? Confidential { get; set; }
}

internal sealed record FieldDoubt(string Field, string Code);
