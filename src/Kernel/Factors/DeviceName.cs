namespace SoGoc.Kernel.Factors;

/// <summary>A device in two words, as its holder would call it; from what the browser says of itself, so it proves nothing.</summary>
public static class DeviceName
{
    private static readonly (string Mark, string Name)[] Browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Mark, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")];

    public static string Of(string? userAgent)
    {
        string? In((string Mark, string Name)[] known) => known.FirstOrDefault(k => userAgent?.Contains(k.Mark, StringComparison.OrdinalIgnoreCase) == true).Name;
        return string.Join(" · ", new[] { In(Browsers) ?? "?", In(Systems) }.OfType<string>());
    }
}
