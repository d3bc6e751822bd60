using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>Tells a machine in trouble (server away, disk full, two transactions in each other's way) from a fault of the program: trouble passes, and the work is tried again.</summary>
public static class DatabaseTrouble
{
    /// <summary>Two transactions stood in each other's way, and the server has undone this one wholly: done again it can succeed at once.</summary>
    public static bool IsClash(Exception fault) => fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <summary>The code of the sentence that says what is wrong; null when it is no such trouble.</summary>
    public static string? Of(Exception fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "kernel.disk-full",
        PostgresException e when e.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable => "kernel.database-busy",
        PostgresException e when e.IsTransient || e.SqlState.StartsWith("57P", StringComparison.Ordinal) => "kernel.database-away",
        PostgresException => null,
        NpgsqlException => "kernel.database-away",
        _ => null,
    };
}
