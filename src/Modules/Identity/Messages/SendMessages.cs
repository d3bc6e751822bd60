using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Identity.Messages;

/// <summary>Takes waiting messages and hands them to the gateway; any number of Hosts may do so. One that fails is tried again, later each time, for a day.
/// What was sent keeps no text for longer than a day.</summary>
internal sealed class SendMessages(Database database, IMessageGateway gateway, MessageSignal signal, TimeProvider clock, ILogger<SendMessages> log) : BackgroundService
{
    private const int MostTries = 12;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await SendNext(stoppingToken))
                {
                }

                await Tidy(stoppingToken);
                await signal.Wait(Look, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException e)
            {
                log.LogWarning(e, "Messages cannot be read; they are tried again.");
                await signal.Wait(Look, CancellationToken.None);
            }
        }
    }

    private async Task<bool> SendNext(CancellationToken stop)
    {
        await using var connection = await database.App.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var now = clock.GetUtcNow();
        await using var take = connection.CreateCommand("select id, channel, target, body, tries from identity.message where sent_at is null and next_at <= $1 and tries < $2 order by next_at limit 1 for update skip locked", now, MostTries);
        (Guid Id, OutgoingMessage Message, int Tries) next;
        await using (var reader = await take.ExecuteReaderAsync(stop))
        {
            if (!await reader.ReadAsync(stop))
            {
                return false;
            }

            next = (reader.GetGuid(0), new OutgoingMessage(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)), reader.GetInt32(4));
        }

        var fault = await Try(next.Message, stop);
        await using var mark = connection.CreateCommand("update identity.message set sent_at = $2, tries = tries + 1, fault = $3, next_at = $4 where id = $1",
            next.Id, ((object?)(fault is null ? now : null)).As(NpgsqlTypes.NpgsqlDbType.TimestampTz), fault, now + TimeSpan.FromSeconds(5 * Math.Pow(2, next.Tries)));
        await mark.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    private async Task<string?> Try(OutgoingMessage message, CancellationToken stop)
    {
        try
        {
            await gateway.Send(message, stop);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogWarning("A message could not be handed over; it is tried again.");
            return e.GetType().Name;
        }
    }

    private async Task Tidy(CancellationToken stop)
    {
        await using var connection = await database.App.OpenConnectionAsync(stop);
        await using var command = connection.CreateCommand("update identity.message set body = '', target = '' where body <> '' and coalesce(sent_at, made_at) < $1", clock.GetUtcNow() - TimeSpan.FromDays(1));
        await command.ExecuteNonQueryAsync(stop);
    }
}
