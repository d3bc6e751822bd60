using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Imports;

internal sealed record Applied(int Entered, int Completed, int Unchanged, IReadOnlyList<RowFault> Refused);

/// <summary>Enters the people of a batch of sound rows: new ones whole, known ones where more is known than before. What contradicts the register changes nothing
/// and stays in quarantine: a list is no ground to overwrite the root.</summary>
internal sealed class ApplyRows(Session session, Register register, RowChecks checks, CurrentActor actor, TimeProvider clock)
{
    public async Task<Applied> Run(SentList list, List<Draft> sound)
    {
        var by = new Signature(clock.GetUtcNow(), actor.Value.Reference, list.Office, $"danh sách {list.Id}");
        var known = await checks.AgainstRegister(sound);
        var refused = sound.Where(d => !d.IsSound).SelectMany(d => d.Faults.Where(f => !f.Warning)).ToList();
        sound.RemoveAll(d => !d.IsSound);
        var homes = await Homes(sound, known, by);
        var fresh = new List<(Guid Id, PersonState State)>(sound.Count);
        var entries = new List<(Guid, PersonEntered)>(sound.Count);
        var met = new List<(Guid Id, PersonState Told, Draft Draft)>();
        foreach (var draft in sound)
        {
            var told = Register.Recognisable(PersonFromDraft.State(draft, draft.FileNumber is { } f ? homes[f] : null));
            if (KnownAs(told, known) is { } id)
            {
                met.Add((id, told, draft));
            }
            else
            {
                id = Guid.CreateVersion7(clock.GetUtcNow());
                fresh.Add((id, told));
                entries.Add((id, new PersonEntered(told, list.Id, draft.Row)));
            }
        }

        if (fresh.Count > 0)
        {
            await register.EnterAll(fresh, entries, by);
        }

        var (completed, unchanged) = await Meet(list, met, refused, by);
        return new Applied(fresh.Count, completed, unchanged, refused);
    }

    private static Guid? KnownAs(PersonState told, Known known) =>
        told.Facts.Number is { } number ? known.ByNumber.GetValueOrDefault(number.ToString())?.Id
        : known.ByFingerprint.TryGetValue(told.Fingerprint!.Value, out var id) ? id : null;

    /// <summary>The households of the batch by file number; those the register does not have are opened.</summary>
    private async Task<Dictionary<string, Guid>> Homes(List<Draft> sound, Known known, Signature by)
    {
        var homes = known.Households.ToDictionary(h => h.Key, h => h.Value.Id, StringComparer.Ordinal);
        var opened = new List<(Guid Id, HouseholdState State)>();
        foreach (var draft in sound.Where(d => d.FileNumber is not null))
        {
            if (homes.TryAdd(draft.FileNumber!, Guid.Empty))
            {
                var id = Guid.CreateVersion7(clock.GetUtcNow());
                homes[draft.FileNumber!] = id;
                opened.Add((id, new HouseholdState(draft.FileNumber, draft.HomeArea, draft.HomeDetail, draft.HomeSince)));
            }
        }

        if (opened.Count > 0)
        {
            var connection = await session.Open();
            await PersonCopy.Households(connection, opened);
            await PersonCopy.Entries(connection, opened.Select(h => (h.Id, new HouseholdRecorded(h.State))), by);
        }

        return homes;
    }

    private async Task<(int Completed, int Unchanged)> Meet(SentList list, List<(Guid Id, PersonState Told, Draft Draft)> met, List<RowFault> refused, Signature by)
    {
        int completed = 0, unchanged = 0;
        var stored = met.Count == 0 ? [] : await PersonRows.Load(session, [.. met.Select(m => m.Id).Distinct()]);
        foreach (var (id, told, draft) in met)
        {
            var meeting = Meeting.Of(stored[id], told);
            if (meeting.Contradicted.Count > 0)
            {
                refused.AddRange(meeting.Contradicted.Select(field => new RowFault(draft.Row, field, "population.differs-from-register", "")));
            }
            else if (meeting.More is { } more)
            {
                await register.Act(id, more with { List = list.Id, Row = draft.Row }, by.Ground);
                completed++;
            }
            else
            {
                unchanged++;
            }
        }

        return (completed, unchanged);
    }
}
