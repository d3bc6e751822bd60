using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SoGoc.Services;

/// <summary>ReceiveFiles: takes files in at a counter, for whoever stands there. HandleJustice, HandlePolice: files of the commune's justice officer and police. HandleAgency: files of his agency of the province.
/// PublishProcedures: writes and publishes procedures. ReadScores: sees how offices serve.</summary>
public enum ServicesPermission { ReceiveFiles, HandleJustice, HandlePolice, HandleAgency, PublishProcedures, ReadScores }

/// <summary>Where papers of citizens are scanned for malicious code; null: nowhere.</summary>
/// <param name="Address">SOGOC_CLAMD: the socket of ClamAV's clamd, a path or host:port.</param>
public sealed record ScannerSettings(EndPoint? Address)
{
    /// <summary>Reads /run/clamav/clamd.ctl or host:port; null where it is neither.</summary>
    public static ScannerSettings? Parse(string text) => text.Length == 0 ? new ScannerSettings((EndPoint?)null) : text[0] == '/' ? new ScannerSettings(new UnixDomainSocketEndPoint(text))
        : text.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? new ScannerSettings(new DnsEndPoint(text[..colon], port)) : null;
}
