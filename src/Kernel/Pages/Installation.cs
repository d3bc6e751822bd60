namespace SoGoc.Kernel.Pages;

/// <summary>What this installation shows of itself on its pages.</summary>
/// <param name="ProvinceName">The province it serves.</param>
/// <param name="Demonstration">People and numbers are invented; every page says so.</param>
/// <param name="AsOf">The day on which a demonstration started; null: today.</param>
public sealed record Installation(string ProvinceName, bool Demonstration, DateOnly? AsOf);
