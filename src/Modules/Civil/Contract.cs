namespace SoGoc.Civil;

/// <summary>RegisterCivilStatus: births and, later, the other acts, in the books of his commune; the official of justice and civil status (công chức tư pháp - hộ tịch).</summary>
public enum CivilPermission { RegisterCivilStatus }
