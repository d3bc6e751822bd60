using System.Text.Json;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Verification;

/// <summary>Checks the whole register against its journal: reads the tables and the entries side by side in the order of the records' keys, folds, compares.
/// One snapshot for all readers, memory of one record at a time.</summary>
internal sealed class VerifyRegister(Database database) : IVerification
{
    private const int MostDifferences = 100;

    public async Task<Verified> Run(Action<long>? tell, CancellationToken stop)
    {
        await using var first = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await first.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        await using var snapshot = first.CreateCommand("select pg_export_snapshot()");
        var name = (string)(await snapshot.ExecuteScalarAsync(stop))!;

        await using var persons = await Cursor.Open(database, name, $"select {PersonRows.Columns} from population.person order by id", stop);
        var children = new List<Cursor>();
        await using var households = await Cursor.Open(database, name, "select id, file_number, area_id, detail, opened_on, closed_on from population.household order by id", stop);
        await using var entries = await Cursor.Open(database, name, "select subject, position, kind, body::text from journal.entry where kind like 'population.%' order by subject, position", stop);
        try
        {
            foreach (var (table, columns) in PersonRows.Children)
            {
                children.Add(await Cursor.Open(database, name, $"select {columns} from population.{table} order by 1, 2", stop));
            }

            return await Compare(persons, children, households, entries, tell);
        }
        finally
        {
            foreach (var child in children)
            {
                await child.DisposeAsync();
            }
        }
    }

    private static async Task<Verified> Compare(Cursor persons, List<Cursor> children, Cursor households, Cursor entries, Action<long>? tell)
    {
        long personCount = 0, householdCount = 0, entryCount = 0;
        var differences = new List<string>();
        void Differs(Guid id, string what)
        {
            if (differences.Count < MostDifferences)
            {
                differences.Add($"{id}: {what}");
            }
        }

        while (entries.Id is not null || persons.Id is not null || households.Id is not null)
        {
            var id = Least(entries.Id, persons.Id, households.Id);
            var told = new List<(string Kind, string Body)>();
            while (entries.Id == id)
            {
                told.Add((entries.Row.GetString(2), entries.Row.GetString(3)));
                entryCount++;
                await entries.Next();
            }

            if (persons.Id == id)
            {
                personCount++;
                var stored = await Stored(persons, children, id);
                if (Folded(told) is not { } folded)
                {
                    Differs(id, "no entries / không có bút toán nào");
                }
                else if (Written(stored) != Written(folded))
                {
                    Differs(id, $"stored {Written(stored)} folded {Written(folded)}");
                }
            }
            else if (households.Id == id)
            {
                householdCount++;
                if (Household(households.Row, told) is { } difference)
                {
                    Differs(id, difference);
                }

                await households.Next();
            }
            else if (told.Any(t => PersonFold.KindsKnown.Contains(t.Kind) || t.Kind == HouseholdRecorded.Kind))
            {
                Differs(id, "entries without a record / có bút toán mà không có bản ghi");
            }

            if ((personCount + householdCount) % 50_000 == 0)
            {
                tell?.Invoke(personCount);
            }
        }

        return new Verified(personCount, householdCount, entryCount, differences);
    }

    private static async Task<PersonState> Stored(Cursor persons, List<Cursor> children, Guid id)
    {
        var state = PersonRows.Person(persons.Row).State;
        for (var child = 0; child < children.Count; child++)
        {
            while (children[child].Id == id)
            {
                state = PersonRows.Attach(state, PersonRows.Part(child, children[child].Row));
                await children[child].Next();
            }
        }

        await persons.Next();
        return state;
    }

    /// <summary>How a household differs from its last entry; null: not at all.</summary>
    private static string? Household(NpgsqlDataReader row, List<(string Kind, string Body)> told)
    {
        var stored = new HouseholdState(row.Text(1), row.Maybe<int>(2), row.Text(3), row.Maybe<DateOnly>(4), row.Maybe<DateOnly>(5));
        var folded = told.Where(t => t.Kind == HouseholdRecorded.Kind).Select(t => JsonSerializer.Deserialize<HouseholdRecorded>(t.Body, Journal.Json)!.Household).LastOrDefault();
        return folded == stored ? null : $"stored {stored} folded {folded}";
    }

    private static PersonState? Folded(List<(string Kind, string Body)> told)
    {
        var entries = told.Select(t => PersonFold.Read(t.Kind, t.Body)).OfType<IPersonEntry>().ToList();
        return entries.Count == 0 || entries[0] is not PersonEntered ? null : PersonFold.Fold(entries);
    }

    /// <summary>One text per record, parts in a fixed order, so that equal records are equal texts.</summary>
    internal static string Written(PersonState s) => JsonSerializer.Serialize(s with
    {
        Residences = [.. s.Residences.OrderBy(r => r.No)],
        Memberships = [.. s.Memberships.OrderBy(m => m.No)],
        Kin = [.. s.Kin.OrderBy(k => k.No)],
        Papers = [.. s.Papers.OrderBy(p => p.No)],
        Doubts = [.. s.Doubts.OrderBy(d => d.Field, StringComparer.Ordinal).ThenBy(d => d.Code, StringComparer.Ordinal)],
        FormerNumbers = [.. s.FormerNumbers.OrderBy(n => n.Number.ToString(), StringComparer.Ordinal)],
    }, Journal.Json);

    /// <summary>The least key in PostgreSQL's order, which is that of Guid too: by bytes as written.</summary>
    private static Guid Least(params ReadOnlySpan<Guid?> ids)
    {
        Guid? least = null;
        foreach (var id in ids)
        {
            if (id is { } i && (least is null || i.CompareTo(least.Value) < 0))
            {
                least = i;
            }
        }

        return least!.Value;
    }

    /// <summary>A reader over one query, in the shared snapshot, that stands on a row until it is moved on.</summary>
    private sealed class Cursor(NpgsqlConnection connection, NpgsqlTransaction transaction, NpgsqlCommand command, NpgsqlDataReader reader) : IAsyncDisposable
    {
        public Guid? Id { get; private set; }

        public NpgsqlDataReader Row => reader;

        public static async Task<Cursor> Open(Database database, string snapshot, string sql, CancellationToken stop)
        {
            var connection = await database.Owner.OpenConnectionAsync(stop);
            var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
            await using (var set = connection.CreateCommand($"set transaction snapshot '{snapshot}'; set local cursor_tuple_fraction = 1; set local work_mem = '128MB'"))
            {
                await set.ExecuteNonQueryAsync(stop);
            }

            var command = connection.CreateCommand(sql);
            command.CommandTimeout = 0;
            var cursor = new Cursor(connection, transaction, command, await command.ExecuteReaderAsync(stop));
            await cursor.Next();
            return cursor;
        }

        public async ValueTask Next() => Id = await reader.ReadAsync() ? reader.GetGuid(0) : null;

        public async ValueTask DisposeAsync()
        {
            await reader.DisposeAsync();
            await command.DisposeAsync();
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
