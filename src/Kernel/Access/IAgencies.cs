namespace SoGoc.Kernel.Access;

/// <summary>The agencies of the province, from whose list those are chosen who have systems. Given by the Staff module.</summary>
public interface IAgencies
{
    /// <summary>Names of the agencies that are there today, in the order of the alphabet.</summary>
    Task<IReadOnlyList<string>> OfToday();
}
