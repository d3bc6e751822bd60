using System.Text;

namespace SoGoc.Lists;

/// <summary>The nearest ASCII character for a foreign letter whose place a legacy font has taken.</summary>
internal static class Plain
{
    public static char Of(char c) => c.ToString().Normalize(NormalizationForm.FormD)[0] is < '\x7F' and var plain ? plain : '?';
}
