namespace SoGoc.Civil;

/// <summary>RegisterCivilStatus: the acts of civil status in the books of his commune; the official of justice and civil status (công chức tư pháp - hộ tịch).
/// RegisterResidence: residence and households of his commune; the commune police (Công an xã). DigitiseBooks: old books on paper, typed and linked with the register (số hóa sổ hộ tịch). IssuePapers: papers of entries, and to see the books.
/// RevokeKeys: that an official's key signs no more. ReadFilings: linked filings of his commune. DecideFiling: the part of the commune police in them.</summary>
public enum CivilPermission { RegisterCivilStatus, RegisterResidence, DigitiseBooks, IssuePapers, RevokeKeys, ReadFilings, DecideFiling }
