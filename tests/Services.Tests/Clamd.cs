using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SoGoc.Services.Tests;

/// <summary>The file by which scanners are tried; harmless, and known to all of them (eicar.org). Put together here, or this source would be refused by them.</summary>
internal static class Eicar
{
    public static readonly byte[] Bytes = Encoding.ASCII.GetBytes("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");

    /// <summary>A PDF by its head, with the same in it.</summary>
    public static byte[] AsPdf => [.. "%PDF-1.4\n"u8, .. Bytes];
}

/// <summary>A scanner that speaks the protocol of clamd (INSTREAM), finds what holds the EICAR text, and can be away.</summary>
internal sealed class FakeClamd : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;

    public FakeClamd()
    {
        listener.Start();
        work = Serve();
    }

    public EndPoint Address => listener.LocalEndpoint;

    /// <summary>It takes the call and lays up.</summary>
    public bool Away { get; set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
        listener.Dispose();
    }

    private async Task Serve()
    {
        while (!stop.IsCancellationRequested)
        {
            using var caller = await listener.AcceptTcpClientAsync(stop.Token);
            if (!Away)
            {
                await Answer(caller.GetStream());
            }
        }
    }

    private async Task Answer(NetworkStream stream)
    {
        var (command, length, all) = (new byte["zINSTREAM\0".Length], new byte[4], new MemoryStream());
        await stream.ReadExactlyAsync(command, stop.Token);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
        while (true)
        {
            await stream.ReadExactlyAsync(length, stop.Token);
            var piece = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            if (piece.Length == 0)
            {
                break;
            }

            await stream.ReadExactlyAsync(piece, stop.Token);
            all.Write(piece);
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(all.ToArray().AsSpan().IndexOf(Eicar.Bytes) >= 0 ? "stream: Eicar-Test-Signature FOUND\0" : "stream: OK\0"), stop.Token);
    }
}

/// <summary>ClamAV's own clamd, with one signature: that of the EICAR text.</summary>
internal sealed class RealClamd : IAsyncDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("clamd-").FullName;
    private Process? process;

    public string Socket => Path.Combine(folder, "clamd.sock");

    private static readonly string? Program = new[] { "/usr/sbin/clamd", "/usr/bin/clamd", "/usr/local/sbin/clamd" }.FirstOrDefault(File.Exists);

    public async Task Start()
    {
        Assert.SkipUnless(Program is not null, "ClamAV is not installed: the protocol is tried against our own scanner only (package clamav-daemon).");
        await File.WriteAllTextAsync(Path.Combine(folder, "eicar.ndb"), $"Eicar-Test-Signature:0:*:{Convert.ToHexStringLower(Eicar.Bytes)}\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "clamd.conf"), $"Foreground yes\nDatabaseDirectory {folder}\nLocalSocket {Socket}\n");
        process = Process.Start(new ProcessStartInfo(Program, ["--config-file=" + Path.Combine(folder, "clamd.conf")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        for (var since = TimeProvider.System.GetTimestamp(); !File.Exists(Socket);)
        {
            Assert.False(process.HasExited, "clamd has ended.");
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "clamd does not begin.");
            await Task.Delay(Glance);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
