using System.Globalization;

namespace SoGoc.Quality;

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
