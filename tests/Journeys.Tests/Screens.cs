namespace SoGoc.Journeys.Tests;

/// <summary>A cheap phone with and without JavaScript, and an office screen; without a script the screen gets what the phone gets.</summary>
public sealed class Screens : TheoryData<int, int, bool>
{
    public Screens()
    {
        Add(390, 844, true);
        Add(390, 844, false);
        Add(1366, 768, true);
    }
}

/// <summary>What officials have: the office screen, where both colours are looked at, and at a door somebody's old phone without JavaScript.</summary>
public sealed class Desks : TheoryData<int, int, bool>
{
    public Desks()
    {
        Add(390, 844, false);
        Add(1366, 768, true);
    }
}
