using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Acts;

/// <summary>Opens the case of an act, or goes on with it, and reads those whom it is about for it. The case names them, so that they are seen wherever they live.</summary>
internal sealed class ActCases(IPopulation population, ICasePersons persons, CaseBook cases, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <summary>What persons are read for in an act of civil status.</summary>
    public const string Purpose = "civil-status";

    private static readonly string[] Fields = ["identity", "origin", "family", "residence", "household"];

    /// <summary>The record that a number, or the code of a card, answers with; null where nothing was said. What is wrong with it goes into the problems, under its field.</summary>
    public async Task<Guid?> Key(string? text, string field, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var found = await persons.AtCounter(CardText.Of(text).Number);
        problems.AddRange(found.Problems.Select(p => p with { Field = field }));
        return found.Ok(out var key) ? key : null;
    }

    /// <param name="letters">At the head of the code of a new case: KS, KT, KH ….</param>
    /// <param name="reference">The case that an earlier look has opened.</param>
    /// <param name="named">Whom it is about.</param>
    public Task<Outcome<CaseFile>> TakeUp(string letters, string? reference, params Guid?[] named) => TakeUp(Purpose, letters, reference, named);

    /// <summary>The same for another purpose than civil status.</summary>
    public Task<Outcome<CaseFile>> TakeUp(string purpose, string letters, string? reference, Guid?[] named) => cases.GoOn(letters, purpose, reference, [.. named.OfType<Guid>().Distinct()]);

    /// <summary>The case of an act on one person, and the person as he is read for it; null where nobody is named yet.</summary>
    public async Task<Outcome<(CaseFile Case, Party? Person)>> One(string letters, string? reference, string? told, bool toAct)
    {
        var problems = new List<Problem>();
        var key = await Key(told, "person", problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var taken = await TakeUp(letters, reference, key);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var person = await Read(key, toAct);
        return await Disclose(file, person) is { } refusal ? refusal : (file, person);
    }

    /// <summary>Says whom else the case is about.</summary>
    public Task Name(CaseFile file, IReadOnlyList<Guid> persons) => cases.Name(file, persons);

    /// <summary>The case is about all whose records name the person: what is said of him there changes with his record.</summary>
    public async Task<IReadOnlyList<(Guid Person, Kin Line)>> NameRelatives(CaseFile file, Guid? person)
    {
        var relatives = person is { } key ? await population.NamedIn(key) : [];
        await cases.Name(file, [.. relatives.Select(r => r.Person).Distinct()]);
        return relatives;
    }

    /// <param name="toAct">Holds the record: of two who act on one person at once, the second judges what the first has left.</param>
    public async Task<Party?> Read(Guid? key, bool toAct) => key is { } id && await (toAct ? population.Hold(id) : population.Find(id)) is { } state ? new Party(id, state) : null;

    /// <summary>Several at once; they are held in the order of their keys, so that two acts on the same people do not wait for each other in a circle.</summary>
    public async Task<Dictionary<Guid, Party>> Read(IEnumerable<Guid?> keys, bool toAct)
    {
        var read = new Dictionary<Guid, Party>();
        foreach (var key in keys.OfType<Guid>().Distinct().Order())
        {
            if (await Read(key, toAct) is { } party)
            {
                read[key] = party;
            }
        }

        return read;
    }

    /// <summary>Whom a line of a record names: his record where the register has it, else what the line says.</summary>
    public async Task<Party> Kin(CaseFile file, Kin line, bool toAct)
    {
        var key = line.Person ?? (line.Number is { } number && (await persons.Find(number.ToString())).Ok(out var found) ? found : null);
        if (key is { } id)
        {
            await cases.Name(file, [id]);
        }

        return await Read(key, toAct) ?? new Party(null, new PersonState { Facts = new PersonFacts { FullName = line.Name, Number = line.Number, Nationality = line.Nationality is { } of ? [of] : null } });
    }

    /// <summary>Records that these were read; refuses where one is confidential and the official may not.</summary>
    public async Task<Problem?> Disclose(CaseFile file, params IEnumerable<Party?> read)
    {
        Party[] all = [.. read.OfType<Party>()];
        if (all.Any(p => p.State.Confidential > 0) && !actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential)))
        {
            return Problem.Forbidden("population.confidential");
        }

        await journal.Disclose([.. all.Select(p => p.Record).OfType<Guid>().Distinct()], Fields, file.Purpose, file.Reference);
        return null;
    }

    /// <summary>As the official sees him and the book has him.</summary>
    public Seen Seen(string part, Party who)
    {
        var home = Competence.Homes(who.State, clock.Today()).FirstOrDefault();
        return new Seen(part, who.Record, who.Facts.FullName, who.Facts.Number, who.Facts.Born, who.Facts.Sex, who.Facts.Ethnicity, who.Facts.Nationality, home is null ? null : population.Address(population.InForce(home)).Written,
            who.Facts.Marital, who.State.Status);
    }
}
