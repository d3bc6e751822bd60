using SoGoc.Civil.Acts;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Deaths;

/// <summary>A death was registered (Luật Hộ tịch 60/2014, article 32). The book has the same text.</summary>
/// <param name="Deceased">As the register had him.</param>
/// <param name="DeathKind">ordinary, court.</param>
/// <param name="Late">After the days of the law.</param>
/// <param name="Evidence">The paper on which it rests.</param>
/// <param name="NewHead">Who is the head of the household from then on.</param>
public sealed record DeathRegistered(string EntryNo, int Area, DateOnly On, Seen Deceased, PartialDate Died, string? DiedAt, string Place, string Cause, string DeathKind, bool Late, string Evidence, string Declarant,
    Guid? NewHead = null, IReadOnlyList<string>? Confirmed = null) : IEntry
{
    public static string Kind => "civil.death-registered";
}

/// <summary>A registered death was taken back: the person lives (Bộ luật Dân sự 2015, article 73; Luật Hộ tịch 60/2014, article 34).</summary>
/// <param name="Annulled">The entry of the death.</param>
/// <param name="Decision">The court's decision.</param>
public sealed record DeathAnnulled(string EntryNo, int Area, DateOnly On, Seen Person, Guid Annulled, string AnnulledNo, string Decision, IReadOnlyList<string>? Confirmed = null) : IEntry
{
    public static string Kind => "civil.death-annulled";
}
