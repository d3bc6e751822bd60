namespace SoGoc.Journeys.Tests;

/// <summary>A cheap phone and an office screen, each with and without JavaScript.</summary>
public sealed class Screens : TheoryData<int, int, bool>
{
    public Screens()
    {
        foreach (var script in new[] { true, false })
        {
            Add(390, 844, script);
            Add(1366, 768, script);
        }
    }
}
