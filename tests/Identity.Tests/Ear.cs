using System.Net;
using System.Net.Sockets;

namespace SoGoc.Identity.Tests;

/// <summary>Does something when it is asked, in the middle of what a client does.</summary>
internal sealed class Ear : IDisposable
{
    private readonly HttpListener listener = new();

    public Ear(Action act)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://localhost:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Address);
        listener.Start();
        listener.BeginGetContext(asked =>
        {
            if (!listener.IsListening)
            {
                return;
            }

            var context = listener.EndGetContext(asked);
            act();
            Heard++;
            context.Response.Close();
        }, null);
    }

    public string Address { get; }

    public int Heard { get; private set; }

    public void Dispose() => listener.Close();
}
