using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;

namespace SoGoc.Quality.Matching;

/// <summary>Of each row and whom it is about: what is otherwise, and which side looks right.</summary>
internal sealed class CompareRows(Session session)
{
    public const string Register = "register", List = "list", Unclear = "";

    private static readonly string[] NoPersons = ["cong ty", "doanh nghiep", "truong", "uy ban", "ubnd", "hop tac xa", "ho kinh doanh", "chi nhanh", "chua", "nha tho", "benh vien", "tram y te"];

    private sealed record Row(int No, string[] Given, string? Name, DateOnly? Born, short? Precision, short? Sex, string? Number, string? Status, bool Former, bool Others, bool Namesakes);

    /// <summary>Where a number leads to somebody of another name and another birth, it is the number that is wrong: he whom it names is one of those to choose from, and who is like the row is looked for.</summary>
    public async Task LetGo(Guid list)
    {
        var rows = await session.Rows("select r.row_no, r.given, p.full_name, p.born_earliest, p.born_precision from quality.match_row r join population.report_person p on p.id = r.person_id where r.list_id = $1",
            r => (No: r.GetInt32(0), Given: r.Get<string[]>(1), Name: r.GetString(2), Born: r.Maybe<DateOnly>(3), Precision: r.Maybe<short>(4)), list);
        var others = rows.Where(r => r.Given[MatchField.At(MatchField.Name)] is { Length: > 0 } name && !NameKey.Of(name).Split(' ').Intersect(NameKey.Of(r.Name).Split(' ').Skip(1)).Any()
            && DateWriting.TryRead(r.Given[MatchField.At(MatchField.Born)], out var born) && r.Born is { } known && Otherwise(born, known, r.Precision ?? 0)).Select(r => r.No).ToArray();
        await session.Execute("update quality.match_row set (person_id, others) = (null, array[person_id]) where list_id = $1 and row_no = any($2)", list, others);
    }

    public Task All(Guid list) => Some(list, null);

    /// <param name="row">Only this one; null: all.</param>
    public async Task Some(Guid list, int? row)
    {
        var rows = await session.Rows("""
            select r.row_no, r.given, p.full_name, p.born_earliest, p.born_precision, p.sex, p.number, p.status, exists (select from population.report_former_number f where f.person_id = p.id and f.number = regexp_replace(r.given[1], '[^0-9]', '', 'g')), cardinality(r.others) > 0, r.namesakes > 0
              from quality.match_row r left join population.report_person p on p.id = r.person_id where r.list_id = $1 and ($2::integer is null or r.row_no = $2)
            """, r => new Row(r.GetInt32(0), r.Get<string[]>(1), r.Text(2), r.Maybe<DateOnly>(3), r.Maybe<short>(4), r.Maybe<short>(5), r.Text(6), r.Text(7), r.GetBoolean(8), r.GetBoolean(9), r.GetBoolean(10)), list, row.As(NpgsqlDbType.Integer));
        foreach (var some in rows.Select(r => (r.No, Judged: Judge(r))).Chunk(2000))
        {
            await session.Execute("""
                update quality.match_row r set (outcome, differs, looks) = (n.outcome, string_to_array(n.differs, ','), string_to_array(n.looks, ',')) from unnest($2, $3, $4, $5) n(row_no, outcome, differs, looks) where r.list_id = $1 and r.row_no = n.row_no
                """, list, some.Select(s => s.No).ToArray(), some.Select(s => s.Judged.Outcome).ToArray(), some.Select(s => string.Join(',', s.Judged.Differs.Select(d => d.Field))).ToArray(),
                some.Select(s => string.Join(',', s.Judged.Differs.Select(d => d.Looks))).ToArray());
        }
    }

    private static (string Outcome, IReadOnlyList<(string Field, string Looks)> Differs) Judge(Row r)
    {
        string Of(string field) => r.Given[MatchField.At(field)];
        if (r.Status is null)
        {
            return (r.Others ? "several" : IsNoPerson(Of(MatchField.Name), Of(MatchField.Number)) ? "not-a-person" : r.Namesakes ? "several" : "not-found", []);
        }

        var differs = new List<(string, string)>();
        var digits = new string([.. Of(MatchField.Number).Where(char.IsAsciiDigit)]);
        if (digits.Length == 12 && digits != r.Number)
        {
            differs.Add((MatchField.Number, Register));
        }

        if (Of(MatchField.Name) is { Length: > 0 } name && !string.Equals(Plain(name), Plain(r.Name!), StringComparison.OrdinalIgnoreCase))
        {
            // A list without marks is a typewriter's; the register keeps the birth name.
            differs.Add((MatchField.Name, NameKey.Of(name) == NameKey.Of(r.Name!) && Marks(name) < Marks(r.Name!) ? Register : Unclear));
        }

        if (DateWriting.TryRead(Of(MatchField.Born), out var born) && r.Born is { } known && Otherwise(born, known, r.Precision ?? 0))
        {
            differs.Add((MatchField.Born, Looks(born, known, r.Precision ?? 0, r.Number)));
        }

        var sex = MatchField.SexOf(Of(MatchField.Sex));
        if (sex > 0 && r.Sex is 1 or 2 && sex != r.Sex)
        {
            differs.Add((MatchField.Sex, r.Number is { } n ? ((n[3] - '0') % 2) + 1 == r.Sex ? Register : List : Unclear));
        }

        return (r.Status == "dead" ? "dead" : differs.Count > 0 ? "differs" : "matched", differs);
    }

    /// <summary>A year alone contradicts another year only.</summary>
    private static bool Otherwise(PartialDate told, DateOnly known, short precision) => told.Precision == DatePrecision.Day && precision == 3 ? told.Earliest != known
        : told.Year is { } year && year != known.Year;

    private static string Looks(PartialDate told, DateOnly known, short precision, string? number)
    {
        var year = number is null ? (int?)null : 1900 + ((number[3] - '0') / 2 * 100) + int.Parse(number.AsSpan(4, 2), System.Globalization.CultureInfo.InvariantCulture);
        return year is not null && told.Year != known.Year ? year == known.Year ? Register : year == told.Year ? List : Unclear
            : told.Precision == DatePrecision.Day && precision == 3 && told.Earliest is { Month: 1, Day: 1 } ? Register : Unclear;
    }

    private static bool IsNoPerson(string name, string number) => NameKey.Of(name) is var key && (!key.Any(char.IsLetter) ? number.Length == 0 : NoPersons.Any(w => key == w || key.StartsWith(w + " ", StringComparison.Ordinal)));

    private static string Plain(string name) => string.Join(' ', Normal.Composed(name).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static int Marks(string name) => Normal.Composed(name).Count(c => c > 127);
}
