namespace SoGoc.Kernel.Text;

/// <summary>Heads of columns as offices word them: which field of a layout each one means.</summary>
public static class ColumnHeads
{
    /// <summary>A head as it is compared: folded, without what stands in brackets ("Ngày sinh (dd/mm/yyyy)").</summary>
    public static string Key(string head)
    {
        var bracket = head.IndexOf('(', StringComparison.Ordinal);
        return NameKey.Of(bracket > 0 ? head[..bracket] : head).Trim();
    }

    /// <summary>For each head the field it means, or an empty text; each field once, the first column that names it.</summary>
    /// <param name="heads">As written.</param>
    /// <param name="fieldOf">The field that a folded head means, or an empty text.</param>
    public static string[] Guess(IReadOnlyList<string> heads, Func<string, string> fieldOf)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. heads.Select(h => fieldOf(Key(h)) is { Length: > 0 } field && taken.Add(field) ? field : "")];
    }
}
