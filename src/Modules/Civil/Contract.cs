namespace SoGoc.Civil;

/// <summary>RegisterCivilStatus: births and, later, the other acts, in the books of his commune; the official of justice and civil status (công chức tư pháp - hộ tịch).
/// DigitiseBooks: old books on paper, typed and linked with the register (số hóa sổ hộ tịch).</summary>
public enum CivilPermission { RegisterCivilStatus, DigitiseBooks }
