using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace SoGoc.Services.Store;

/// <summary>What a scanner says of a paper.</summary>
internal enum Scan
{
    /// <summary>There is no scanner.</summary>
    Unscanned,
    /// <summary>There is one, and it did not answer.</summary>
    Waiting,
    Clean,
    Infected,
}

/// <summary>Asks ClamAV's clamd about bytes (its command INSTREAM: pieces with their length before them, an empty one at the end).</summary>
internal sealed class Scanner(ScannerSettings settings, ILogger<Scanner> log)
{
    private const int Piece = 64 << 10, LongestAnswer = 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public bool IsThere => settings.Address is not null;

    public async Task<Scan> Ask(ReadOnlyMemory<byte> bytes)
    {
        if (settings.Address is not { } address)
        {
            return Scan.Unscanned;
        }

        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var socket = address is UnixDomainSocketEndPoint ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(address, patience.Token);
            await using var stream = new NetworkStream(socket);
            await Send(stream, bytes, patience.Token);
            var answer = await Answer(stream, patience.Token);
            if (answer.EndsWith(": OK", StringComparison.Ordinal))
            {
                return Scan.Clean;
            }

            if (answer.EndsWith(" FOUND", StringComparison.Ordinal))
            {
                log.LogWarning("A paper was refused by the scanner: {Answer}.", answer);
                return Scan.Infected;
            }

            log.LogWarning("The scanner has not scanned: {Answer}.", answer);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            log.LogWarning("The scanner does not answer: {Reason}.", e.Message);
        }

        return Scan.Waiting;
    }

    private static async Task Send(NetworkStream stream, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), stop);
        var length = new byte[4];
        for (var at = 0; at < bytes.Length; at += Piece)
        {
            var piece = bytes.Slice(at, Math.Min(Piece, bytes.Length - at));
            BinaryPrimitives.WriteInt32BigEndian(length, piece.Length);
            await stream.WriteAsync(length, stop);
            await stream.WriteAsync(piece, stop);
        }

        await stream.WriteAsync(new byte[4], stop);
    }

    private static async Task<string> Answer(NetworkStream stream, CancellationToken stop)
    {
        var (answer, read) = (new byte[LongestAnswer], 0);
        while (read < answer.Length && await stream.ReadAsync(answer.AsMemory(read), stop) is > 0 and var more)
        {
            read += more;
            if (answer[read - 1] == 0)
            {
                break;
            }
        }

        return Encoding.UTF8.GetString(answer, 0, read).TrimEnd('\0', '\n');
    }
}
