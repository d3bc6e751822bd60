using System.Globalization;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Testing;

/// <summary>Invented people: plainly invented names, numbers that are valid by rule and different in the whole test process.</summary>
public static class People
{
    private static readonly string[] Surnames = ["Nguyễn", "Trần", "Lê", "Phạm", "Đỗ", "Vũ"];
    private static readonly string[] Given = ["Mẫu", "Thử", "Nghiệm", "Bịa", "Giả", "Ví Dụ", "Minh Họa"];
    // Nobody is called like an official of the demonstration.
    private static int people = 50;
    private static int numbers;

    /// <summary>A living person with a number, born in An Giang.</summary>
    /// <param name="sex">1 male, 2 female.</param>
    /// <param name="born">1962-07-05, 1962-07, 1962.</param>
    public static PersonState Someone(short sex = 2, string born = "1962-07-05") => Nobody(sex, born).Numbered();

    /// <summary>As <see cref="Someone"/>, without a number.</summary>
    public static PersonState Nobody(short sex = 2, string born = "1962-07-05")
    {
        var n = Interlocked.Increment(ref people);
        var date = PartialDate.TryParse(born, out var d) ? d : throw new ArgumentException(born, nameof(born));
        return new PersonState { Facts = new PersonFacts { Born = date, Sex = sex } }
            .Named($"{Surnames[n % Surnames.Length]} {(sex == 1 ? "Văn" : "Thị")} {Words(n)}");
    }

    /// <summary>Words that no other number has, so that no two people are taken for one.</summary>
    private static string Words(int n) => n < Given.Length ? Given[n] : $"{Words(n / Given.Length)} {Given[n % Given.Length]}";

    public static PersonState Named(this PersonState p, string fullName)
    {
        var words = fullName.Split(' ');
        return p with
        {
            Facts = p.Facts with
            {
                FullName = fullName, Surname = words.Length > 1 ? words[0] : null, Middle = words.Length > 2 ? string.Join(' ', words[1..^1]) : null, Given = words[^1],
            },
        };
    }

    public static PersonState Numbered(this PersonState p) => p with { Facts = p.Facts with { Number = Number("089", p.Facts.Sex ?? 1, p.Facts.Born?.Year ?? 1962) } };

    public static PersonState Numbered(this PersonState p, string number) => p with { Facts = p.Facts with { Number = Number(number) } };

    public static PersonState LivingAt(this PersonState p, int? area, string detail, string? since = null) => p with
    {
        Residences = [.. p.Residences, new Residence(p.Residences.Count, ResidenceKind.Permanent, area, detail, since is null ? null : DateOnly.Parse(since, CultureInfo.InvariantCulture))],
    };

    public static PersonState In(this PersonState p, Guid household, string relation = "99", string? since = null) => p with
    {
        Memberships = [.. p.Memberships, new Membership(p.Memberships.Count, household, relation, since is null ? null : DateOnly.Parse(since, CultureInfo.InvariantCulture))],
    };

    public static PersonState With(this PersonState p, KinKind kind, PersonalNumber number) => p with { Kin = [.. p.Kin, new Kin(p.Kin.Count, kind, null, number)] };

    public static PersonState With(this PersonState p, KinKind kind, Guid key) => p with { Kin = [.. p.Kin, new Kin(p.Kin.Count, kind, null, null, key)] };

    /// <summary>A number that nobody else in this test process has.</summary>
    public static PersonalNumber Number(string place, short sex, int year) =>
        Number(PersonalNumber.PrefixFor(place, sex, year) + Interlocked.Increment(ref numbers).ToString("000000", CultureInfo.InvariantCulture));

    public static PersonalNumber Number(string digits) => PersonalNumber.TryParse(digits, out var number) ? number : throw new ArgumentException(digits, nameof(digits));
}
