namespace SoGoc.Civil.Tests;

/// <summary>A sound declaration of a death.</summary>
internal static class Deaths
{
    public static Dictionary<string, object?> Of(string? number, Dictionary<string, object?>? changed = null)
    {
        var declared = new Dictionary<string, object?>
        {
            ["kind"] = "ordinary", ["deceased"] = number, ["died"] = "2026-11-20", ["diedAt"] = "14:30", ["place"] = "Nhà riêng, Ấp Mẫu", ["cause"] = "Bệnh", ["evidence"] = "notice", ["evidenceNo"] = "01/UBND-GBT",
            ["evidenceOn"] = "2026-11-21", ["evidenceBy"] = "UBND xã Mẫu", ["declarant"] = "spouse",
        };
        foreach (var (field, value) in changed ?? [])
        {
            declared[field] = value;
        }

        return declared;
    }
}
