using System.Globalization;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Population.Lookups;

namespace SoGoc.Population.Persons;

/// <summary>Corrects fields of which the register was wrong (NĐ 70/2024, article 6). In the root register the record changes; in a branch a request goes up and nothing changes here.</summary>
internal sealed class CorrectPerson(Session session, Register register, CurrentActor actor, IDuty duty, Precondition seen, Codes.Codes codes, TimeProvider clock)
{
    private const int LongestGround = 1000;

    /// <param name="After">The right values of the fields that were wrong.</param>
    /// <param name="Cleared">Names of fields that must become empty.</param>
    /// <param name="Ground">The paper or decision.</param>
    internal sealed record Request(Guid Id, PersonFacts? After, IReadOnlyList<string>? Cleared, [Required, Length(1, LongestGround)] string? Ground);

    internal sealed record Corrected(bool Requested, Guid? RequestId);

    public async Task<Outcome<Corrected>> Run(Request r)
    {
        if (string.IsNullOrWhiteSpace(r.Ground))
        {
            return Problem.Invalid("ground", "population.ground-missing");
        }

        if (r.Ground.Length > LongestGround)
        {
            return Problem.Invalid("ground", "population.ground-too-long", LongestGround.ToString(CultureInfo.InvariantCulture));
        }

        if (await register.Version(r.Id) is not { } version || await register.Find(r.Id) is not { } person)
        {
            return await session.IsElsewhere(r.Id) ? Problem.Forbidden("population.outside-duty") : Problem.Missing("population.no-person");
        }

        if (seen.Against(version) is { } stale)
        {
            return stale;
        }

        if (person.Confidential > 0 && !actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential)))
        {
            return Problem.Forbidden("population.confidential");
        }

        if (person.Residences.FirstOrDefault(x => x is { Kind: ResidenceKind.Permanent, Until: null })?.Area is { } area && !await duty.Covers(area))
        {
            return Problem.Forbidden("population.outside-area");
        }

        var (told, cleared, problems) = Correction.Read(r.After ?? new PersonFacts(), r.Cleared ?? [], person.Facts, await codes.Book(), clock.Today());
        if (problems.Count > 0)
        {
            return problems;
        }

        var entry = Correction.Of(person.Facts, told, cleared);
        if (entry is null)
        {
            return Problem.Invalid("after", "population.nothing-to-correct");
        }

        if (await register.Role() == RegisterRole.Branch)
        {
            var id = Guid.CreateVersion7(clock.GetUtcNow());
            await session.Execute("insert into population.correction_request (id, person_id, body, ground, asked_at, asked_by) values ($1, $2, $3, $4, $5, $6)",
                id, r.Id, JsonSerializer.Serialize(entry, Journal.Json).As(NpgsqlDbType.Json), r.Ground, clock.GetUtcNow(), actor.Value.Reference);
            return new Corrected(true, id);
        }

        var done = await register.Act(r.Id, entry, r.Ground);
        foreach (var settled in entry.Settles(person.Doubts).ToList())
        {
            done = done.IsGood ? await register.Act(r.Id, settled, r.Ground) : done;
        }

        return done.IsGood ? new Corrected(false, null) : done.Problems.ToList();
    }
}
