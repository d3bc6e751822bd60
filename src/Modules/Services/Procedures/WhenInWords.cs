using SoGoc.Kernel.Text;

namespace SoGoc.Services.Procedures;

/// <summary>A condition (kind=rent|own) as it is read: the question, and the answers that call for it. «Nơi ở trọ là = Nhà thuê | Nhà của tôi».</summary>
internal static class WhenInWords
{
    private const string Yes = "Có", IsSo = "true";

    public static string? Of(string? when, IReadOnlyList<Field> fields)
    {
        if (when?.Split('=') is not [var name, var values] || fields.FirstOrDefault(f => f.Name == name) is not { } field)
        {
            return when;
        }

        var words = $"{field.Label} = {string.Join(" | ", values.Split('|').Select(v => Answer(field, v)))}";
        // Two questions of one label, or a label with signs of its own, would be read as another: then it stays as it is kept.
        return Read(words, fields, out var again) && again == when ? words : when;
    }

    /// <summary>False: no question, or no answer of it, is called so.</summary>
    public static bool Read(string? words, IReadOnlyList<Field> fields, out string? when)
    {
        when = null;
        if (string.IsNullOrWhiteSpace(words))
        {
            return true;
        }

        if (words.Split('=', 2, StringSplitOptions.TrimEntries) is not [var asked, var said] || (fields.FirstOrDefault(f => f.Name == asked) ?? fields.FirstOrDefault(f => Same(f.Label, asked))) is not { } field)
        {
            return false;
        }

        var values = said.Split('|', StringSplitOptions.TrimEntries).Select(v => Code(field, v)).ToList();
        when = $"{field.Name}={string.Join('|', values)}";
        return values.TrueForAll(v => v is not null);
    }

    /// <summary>All that a condition can hang on, to choose from.</summary>
    public static IEnumerable<string> All(IReadOnlyList<Field> fields) => fields.SelectMany(f => f.Ask switch
    {
        Ask.Choice => (f.Choices ?? []).Select(c => Of($"{f.Name}={c.Code}", fields)!),
        Ask.Yes => [Of($"{f.Name}={IsSo}", fields)!],
        _ => [],
    });

    private static string Answer(Field field, string code) => field.Ask == Ask.Yes && code == IsSo ? Yes : field.Choices?.FirstOrDefault(c => c.Code == code)?.Name ?? code;

    private static string? Code(Field field, string said) => field.Ask switch
    {
        Ask.Yes => Same(said, Yes) || said == IsSo ? IsSo : null,
        Ask.Choice => field.Choices?.FirstOrDefault(c => c.Code == said || Same(c.Name, said))?.Code,
        // Of what the register knows the code is written: its words are in no list of the procedure.
        _ => said.Length > 0 ? said : null,
    };

    private static bool Same(string a, string b) => NameKey.Of(a) is { Length: > 0 } key ? key == NameKey.Of(b) : a == b;
}
