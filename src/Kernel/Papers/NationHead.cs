namespace SoGoc.Kernel.Papers;

/// <summary>The name of the country and its motto, as they stand on every paper of an authority (Nghị định 30/2020/NĐ-CP, annex I).</summary>
public static class NationHead
{
    public static PaperLine[] Lines { get; } =
    [
        new("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, Bold: true, Align: PaperAlign.Centre),
        // The line is solid and as long as the words (NĐ 30/2020/NĐ-CP, annex I).
        new("Độc lập - Tự do - Hạnh phúc", 11, Bold: true, Before: 2, Align: PaperAlign.Centre) { Ruled = true },
    ];
}
