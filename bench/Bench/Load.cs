using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SoGoc.Bench;

/// <summary>What a server did under load.</summary>
internal sealed record Loaded(double Rate, double P50, double P99, long Failures);

/// <summary>Sends requests that are made beforehand over plain sockets, each connection one after another, so that little of the machine goes into asking.</summary>
internal static class Load
{
    private const int Connections = 64;

    public static byte[] Request(Uri at, string path, string body, string? token) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {at.Host}:{at.Port}\r\n{(token is null ? "" : $"Authorization: Bearer {token}\r\n")}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public static async Task<Loaded> Run(Uri at, byte[][] requests, TimeSpan warm, TimeSpan measured)
    {
        await Round(at, requests, warm);
        return await Round(at, requests, measured);
    }

    private static async Task<Loaded> Round(Uri at, byte[][] requests, TimeSpan length)
    {
        var watch = Stopwatch.StartNew();
        var all = await Task.WhenAll(Enumerable.Range(0, Connections).Select(c => Task.Run(() => Connection(at, requests, c * 7919, watch, length))));
        var times = all.SelectMany(a => a.Times).Order().ToArray();
        return new Loaded(times.Length / watch.Elapsed.TotalSeconds, At(times, 0.5), At(times, 0.99), all.Sum(a => a.Failures));
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)];

    private static async Task<(List<double> Times, long Failures)> Connection(Uri at, byte[][] requests, int first, Stopwatch watch, TimeSpan length)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, at.Port));
        var times = new List<double>(100_000);
        var buffer = new byte[1 << 17];
        long failures = 0;
        for (var next = first; watch.Elapsed < length; next++)
        {
            var begun = watch.Elapsed;
            await socket.SendAsync(requests[next % requests.Length]);
            failures += await Answer(socket, buffer) ? 0 : 1;
            times.Add((watch.Elapsed - begun).TotalMilliseconds);
        }

        return (times, failures);
    }

    /// <summary>Reads one whole answer, of told length or in chunks; whether it was 200.</summary>
    private static async Task<bool> Answer(Socket socket, byte[] buffer)
    {
        var length = 0;
        var head = -1;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
            {
                throw new IOException("The server has closed the connection.");
            }

            length += read;
            head = head < 0 ? buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) : head;
            if (head >= 0 && IsWhole(buffer.AsSpan(0, length), head))
            {
                return buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8);
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer, int head)
    {
        var at = answer[..head].IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return answer.EndsWith("0\r\n\r\n"u8);
        }

        var told = 0;
        for (var i = at + 16; i < head && answer[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            told = (told * 10) + answer[i] - '0';
        }

        return answer.Length >= head + 4 + told;
    }
}
