using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Acts;

/// <summary>On what a recognition of parent and child rests (TT 04/2020/TT-BTP, article 14, from memory).</summary>
internal static class KinProof
{
    /// <summary>dna: paper of a medical or forensic office; undertaking: of both sides, with two witnesses; court: its decision who the father is.</summary>
    public const string Dna = "dna", Undertaking = "undertaking", Court = "court";

    /// <summary>The paper as it is written in books and grounds.</summary>
    public static string Text(string? proof, string? no, DateOnly? on, string? by = null) => string.Concat(
        proof switch { Dna => $"Văn bản xác nhận quan hệ cha, mẹ, con số {no!.Trim()}", Court => $"Bản án, quyết định xác định cha, mẹ, con số {no!.Trim()}", _ => "Văn bản cam đoan có người làm chứng" },
        on is { } day ? $" ngày {day.Shown()}" : "", string.IsNullOrWhiteSpace(by) ? "" : $" của {by.Trim()}");
}
