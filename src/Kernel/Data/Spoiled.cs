using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>A statement that the server refuses while the library is preparing it stays behind half prepared, and costs the next who asks the same over the same connection
/// his answer (npgsql issue 6391). So after a refusal a connection forgets what it has prepared before it goes back.</summary>
internal static class Spoiled
{
    /// <summary>Outside of a transaction only: in one that has failed nothing can be forgotten.</summary>
    public static void Forget(NpgsqlConnection connection)
    {
        if (connection.State != System.Data.ConnectionState.Open)
        {
            return;
        }

        try
        {
            connection.UnprepareAll();
        }
        catch (NpgsqlException)
        {
            // It is broken: the pool lets it go.
        }
    }
}
