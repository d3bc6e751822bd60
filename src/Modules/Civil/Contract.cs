namespace SoGoc.Civil;

/// <summary>ReadFilings: linked filings of his commune. DecideFiling: the part of the commune police in them. RegisterCivilStatus: births and, later, the other acts, in the books of his commune; the official of justice and civil status (công chức tư pháp - hộ tịch).</summary>
public enum CivilPermission { RegisterCivilStatus, ReadFilings, DecideFiling }
