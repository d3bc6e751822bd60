using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Civil.OldBooks;

/// <summary>An official decides who somebody of an old entry is: a person of the register, nobody of it, or later; or takes a decision back. Each is an entry of the journal.</summary>
internal sealed class DecideLink(OldShelf shelf, Proposals proposals, ICasePersons numbers, Session session, Journal journal, CurrentActor actor, TimeProvider clock)
{
    public const string Linked = "linked", Nobody = "nobody", Later = "later", Undone = "undone";

    public static readonly string[] Decisions = [Linked, Nobody, Later, Undone];

    /// <param name="Party">Who is decided on.</param>
    /// <param name="Decision">linked, nobody, later; undone takes a decision back.</param>
    /// <param name="Person">With linked: one of the proposals; or</param>
    /// <param name="Number">a personal number that the official has found by other ways.</param>
    internal sealed record Request(Guid Party, [Required] string? Decision, Guid? Person = null, [MaxLength(20)] string? Number = null);

    /// <param name="Book">Whose next one follows.</param>
    /// <param name="Offers">What the book knows and the person's record lacks: father, mother, birthPlace, birthRegistered. Nothing is entered by itself.</param>
    internal sealed record Decided(Guid Book, Guid Party, string State, Guid? Person, IReadOnlyList<string> Offers);

    public async Task<Outcome<Decided>> Run(Request r)
    {
        var party = await proposals.Party(r.Party, hold: true);
        var found = party is null ? Problem.Missing("civil.no-old-party") : await shelf.Find(party.Book.Id);
        if (!found.IsGood)
        {
            return found.Problems.ToList();
        }

        if (!Decisions.Contains(r.Decision))
        {
            return Problem.Invalid("decision", "civil.old-decision-unknown");
        }

        var standing = party!.State is Linked or Nobody;
        if (standing != (r.Decision == Undone))
        {
            return Problem.Conflict(standing ? "civil.old-decided-before" : "civil.old-nothing-to-undo");
        }

        if (r.Decision != Linked)
        {
            return await Write(party, r.Decision!, null, null, []);
        }

        return await Whom(party, r) is var whom && whom.Ok(out var chosen) ? await Write(party, Linked, chosen.Person, chosen.Score, chosen.Offers) : whom.Problems.ToList();
    }

    private async Task<Outcome<(Guid Person, int? Score, IReadOnlyList<string> Offers)>> Whom(OldParty party, Request r)
    {
        var looked = await proposals.For(party);
        if (!looked.Ok(out var persons))
        {
            return looked.Problems.ToList();
        }

        var person = r.Person;
        if (person is null)
        {
            var named = await numbers.Find(r.Number?.Trim() ?? "");
            if (!named.Ok(out var key))
            {
                return named.Problems.Select(p => p with { Field = "number" }).ToList();
            }

            person = key;
        }

        var proposed = persons.FirstOrDefault(p => p.Who.Person == person);
        return proposed is null && r.Person is not null ? Problem.Conflict("civil.old-not-proposed") with { Field = "person" } : (person.Value, proposed?.Score, proposed is null ? [] : OldOffer.Of(party, proposed.Who));
    }

    private async Task<Outcome<Decided>> Write(OldParty party, string decision, Guid? person, int? score, IReadOnlyList<string> offers)
    {
        var state = decision == Undone ? "open" : decision;
        await session.Execute("update civil.old_party set state = $2, person_id = $3, score = $4, decided_at = $5, decided_by = $6 where id = $1", party.Id, state,
            person.As(NpgsqlDbType.Uuid), ((short?)score).As(NpgsqlDbType.Smallint), clock.GetUtcNow(), actor.Value.Reference);
        var change = decision switch { Linked or Nobody => -1, Undone => 1, _ => 0 };
        await session.Execute("update civil.old_entry set undecided = undecided + $2 where id = $1 and $2 <> 0", party.Entry, (short)change);
        await shelf.Worked(party.Book.Id, "linked", -change);
        await journal.Add(party.Entry, new OldEntryDecided(party.Book.Id, party.Id, party.Role, decision, person ?? (decision == Undone ? party.Person : null), score), OldShelf.Ground);
        return new Decided(party.Book.Id, party.Id, state, person, offers);
    }
}

/// <summary>What an old entry of birth knows and the person's record lacks.</summary>
internal static class OldOffer
{
    public const string Father = "father", Mother = "mother", BirthPlace = "birthPlace", BirthRegistered = "birthRegistered";

    public static readonly string[] All = [Father, Mother, BirthPlace, BirthRegistered];

    public static IReadOnlyList<string> Of(OldParty party, Candidate who) => Of(party, who.Father is not null, who.Mother is not null, who.BirthPlace is not null, who.BirthRegistered is not null);

    public static IReadOnlyList<string> Of(OldParty party, PersonState who) => Of(party, who.Kin.Any(k => k.Kind == KinKind.Father), who.Kin.Any(k => k.Kind == KinKind.Mother), who.Facts.BirthPlace is not null, who.Facts.BirthRegistered is not null);

    /// <summary>As the book has it.</summary>
    public static string Text(OldParty party, string offer, string office) => offer switch
    {
        Father => party.Fields["fatherName"], Mother => party.Fields["motherName"], BirthPlace => party.Fields["childBirthPlace"], _ => office,
    };

    private static string[] Of(OldParty party, bool father, bool mother, bool place, bool registered) => party.Book.KindName != "birth" || party.Role != "child" ? [] :
    [
        .. !father && party.Fields.ContainsKey("fatherName") ? [Father] : Array.Empty<string>(), .. !mother && party.Fields.ContainsKey("motherName") ? [Mother] : Array.Empty<string>(),
        .. !place && party.Fields.ContainsKey("childBirthPlace") ? [BirthPlace] : Array.Empty<string>(), .. registered ? Array.Empty<string>() : [BirthRegistered],
    ];
}
