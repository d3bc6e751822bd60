using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Population.Persons;

/// <summary>Reads persons from their tables, any number at once, in the order of their keys. The one place that knows the columns for reading;
/// <see cref="PersonCopy"/> is the one for writing.</summary>
internal static class PersonRows
{
    public const string Columns = """
        id, number, full_name, surname, middle, given, other_names, born_earliest, born_precision, sex, birth_area, birth_place,
        registered_area, registered_place, home_area, home_place, ethnicity, religion, nationality, blood, old_ids, marital,
        ended_earliest, ended_precision, phone, phone_verified, email, email_verified, other, unknown, status, merged_into, confidential, fingerprint
        """;

    /// <summary>The child tables, in the order in which <see cref="Attach"/> reads them.</summary>
    public static readonly (string Table, string Columns)[] Children =
    [
        ("residence", "person_id, no, kind, area_id, detail, valid"),
        ("member", "person_id, no, household_id, relation, valid"),
        ("kin", "person_id, no, kind, name, number, kin_id, old_id, nationality"),
        ("id_paper", "person_id, no, kind, number, issued, place, expires"),
        ("doubt", "person_id, field, code, note"),
        ("former_number", "person_id, number, reason"),
    ];

    private static readonly string[] OfOne = Questions("= $1"), OfMany = Questions("= any($1)");

    /// <summary>One person is most of what is asked: by a single key the server keeps its plan, where a list of unknown length is planned each time.</summary>
    private static string[] Questions(string key) => [$"select {Columns} from population.person where id {key} order by id", .. Children.Select(c => $"select {c.Columns} from population.{c.Table} where person_id {key} order by 1, 2")];

    /// <param name="session">In its transaction.</param>
    /// <param name="ids">Whose.</param>
    /// <param name="hold">Nobody else holds them meanwhile. Who only refers to them is not kept out: two who have both named a person in their case would wait for each other otherwise.</param>
    public static async Task<Dictionary<Guid, PersonState>> Load(Session session, Guid[] ids, bool hold = false)
    {
        var found = new Dictionary<Guid, PersonState>(ids.Length);
        var questions = ids.Length == 1 ? OfOne : OfMany;
        await session.Each(hold ? [questions[0] + " for no key update", .. questions[1..]] : questions, (question, r) =>
        {
            if (question == 0)
            {
                var (id, state) = Person(r);
                found[id] = state;
            }
            else if (found.TryGetValue(r.GetGuid(0), out var whole))
            {
                found[r.GetGuid(0)] = Attach(whole, Part(question - 1, r));
            }
        }, ids.Length == 1 ? ids[0] : ids);
        return found;
    }

    public static (Guid Id, PersonState State) Person(NpgsqlDataReader r) => (r.GetGuid(0), new PersonState
    {
        Facts = new PersonFacts
        {
            Number = r.Text(1) is { } n && PersonalNumber.TryParse(n, out var number) ? number : null,
            FullName = r.GetString(2),
            Surname = r.Text(3),
            Middle = r.Text(4),
            Given = r.Text(5),
            OtherNames = Texts(r, 6),
            Born = PartialDate.Stored(r.Maybe<DateOnly>(7), r.Maybe<short>(8)),
            Sex = r.Maybe<short>(9),
            BirthPlace = Place(r, 10),
            BirthRegistered = Place(r, 12),
            Hometown = Place(r, 14),
            Ethnicity = r.Text(16),
            Religion = r.Text(17),
            Nationality = Texts(r, 18),
            Blood = r.Text(19),
            OldIds = Texts(r, 20),
            Marital = r.Maybe<short>(21),
            Ended = PartialDate.Stored(r.Maybe<DateOnly>(22), r.Maybe<short>(23)),
            Phone = r.Text(24),
            PhoneVerified = r.Maybe<DateOnly>(25),
            Email = r.Text(26),
            EmailVerified = r.Maybe<DateOnly>(27),
            Other = r.Text(28),
            Unknown = Texts(r, 29),
        },
        Status = Word.Read<PersonStatus>(r.GetString(30)),
        MergedInto = r.Maybe<Guid>(31),
        Confidential = r.GetInt16(32),
        Fingerprint = r.Maybe<Guid>(33),
    });

    /// <summary>A row of the child table number <paramref name="child"/> of <see cref="Children"/>.</summary>
    public static object Part(int child, NpgsqlDataReader r) => child switch
    {
        0 => Residence(r),
        1 => Membership(r),
        2 => new Kin(r.GetInt16(1), Word.Read<KinKind>(r.GetString(2)), r.Text(3), r.Text(4) is { } n && PersonalNumber.TryParse(n, out var number) ? number : null,
            r.Maybe<Guid>(5), r.Text(6), r.Text(7)),
        3 => Paper(r, 0),
        4 => new Doubt(r.GetString(1), r.GetString(2), r.Text(3)),
        _ => new FormerNumber(PersonalNumber.TryParse(r.GetString(1), out var former) ? former : default, r.GetString(2)),
    };

    public static PersonState Attach(PersonState state, object part) => part switch
    {
        Residence x => state with { Residences = [.. state.Residences, x] },
        Membership x => state with { Memberships = [.. state.Memberships, x] },
        Kin x => state with { Kin = [.. state.Kin, x] },
        IdPaper x => state with { Papers = [.. state.Papers, x] },
        Doubt x => state with { Doubts = [.. state.Doubts, x] },
        FormerNumber x => state with { FormerNumbers = [.. state.FormerNumbers, x] },
        _ => throw new InvalidOperationException(part.GetType().Name),
    };

    private static Residence Residence(NpgsqlDataReader r)
    {
        var valid = Period.Of(r.Get<NpgsqlRange<DateOnly>>(5));
        return new Residence(r.GetInt16(1), Word.Read<ResidenceKind>(r.GetString(2)), r.Maybe<int>(3), r.Text(4), valid.From, valid.Until);
    }

    /// <param name="r">The row.</param>
    /// <param name="at">Where its columns begin.</param>
    public static IdPaper Paper(NpgsqlDataReader r, int at) =>
        new(r.GetInt16(at + 1), Word.Read<PaperKind>(r.GetString(at + 2)), r.Text(at + 3), PartialDate.TryParse(r.Text(at + 4), out var issued) ? issued : null, r.Text(at + 5), r.Maybe<DateOnly>(at + 6));

    private static Membership Membership(NpgsqlDataReader r)
    {
        var valid = Period.Of(r.Get<NpgsqlRange<DateOnly>>(4));
        return new Membership(r.GetInt16(1), r.GetGuid(2), r.GetString(3), valid.From, valid.Until);
    }

    private static string[]? Texts(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.Get<string[]>(column);

    private static PlaceFact? Place(NpgsqlDataReader r, int column) =>
        r.IsDBNull(column) && r.IsDBNull(column + 1) ? null : new PlaceFact(r.Maybe<int>(column), r.Text(column + 1));
}

/// <summary>Members of enums as the tables and the journal write them: kebab-case.</summary>
internal static class Word
{
    private static class Of<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Written = Enum.GetValues<T>().ToDictionary(v => v, v => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()));
        public static readonly Dictionary<string, T> Read = Written.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }

    public static string Write<T>(T value) where T : struct, Enum => Of<T>.Written[value];

    public static T Read<T>(string word) where T : struct, Enum => Of<T>.Read[word];
}
