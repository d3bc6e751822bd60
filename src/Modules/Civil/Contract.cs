namespace SoGoc.Civil;

/// <summary>IssuePapers: papers of entries, and to see the books. RevokeKeys: that an official's key signs no more. RegisterCivilStatus: births and, later, the other acts, in the books of his commune; the official of justice and civil status (công chức tư pháp - hộ tịch).</summary>
public enum CivilPermission { RegisterCivilStatus, IssuePapers, RevokeKeys }
