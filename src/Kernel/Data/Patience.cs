namespace SoGoc.Kernel.Data;

/// <summary>Until when somebody waits for the database: a request until its client has gone, a job without end. It flows with the request, so that every statement of
/// <see cref="Session"/> and <see cref="Reads"/> stops in PostgreSQL too when nobody waits for it. What is being committed is not stopped.</summary>
public static class Patience
{
    private static readonly AsyncLocal<CancellationToken> Present = new();

    public static CancellationToken Now => Present.Value;

    /// <summary>From here on, and in all that is called from here.</summary>
    public static void Until(CancellationToken gone) => Present.Value = gone;
}
