namespace SoGoc.Services;

/// <summary>ReceiveFiles: takes files in at a counter, for whoever stands there. HandleJustice, HandlePolice: files of the commune's justice officer and police. HandleAgency: files of his agency of the province.
/// PublishProcedures: writes and publishes procedures. ReadScores: sees how offices serve.</summary>
public enum ServicesPermission { ReceiveFiles, HandleJustice, HandlePolice, HandleAgency, PublishProcedures, ReadScores }
