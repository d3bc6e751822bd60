using System.Runtime.Versioning;
using SoGoc.Testing;
using UglyToad.PdfPig;

namespace SoGoc.Civil.Tests;

/// <summary>Entries as the tests of papers and signatures make them and look at them.</summary>
[SupportedOSPlatform("linux")]
internal static class Entries
{
    /// <summary>A birth that was registered: its entry, and the child's name.</summary>
    public static async Task<(Guid Entry, string Name)> Birth(this Town town, Official clerk)
    {
        var couple = await new Couple(town).Enter();
        var done = (await clerk.Post("/births/register", couple.Declared)).Succeeds();
        return (done["entry"].GetGuid(), done["fullName"].GetString()!);
    }

    public static Task<Reply> Show(this Official official, Guid entry) => official.Post("/civil/entries/show", new { entry, purpose = Town.Purpose, @case = Town.Case });

    public static Task<Reply> Issue(this Official official, Guid entry, string kind = "certificate") => official.Post("/civil/papers/issue", new { entry, kind });

    public static Task<Reply> Verify(this Official anybody, string? code, string? no = null, string? born = null, string? token = null) => anybody.Post("/civil/papers/verify", new { code, no, born, token });

    /// <summary>The text of a file, which is one sheet, with the breaks of lines taken out.</summary>
    public static string Text(this Reply paper, int sheets = 1)
    {
        using var document = PdfDocument.Open(paper["pdf"].GetBytesFromBase64());
        Assert.InRange(document.NumberOfPages, 1, sheets);
        return string.Join(' ', document.GetPages().Select(p => string.Join(' ', p.GetWords().Select(w => w.Text)))).Normalize();
    }
}
