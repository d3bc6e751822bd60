namespace SoGoc.Civil;

/// <summary>RegisterCivilStatus: births and, later, the other acts, in the books of his commune; the official of justice and civil status (công chức tư pháp - hộ tịch). RegisterResidence: residence and households of his commune; the commune police (Công an xã).</summary>
public enum CivilPermission { RegisterCivilStatus, RegisterResidence }
