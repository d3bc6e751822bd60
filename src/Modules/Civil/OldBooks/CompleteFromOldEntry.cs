using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.OldBooks;

/// <summary>Completes (bổ sung) the record of a person who was linked by what his old entry of birth knows and the record lacks: only the fields that the official chooses, and only empty ones.</summary>
internal sealed class CompleteFromOldEntry(OldShelf shelf, Proposals proposals, IPopulation population, CaseBook cases, Journal journal, CurrentActor actor, Kernel.Outcomes.Sentences say, TimeProvider clock)
{
    /// <param name="Party">Who was linked.</param>
    /// <param name="Fields">father, mother, birthPlace, birthRegistered.</param>
    internal sealed record Request(Guid Party, [Required] IReadOnlyList<string>? Fields);

    internal sealed record Completed(Guid Person, IReadOnlyList<string> Fields);

    public async Task<Outcome<Completed>> Run(Request r)
    {
        var party = await proposals.Party(r.Party);
        var found = party is null ? Problem.Missing("civil.no-old-party") : await shelf.Find(party.Book.Id);
        if (!found.Ok(out var book))
        {
            return found.Problems.ToList();
        }

        if (party!.Person is not { } person)
        {
            return Problem.Conflict("civil.old-not-linked");
        }

        var opened = await cases.Open(new NewCase("act", NewCase.Code("BS"), Proposals.Purpose, [person]));
        if (!opened.Ok(out var file))
        {
            return opened.Problems.ToList();
        }

        if (await population.Hold(person) is not { } state || (state.Confidential > 0 && !actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential))))
        {
            return Problem.Forbidden("population.confidential");
        }

        await journal.Disclose([person], ["identity", "origin", "family"], Proposals.Purpose, file.Reference);
        var offers = OldOffer.Of(party, state);
        string[] chosen = [.. (r.Fields ?? []).Distinct()];
        if (chosen.Length == 0 || chosen.Except(offers).Any())
        {
            return Problem.Invalid("fields", "civil.old-not-offered");
        }

        var done = await population.Act(person, Entry(party, state, chosen), Ground(party));
        if (!done.IsGood)
        {
            return done.Problems.ToList();
        }

        var closed = await cases.Close(file.Reference);
        return closed.IsGood ? new Completed(person, chosen) : closed.Problems.ToList();
    }

    private PersonCompleted Entry(OldParty party, PersonState state, string[] chosen)
    {
        var no = state.Kin.Select(k => k.No).DefaultIfEmpty(-1).Max();
        var facts = new PersonFacts
        {
            BirthPlace = chosen.Contains(OldOffer.BirthPlace) ? new PlaceFact(null, OldOffer.Text(party, OldOffer.BirthPlace, "")) : null,
            BirthRegistered = chosen.Contains(OldOffer.BirthRegistered) ? new PlaceFact(party.Book.Area, party.Book.Office) : null,
        };
        return new PersonCompleted(facts, [.. new[] { (OldOffer.Father, KinKind.Father), (OldOffer.Mother, KinKind.Mother) }.Where(k => chosen.Contains(k.Item1)).Select(k => new Kin(++no, k.Item2, OldOffer.Text(party, k.Item1, "")))]);
    }

    /// <summary>The paper on which the completion rests, as grounds are written: in Vietnamese.</summary>
    private string Ground(OldParty party) => string.Join(", ", new[]
    {
        say.Say("civil.old-kind-" + party.Book.KindName, CultureInfo.GetCultureInfo("vi-VN")), $"quyển {OldShelf.Back(party.Book)}", party.No is { } no ? $"số {no}" : null, shelf.Named(party.Book),
    }.OfType<string>()) + $"; đối chiếu ngày {clock.Today().Shown()}";
}
