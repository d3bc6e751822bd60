using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;

namespace SoGoc.Quality;

/// <summary>ReadMeasures: the four numbers and how many findings there are, without names. WorkFindings: takes findings of the area and says what came of them. AssignWork: gives findings of the area to a colleague of the same office. JudgeDuplicates: decides whether records are of one person, joins them and
/// separates them. MatchLists: compares an agency's list with the whole register, openly or by keyed digests (<see cref="ListDigest"/>). ManageRules: asks for a run over the whole register, and says which rules the province looks for.</summary>
public enum QualityPermission { ReadMeasures, WorkFindings, JudgeDuplicates, ManageRules, MatchLists, AssignWork }

/// <summary>Runs over the whole register, for the command line and the demonstration.</summary>
public interface IQualityRuns
{
    /// <summary>Asks for both runs, in a transaction of its own: the subjects of their jobs, in the order in which they are to be done.</summary>
    Task<IReadOnlyList<Guid>> Ask();

    /// <summary>The four numbers of the whole province on the newest day that has them, as (measure, good, persons), and how many findings of each rule are open.</summary>
    Task<(IReadOnlyList<(string Measure, long Good, long Persons)> Measures, IReadOnlyList<(string Rule, long Open)> Findings)> Tell();
}

/// <summary>Keyed digests of what tells people apart, so that two lists can be compared whose values stay where they are: HMAC-SHA-256 (RFC 2104), its first 16 bytes. Both sides fold a value the same way first:
/// a number to its digits, a name to letters without marks or capitals (so that accents, places of tone marks, NFD and đ/d make no difference).</summary>
/// <param name="key">32 bytes, for one comparison.</param>
public sealed class ListDigest(byte[] key)
{
    /// <summary>Heads of a list of digests, in this order.</summary>
    public static readonly string[] Heads = ["row", "number", "name_born", "name_year", "key"];

    private const int Kept = 16, KeyBytes = 32;

    private string? mark;

    /// <summary>Tells two keys apart, and nothing of the key itself.</summary>
    public string KeyMark => mark ??= Written(Of("key", ""))[..8];

    /// <summary>A key that nobody had before.</summary>
    public static string NewKey() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>Reads a key as <see cref="NewKey"/> wrote it; null: it is none.</summary>
    public static ListDigest? WithKey(string text)
    {
        try
        {
            return Base64Url.DecodeFromChars(text.Trim()) is { Length: KeyBytes } bytes ? new ListDigest(bytes) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Of a number of 12 digits, or an old one of 9; null: it is neither.</summary>
    public UInt128? OfNumber(string text)
    {
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        return digits.Length is 9 or 12 ? Of("number", digits) : null;
    }

    /// <summary>Of a name and the day of birth; null: one of them is missing.</summary>
    public UInt128? OfNameAndDay(string name, PartialDate? born) =>
        Folded(name) is { Length: > 0 } folded && born is { Precision: DatePrecision.Day, Earliest: { } day } ? Of("name-day", string.Create(CultureInfo.InvariantCulture, $"{folded}|{day:yyyy-MM-dd}")) : null;

    /// <summary>Of a name, the year of birth and the sex; null: one of them is missing.</summary>
    /// <param name="sex">1 male, 2 female, 0 not told.</param>
    public UInt128? OfNameAndYear(string name, PartialDate? born, short sex) =>
        Folded(name) is { Length: > 0 } folded && born?.Year is { } year && sex is 1 or 2 ? Of("name-year", string.Create(CultureInfo.InvariantCulture, $"{folded}|{year}|{sex}")) : null;

    /// <summary>As a list of digests has it.</summary>
    public static string Written(UInt128? digest)
    {
        if (digest is not { } value)
        {
            return "";
        }

        Span<byte> bytes = stackalloc byte[Kept];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads what <see cref="Written"/> wrote.</summary>
    /// <param name="digest">null for an empty cell.</param>
    /// <returns>false: it is no digest.</returns>
    public static bool TryRead(string cell, out UInt128? digest)
    {
        digest = null;
        if (cell.Length == 0)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[Kept];
        if (cell.Length != 22 || !Base64Url.TryDecodeFromChars(cell, bytes, out var written) || written != Kept)
        {
            return false;
        }

        digest = System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }

    /// <summary>A row of a list of digests, of a row of an agency's list whose columns are known by their heads and first rows.</summary>
    /// <param name="heads">Heads of the agency's list.</param>
    /// <param name="rows">Its first rows, by which columns are told apart as well.</param>
    /// <returns>null: the list has neither numbers nor names.</returns>
    public static Func<ListDigest, long, Func<int, string>, string[]>? Rows(IReadOnlyList<string> heads, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var mapping = Matching.MatchField.Guess(heads, rows);
        if (!Matching.MatchField.IsEnough(mapping))
        {
            return null;
        }

        int At(string field) => Array.IndexOf(mapping, field);
        var (number, name, day, sex) = (At(Matching.MatchField.Number), At(Matching.MatchField.Name), At(Matching.MatchField.Born), At(Matching.MatchField.Sex));
        return (digest, row, cell) =>
        {
            string Of(int column) => column < 0 ? "" : cell(column);
            PartialDate? born = DateWriting.TryRead(Of(day), out var told) ? told : null;
            return [row.ToString(CultureInfo.InvariantCulture), Written(digest.OfNumber(Of(number))), Written(digest.OfNameAndDay(Of(name), born)), Written(digest.OfNameAndYear(Of(name), born, Matching.MatchField.SexOf(Of(sex)))), digest.KeyMark];
        };
    }

    private static string Folded(string name) => string.Join(' ', NameKey.Of(name).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private UInt128 Of(string what, string value)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{what}\n{value}"), full);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(full);
    }
}

/// <summary>How shares are told, one way wherever they are: cut off and not rounded, so that what is not whole is never called so (99,999 % is not all).</summary>
public static class Share
{
    /// <summary>As people read it, in the language of the request: hundredths of a per cent.</summary>
    public static string Shown(double share) => Cut(share).ToString("P2", CultureInfo.CurrentCulture);

    /// <summary>The share without what is beyond its last digit.</summary>
    /// <param name="digits">Of the share: 4 are hundredths of a per cent.</param>
    public static decimal Cut(double share, int digits = 4)
    {
        // A double of 0.5735 lies a little below it, and would lose its last digit; as decimal it is what it is called.
        var unit = (decimal)Math.Pow(10, digits);
        return Math.Floor((decimal)share * unit) / unit;
    }
}
