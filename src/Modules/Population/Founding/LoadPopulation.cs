using System.Threading.Channels;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Founding;

/// <summary>Loads a population by binary COPY while the next batch is being made, then builds the indexes and checks the constraints; all or nothing.</summary>
internal sealed class LoadPopulation(Database database, TimeProvider clock) : IFounding
{
    private const int BatchPersons = 20_000;

    public async Task<long> Load(IEnumerable<FoundedHousehold> households, string ground, Action<long>? tell, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var by = new Signature(clock.GetUtcNow(), "system:founding", "Sổ Gốc", ground);
        long count = 0;
        await Execute(connection, Rules("disable") + "set local synchronous_commit = off");
        await BulkLoad.WithIndexesAside(connection, PersonCopy.Tables, async () =>
        {
            await foreach (var batch in Ahead(households, stop))
            {
                await Write(connection, batch, by);
                count += batch.Sum(h => h.Members.Count);
                tell?.Invoke(count);
            }
        });
        await Execute(connection, "insert into population.name (key, syllables) select k, string_to_array(k, ' ') from (select distinct name_key k from population.person) n on conflict do nothing");
        await Execute(connection, "insert into population.syllable select distinct s from population.name, unnest(syllables) s on conflict do nothing");
        await Execute(connection, Rules("enable") + "select population.refuse_founded_nonsense()");
        await Execute(connection, """
            insert into population.provenance (person_id, field, source, as_of)
            select e.subject, '', e.ground, e.at from journal.entry e where e.kind = 'population.person-entered' and (select value from kernel.setting where name = 'role') = 'branch'
            """);
        await transaction.CommitAsync(stop);
        await Execute(connection, "analyze population.person; analyze population.residence; analyze population.member; analyze population.kin; analyze population.household; analyze population.name; analyze journal.entry");
        return count;
    }

    /// <summary>The rules that look up row by row: without indexes they would never end, so what they guard is asked of the whole register afterwards.
    /// Circles of parents are not; they cannot be found in one glance.</summary>
    private static string Rules(string ableness) => string.Concat(new[] { ("kin", "kin_circle"), ("member", "memberships_apart"), ("person", "number_never_again"), ("person", "merger_stands"), ("former_number", "given_up_own") }
        .Select(r => $"alter table population.{r.Item1} {ableness} trigger {r.Item2};"));

    /// <summary>Makes batches on another core, at most two ahead, so that memory stays flat.</summary>
    private static IAsyncEnumerable<List<FoundedHousehold>> Ahead(IEnumerable<FoundedHousehold> households, CancellationToken stop)
    {
        var channel = Channel.CreateBounded<List<FoundedHousehold>>(2);
        _ = Task.Run(async () =>
        {
            try
            {
                var batch = new List<FoundedHousehold>();
                var persons = 0;
                foreach (var household in households)
                {
                    batch.Add(household);
                    persons += household.Members.Count;
                    if (persons >= BatchPersons)
                    {
                        await channel.Writer.WriteAsync(batch, stop);
                        batch = [];
                        persons = 0;
                    }
                }

                await channel.Writer.WriteAsync(batch, stop);
                channel.Writer.Complete();
            }
            catch (Exception e)
            {
                channel.Writer.Complete(e);
            }
        }, stop);
        return channel.Reader.ReadAllAsync(stop);
    }

    private static async Task Write(NpgsqlConnection connection, List<FoundedHousehold> batch, Signature by)
    {
        var persons = new List<(Guid Id, PersonState State)>(BatchPersons + 100);
        foreach (var member in batch.SelectMany(h => h.Members))
        {
            persons.Add((member.Id, Register.Recognisable(member.Person)));
        }

        await PersonCopy.Households(connection, [.. batch.Select(h => (h.Id, h.Household))]);
        await PersonCopy.Persons(connection, persons);
        await PersonCopy.Parts(connection, persons);
        await PersonCopy.Entries(connection, batch.Select(h => (h.Id, new HouseholdRecorded(h.Household))), by);
        await PersonCopy.Entries(connection, persons.Select(p => (p.Id, new PersonEntered(p.State))), by);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
