using SoGoc.Kernel.Data;

namespace SoGoc.Places.Units;

/// <summary>Keeps the book of this process: read once, and again when the edition in the database has counted up. Who comes while another looks
/// takes the book that is there.</summary>
internal sealed class Snapshot(Database database, TimeProvider clock) : IPlaces
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private readonly Lock door = new();
    private volatile PlaceBook? book;
    private int edition = -1;
    private long looked;

    public PlaceBook Book
    {
        get
        {
            if (book is { } present)
            {
                if (clock.GetElapsedTime(Volatile.Read(ref looked)) >= Glance && door.TryEnter())
                {
                    try
                    {
                        Look();
                    }
                    finally
                    {
                        door.Exit();
                    }
                }

                return book ?? present;
            }

            lock (door)
            {
                if (book is null)
                {
                    Look();
                }

                return book!;
            }
        }
    }

    /// <summary>Looks now, as after a change made here.</summary>
    public void Refresh()
    {
        lock (door)
        {
            Look();
        }
    }

    private void Look()
    {
        using var connection = database.App.OpenConnection();
        var now = AreaRows.Edition(connection);
        if (now != edition || book is null)
        {
            var ledger = AreaRows.Ledger(connection);
            book = new PlaceBook(ledger.Areas, ledger.Successions, AreaRows.Home(connection));
            edition = now;
        }

        Volatile.Write(ref looked, clock.GetTimestamp());
    }
}
