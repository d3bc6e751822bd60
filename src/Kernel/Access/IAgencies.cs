namespace SoGoc.Kernel.Access;

/// <summary>The agencies of the province, from whose list those are chosen who have systems. Given by the Staff module.</summary>
public interface IAgencies
{
    /// <summary>The agencies that are there today, in the order of their names.</summary>
    Task<IReadOnlyList<AgencyToday>> OfToday();

    /// <summary>The agency of a code, or what has taken over from it; null: there is none today.</summary>
    Task<AgencyToday?> Today(string code);
}

/// <summary>An agency as it is called today.</summary>
/// <param name="EidCode">Its identification code (QĐ 20/2020/QĐ-TTg), as files are numbered by.</param>
public sealed record AgencyToday(string Code, string Name, string EidCode);
