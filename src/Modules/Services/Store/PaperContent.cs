using System.Globalization;
using System.Security.Cryptography;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Services.Store;

/// <summary>How much is taken in. Of the machine, not of the law.</summary>
internal static class PaperLimits
{
    /// <summary>Bytes of a paper.</summary>
    public const int MostBytes = 10 << 20;

    /// <summary>Bytes of all papers of a file.</summary>
    public const int MostBytesOfFile = 60 << 20;

    /// <summary>Papers of a file.</summary>
    public const int MostOfFile = 30;

    /// <summary>Papers that an account has sent and not deleted.</summary>
    public const int MostOfAccount = 300;

    /// <summary>A number of bytes as people read it: 3,2 MB.</summary>
    public static string Size(long bytes) => bytes < 1 << 20 ? $"{Math.Max(1, bytes >> 10).ToString(CultureInfo.CurrentCulture)} KB" : $"{(bytes / (double)(1 << 20)).ToString("0.#", CultureInfo.CurrentCulture)} MB";
}

/// <summary>A paper as it came in: what it is, its bytes say, whatever it is called.</summary>
/// <param name="Name">Cleaned, with the ending of its type, so that nothing opens it as something else.</param>
internal sealed record PaperContent(string Name, string Type, byte[] Bytes, byte[] Digest)
{
    /// <summary>What pages offer to choose; a telephone then turns its own kinds of pictures into one of these.</summary>
    public const string Accepted = "application/pdf,image/jpeg,image/png,image/webp";

    private static readonly Dictionary<string, string[]> Endings = new(StringComparer.Ordinal)
    {
        ["application/pdf"] = [".pdf"], ["image/jpeg"] = [".jpg", ".jpeg"], ["image/png"] = [".png"], ["image/webp"] = [".webp"], ["image/heic"] = [".heic", ".heif"],
    };

    /// <summary>Kinds of HEIF pictures (ISO 14496-12, ISO 23008-12) as the head of the file names them.</summary>
    private static readonly string[] HeifBrands = ["heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"];

    /// <summary>Reads a paper.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="name">As its owner calls it.</param>
    /// <param name="field">Under which its problems are told.</param>
    public static async Task<Outcome<PaperContent>> Read(Stream file, string name, string field)
    {
        if (file.Length is 0 or > PaperLimits.MostBytes)
        {
            return file.Length == 0 ? Problem.Invalid(field, "services.store-empty") : TooLarge with { Field = field };
        }

        var bytes = new byte[file.Length];
        file.Position = 0;
        await file.ReadExactlyAsync(bytes);
        return TypeOf(bytes) is { } type ? new PaperContent(Named(name, type), type, bytes, SHA256.HashData(bytes)) : Problem.Invalid(field, "services.store-type");
    }

    public static Problem TooLarge => new(ProblemKind.TooLarge, "services.store-too-large", "file", PaperLimits.Size(PaperLimits.MostBytes));

    /// <summary>By the first bytes; null where it is nothing that is taken in.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("%PDF-"u8) ? "application/pdf"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : bytes.Length >= 16 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : bytes.Length >= 16 && bytes[4..8].SequenceEqual("ftyp"u8) && HeifBrands.Contains(System.Text.Encoding.Latin1.GetString(bytes[8..12])) ? "image/heic"
        : null;

    private static string Named(string name, string type)
    {
        var clean = Arrival.NameOf(name, "giay");
        return Endings[type].Any(e => clean.EndsWith(e, StringComparison.OrdinalIgnoreCase)) ? clean : clean + Endings[type][0];
    }
}
