using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SoGoc.Services;

/// <summary>ReceiveFiles: takes files in at a counter, for whoever stands there. HandleJustice, HandlePolice: files of the commune's justice officer and police. HandleAgency: files of his agency of the province.
/// PublishProcedures: writes and publishes procedures. ReadScores: sees how offices serve. AssignFiles: leads the desks that he serves: gives files to colleagues, and says who gets what comes. ReconcilePayments: holds the gateway's list against the payments, and orders that money is given back.</summary>
public enum ServicesPermission { ReceiveFiles, HandleJustice, HandlePolice, HandleAgency, PublishProcedures, ReadScores, ReconcilePayments, AssignFiles }

/// <summary>What the demonstration needs of this module.</summary>
public interface IServicesDemonstration
{
    /// <summary>Lets a province live the days until now: invented files are handed in, received, decided, forgotten, apologised for and complained about, each step by the feature that officials and citizens use, at the hour that the clock is made to show.</summary>
    /// <param name="from">First day.</param>
    /// <param name="until">Now.</param>
    /// <param name="files">How many.</param>
    /// <param name="area">The commune of the demonstration's officials: a third of the files are from there.</param>
    /// <param name="show">Makes the clock show an instant.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>How many files were handed in.</returns>
    Task<int> Live(DateOnly from, DateTimeOffset until, int files, int? area, Action<DateTimeOffset> show, CancellationToken stop);
}

/// <summary>Where papers of citizens are scanned for malicious code; null: nowhere.</summary>
/// <param name="Address">SOGOC_CLAMD: the socket of ClamAV's clamd, a path or host:port.</param>
public sealed record ScannerSettings(EndPoint? Address)
{
    /// <summary>Reads /run/clamav/clamd.ctl or host:port; null where it is neither.</summary>
    public static ScannerSettings? Parse(string text) => text.Length == 0 ? new ScannerSettings((EndPoint?)null) : text[0] == '/' ? new ScannerSettings(new UnixDomainSocketEndPoint(text))
        : text.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? new ScannerSettings(new DnsEndPoint(text[..colon], port)) : null;
}

/// <summary>Who takes money for the province.</summary>
/// <param name="Sandbox">SOGOC_PAYMENT=sandbox: a gateway is played, by which no money moves. The demonstration plays one always.</param>
public sealed record PaymentSettings(bool Sandbox);
