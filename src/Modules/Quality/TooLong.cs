using System.Globalization;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Quality;

/// <summary>A text of more letters than are kept is refused: nothing of it is cut off without a word.</summary>
internal static class TooLong
{
    public static Problem Of(string field, string text, int most) => Problem.Invalid(field, "quality.text-too-long", most.ToString(CultureInfo.CurrentCulture), text.Trim().Length.ToString(CultureInfo.CurrentCulture));
}
