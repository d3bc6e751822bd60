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
        var homes = new Homes(known, clock);
        var fresh = new List<(Guid Id, PersonState State, Draft Draft)>(sound.Count);
        var met = new List<(Guid Id, PersonState Told, Draft Draft)>();
        foreach (var draft in sound.Where(d => d.IsSound))
        {
            var told = Register.Recognisable(PersonFromDraft.State(draft, homes.Of(draft)));
            if (KnownAs(told, known) is { } id)
            {
                met.Add((id, told, draft));
            }
            else
            {
                fresh.Add((Guid.CreateVersion7(clock.GetUtcNow()), told, draft));
            }
        }

        var (more, unchanged) = await Meet(list, met, refused);
        var members = fresh.Where(p => p.State.Memberships.Count > 0).Select(p => p.Draft).Concat(more.Where(m => m.More.Membership is not null).Select(m => m.Draft));
        await Open(homes.Opened(members), by);
        if (fresh.Count > 0)
        {
            await register.EnterAll([.. fresh.Select(p => (p.Id, p.State))], [.. fresh.Select(p => (p.Id, new PersonEntered(p.State, list.Id, p.Draft.Row)))], by);
        }

        foreach (var (id, completed, _) in more)
        {
            await register.Act(id, completed, by.Ground);
        }

        return new Applied(fresh.Count, more.Count, unchanged, refused);
    }

    private static Guid? KnownAs(PersonState told, Known known) =>
        told.Facts.Number is { } number ? known.ByNumber.GetValueOrDefault(number.ToString())?.Id
        : known.ByFingerprint.TryGetValue(told.Fingerprint!.Value, out var id) ? id : null;

    private async Task<(List<(Guid Id, PersonCompleted More, Draft Draft)> More, int Unchanged)> Meet(SentList list, List<(Guid Id, PersonState Told, Draft Draft)> met, List<RowFault> refused)
    {
        var more = new List<(Guid, PersonCompleted, Draft)>();
        var unchanged = 0;
        var stored = met.Count == 0 ? [] : await PersonRows.Load(session, [.. met.Select(m => m.Id).Distinct()]);
        foreach (var (id, told, draft) in met)
        {
            var meeting = Meeting.Of(stored[id], told);
            if (stored[id].Status == PersonStatus.Merged)
            {
                refused.Add(new RowFault(draft.Row, "number", "population.record-merged", told.Facts.Number?.ToString() ?? ""));
            }
            else if (meeting.Contradicted.Count > 0)
            {
                refused.AddRange(meeting.Contradicted.Select(field => new RowFault(draft.Row, field, "population.differs-from-register", "")));
            }
            else if (meeting.More is { } completed)
            {
                more.Add((id, completed with { List = list.Id, Row = draft.Row }, draft));
            }
            else
            {
                unchanged++;
            }
        }

        return (more, unchanged);
    }

    private async Task Open(List<(Guid Id, HouseholdState State)> opened, Signature by)
    {
        if (opened.Count > 0)
        {
            var connection = await session.Open();
            await PersonCopy.Households(connection, opened);
            await PersonCopy.Entries(connection, opened.Select(h => (h.Id, new HouseholdRecorded(h.State))), by);
        }
    }

    /// <summary>The households of a batch by file number: those of the register, and new ones, which are opened only when somebody enters them.</summary>
    private sealed class Homes(Known known, TimeProvider clock)
    {
        private readonly Dictionary<string, Guid> fresh = new(StringComparer.Ordinal);

        public Guid? Of(Draft draft)
        {
            if (draft.FileNumber is not { } file)
            {
                return null;
            }

            if (known.Households.TryGetValue(file, out var home))
            {
                return home.Id;
            }

            if (!fresh.TryGetValue(file, out var id))
            {
                fresh[file] = id = Guid.CreateVersion7(clock.GetUtcNow());
            }

            return id;
        }

        /// <summary>The new households that rows enter, each as the first of its rows describes it.</summary>
        public List<(Guid Id, HouseholdState State)> Opened(IEnumerable<Draft> members) =>
            [.. from d in members.OrderBy(d => d.Row).DistinctBy(d => d.FileNumber)
                where d.FileNumber is not null && fresh.ContainsKey(d.FileNumber)
                select (fresh[d.FileNumber!], new HouseholdState(d.FileNumber, d.HomeArea, d.HomeDetail, d.HomeSince))];
    }
}
