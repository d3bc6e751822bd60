namespace SoGoc.Services;

/// <summary>ReceiveFiles: takes files in at a counter, for whoever stands there. HandleJustice, HandlePolice: files of the commune's justice officer and police. HandleAgency: files of his agency of the province.
/// PublishProcedures: writes and publishes procedures. ReadScores: sees how offices serve. ReconcilePayments: holds the gateway's list against the payments, and orders that money is given back.</summary>
public enum ServicesPermission { ReceiveFiles, HandleJustice, HandlePolice, HandleAgency, PublishProcedures, ReadScores, ReconcilePayments }

/// <summary>Who takes money for the province.</summary>
/// <param name="Sandbox">SOGOC_PAYMENT=sandbox: a gateway is played, by which no money moves. The demonstration plays one always.</param>
public sealed record PaymentSettings(bool Sandbox);
