using SoGoc.Population;

namespace SoGoc.Services.Payment;

/// <summary>Of whom less or nothing is asked; which fee, by which law and until when stands with the fee.</summary>
internal static class Waivers
{
    public const string Child = "child", Elderly = "elderly";

    /// <summary>Child: under 16 (Luật Trẻ em 102/2016/QH13, điều 1). Elderly: 60 and over (Luật Người cao tuổi 39/2009/QH12, điều 2). The others an official finds, and writes what he saw.</summary>
    public static readonly string[] All = [Child, Elderly, "poor", "merit", "martyr-kin", "disabled", "minority", "student", "first-card", "boundary", "digital-citizen"];

    private const int GrownUpAt = 16, ElderlyAt = 60;

    /// <summary>Whether the register knows it of him.</summary>
    public static bool Known(string who, PersonState subject, DateOnly on) => subject.Facts.Born is { } born && who switch
    {
        Child => born.Earliest?.AddYears(GrownUpAt) > on,
        Elderly => born.Latest?.AddYears(ElderlyAt) <= on,
        _ => false,
    };
}
