using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil;

/// <summary>RegisterCivilStatus: the acts of civil status in the books of his commune; the official of justice and civil status (công chức tư pháp - hộ tịch).
/// RegisterResidence: residence and households of his commune; the commune police (Công an xã). DigitiseBooks: old books on paper, typed and linked with the register (số hóa sổ hộ tịch). IssuePapers: papers of entries, and to see the books.
/// RevokeKeys: that an official's key signs no more. ReadFilings: linked filings of his commune. DecideFiling: the part of the commune police in them.</summary>
public enum CivilPermission { RegisterCivilStatus, RegisterResidence, DigitiseBooks, IssuePapers, RevokeKeys, ReadFilings, DecideFiling }

/// <summary>An act that was begun for somebody.</summary>
/// <param name="Case">Reference of its case.</param>
/// <param name="Link">The page on which an official goes on with it.</param>
public sealed record BegunAct(string Case, string Link);

/// <summary>An act that was registered or decided.</summary>
/// <param name="Case">Reference of its case, which ends with it.</param>
/// <param name="No">Number of the entry or of the decision.</param>
/// <param name="Source">Key of the entry in the book, or of the decision on residence.</param>
/// <param name="Entry">The same of an entry; null: it is a decision on residence.</param>
/// <param name="Filing">Code of the linked filing that came with it.</param>
public sealed record CarriedAct(string Case, string No, string Office, Guid Source, Guid? Entry, string? Filing);

/// <summary>Acts of civil status and residence, for modules above.</summary>
public interface ICivilActs
{
    /// <summary>Begins an act with what is known of it, in the caller's transaction: the official finds its form filled in. Nothing is registered.</summary>
    /// <param name="act">birth; one of the acts of civil status (marriage, death, marital-status …) or of residence (permanent, temporary, absence, stay …).</param>
    /// <param name="fields">By the names of the act's form, in its order; what can be chosen several times comes several times.</param>
    /// <param name="about">Whom it is about, in words.</param>
    /// <param name="persons">Whose records it reads.</param>
    Task<Outcome<BegunAct>> Begin(string act, IReadOnlyList<(string Name, string Value)> fields, string about, IReadOnlyList<Guid> persons);

    /// <summary>Leaves an act that was begun and is not wanted any more: its case ends, whoever holds it, and what was filled in is gone. Of one that is decided nothing is left.</summary>
    Task Leave(string caseReference);

    /// <summary>The page on which an official goes on with an act that was begun; null: it is none of these.</summary>
    string? LinkOf(string caseReference);
}

/// <summary>The pen of the official of this request, for what modules above have him sign. His public key is among those of <c>GET /api/v1/civil/keys</c>.</summary>
public interface IPen
{
    /// <summary>A detached JWS (RFC 7515, ES256) whose payload is the SHA-256 of the text, in UTF-8.</summary>
    Task<string> Sign(string text);
}

/// <summary>A module above that waits for acts; called in the transaction in which the act is registered.</summary>
public interface IHearsActs
{
    Task Hear(CarriedAct act);
}

/// <summary>The paper of an act, as it was signed.</summary>
/// <param name="Code">By which anybody checks it.</param>
/// <param name="EndedAs">replaced, void; null: it is valid.</param>
public sealed record ActPaper(string Code, byte[] Pdf, string? EndedAs);

/// <summary>A paper of a module above, before it is sealed.</summary>
/// <param name="Kind">What sort of paper it is, a word of that module.</param>
/// <param name="Office">Who decided.</param>
/// <param name="Of">Code of that which it is the result of.</param>
/// <param name="Name">Of whom it speaks.</param>
/// <param name="Born">With the number, by what somebody shows that he holds it.</param>
public sealed record PaperToSeal(string Kind, string Title, string No, string Office, DateOnly On, string Of, string Name, PartialDate? Born, IReadOnlyList<(string Head, IReadOnlyList<(string Label, string Text)> Lines)> Parts);

/// <summary>A paper that is drawn, sealed and signed.</summary>
/// <param name="Code">By which anybody checks it.</param>
/// <param name="Address">What its QR code says.</param>
/// <param name="Token">Its facts, sealed by the register (compact JWS).</param>
/// <param name="Digest">SHA-256 of the file.</param>
/// <param name="KeyId">With which key it is signed: the official's who decides, or the register's.</param>
/// <param name="Signature">Detached JWS over the digest.</param>
public sealed record SealedPaper(string Code, string Address, string Token, byte[] Pdf, byte[] Digest, string KeyId, DateTimeOffset SignedAt, string Signature);

/// <summary>Papers of acts, and papers like them, for modules above.</summary>
public interface ICivilPapers
{
    /// <summary>Makes the paper of an act that was registered just now, signed by who registered it, in his transaction: the certificate, or the notice of a decision. False: of such an act there is none.</summary>
    Task<bool> Make(CarriedAct act);

    /// <summary>The newest paper of an act, for whoever the module above shows it to; null: there is none.</summary>
    /// <param name="source">Entry or decision.</param>
    Task<ActPaper?> Find(Guid source);

    /// <summary>Draws, seals and signs a paper; the module above keeps it, and knows it by its code.</summary>
    Task<SealedPaper> Seal(PaperToSeal paper);
}

/// <summary>A paper by its code.</summary>
/// <param name="Token">Its facts, as they were sealed.</param>
public sealed record KnownPaper(string Token, DateTimeOffset IssuedAt);

/// <summary>A module above that keeps papers: whoever checks a code is told of them too.</summary>
public interface IKnowsPapers
{
    /// <summary>Null: it is none of its papers.</summary>
    Task<KnownPaper?> Find(string code);
}
