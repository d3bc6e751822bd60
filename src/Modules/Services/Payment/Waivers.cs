using SoGoc.Population;

namespace SoGoc.Services.Payment;

/// <summary>Of whom less or nothing is asked; which fee, by which law and until when stands with the fee.</summary>
internal static class Waivers
{
    public const string Child = "child", Elderly = "elderly", FormerCard = "former-card";

    /// <summary>Child: under 16 (Luật Trẻ em 102/2016/QH13, điều 1). Elderly: 60 and over (Luật Người cao tuổi 39/2009/QH12, điều 2). Former card: his last card is one of the law of 2014, exchanged for one of the law of 2023. The others an official finds, and writes what he saw.</summary>
    public static readonly string[] All = [Child, Elderly, FormerCard, "poor", "merit", "martyr-kin", "disabled", "minority", "student", "first-card", "boundary", "digital-citizen"];

    private const int GrownUpAt = 16, ElderlyAt = 60;

    /// <summary>Whether the register knows it of him.</summary>
    public static bool Known(string who, PersonState subject, DateOnly on) => who switch
    {
        Child => subject.Facts.Born?.Earliest?.AddYears(GrownUpAt) > on,
        Elderly => subject.Facts.Born?.Latest?.AddYears(ElderlyAt) <= on,
        FormerCard => subject.Papers.Where(p => p.Kind is PaperKind.Cccd or PaperKind.CanCuoc).OrderBy(p => p.Issued?.Earliest).LastOrDefault()?.Kind == PaperKind.Cccd,
        _ => false,
    };
}
