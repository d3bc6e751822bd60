using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Civil.Filings;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Deaths;

/// <summary>Looks at a death before it is decided. Enters nothing; a case is opened, for which the people are read.</summary>
internal sealed class CheckDeath(DeathRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(DeathDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Registers a death (Luật Hộ tịch 60/2014, articles 32 to 34): the record says when; residence and household end with the day; the spouse is widowed; the household has a head;
/// the book has the entry; all of it, or nothing.</summary>
internal sealed class RegisterDeath(DeathRules rules, ActDesk desk, IPopulation population, BookKeeper books, FilingBook filings, Journal journal, TimeProvider clock)
{
    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 34";

    private const short Married = 2, Alone = 3;

    public Task<Outcome<ActRegistered>> Run(DeathDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(DeathDeclaration d, JudgedDeath j)
    {
        var (ground, deceased, died) = ($"{EvidenceText(d)}; {Law}", j.Deceased!, d.Died!.Value);
        // Of a month or a year nobody knows the day: what ends, ends with its last one, and not in the future.
        var end = died.Latest!.Value < clock.Today() ? died.Latest.Value : clock.Today();
        var done = await Dead(deceased, died, end, ground) ?? await Widowed(j.Spouse, died, ground) ?? await Household(j.Household, end, ground);
        if (done is not null)
        {
            return done.ToList();
        }

        var parties = new List<(Guid, string)> { (deceased.Record!.Value, "deceased") };
        var entry = await books.Enter(new NewEntry("death", j.Office!.Id, deceased.Record.Value, parties), no => new DeathRegistered(no, j.Office.Id, clock.Today(), j.People.First(p => p.Part == "deceased"), died, d.DiedAt, d.Place!.Trim(), d.Cause!.Trim(), d.Kind!, j.Late,
            EvidenceText(d), d.Declarant!, j.Household?.NewHead?.Record, j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), ground);
        return d.Linked ? await Linked(d, j, entry, deceased, died) : entry;
    }

    /// <summary>The rest of the linked filing: the social insurance is asked for the allowance at once, the commune police finds its part among its filings.</summary>
    private async Task<BookEntry> Linked(DeathDeclaration d, JudgedDeath j, BookEntry entry, Party deceased, PartialDate died)
    {
        var (code, asked) = await filings.Open(FilingStep.Death, j.Office!, entry, without: d.Allowance == DeathDeclaration.NoAllowance ? FilingStep.FuneralAllowance : null);
        foreach (var part in asked)
        {
            await journal.Add(part.Id, new FuneralAllowanceAsked(code, j.Office!.Id, entry.Person, deceased.Facts.Number, deceased.Facts.FullName, died, entry.No,
                PersonalNumber.TryParse(d.Receiver?.Trim() ?? "", out var receiver) ? receiver : null, Told(d.Account), Told(d.Bank)), part.Ground);
        }

        return entry with { Filing = code };
    }

    private static string? Told(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Status and day; what he resided in and belonged to ends with the day.</summary>
    private async Task<IReadOnlyList<Problem>?> Dead(Party deceased, PartialDate died, DateOnly day, string ground)
    {
        var key = deceased.Record!.Value;
        var status = await population.Act(key, new StatusChanged(PersonStatus.Dead, died), ground);
        if (!status.IsGood)
        {
            return status.Problems;
        }

        foreach (var kind in deceased.State.Residences.Where(r => r.Until is null || r.Until > day).Select(r => r.Kind).Distinct())
        {
            var ended = await population.Act(key, new ResidenceEnded(kind, day), ground);
            if (!ended.IsGood)
            {
                return ended.Problems;
            }
        }

        if (deceased.State.Memberships.Any(m => m.Until is null || m.Until > day))
        {
            var left = await population.Act(key, new HouseholdLeft(day), ground);
            return left.IsGood ? null : left.Problems;
        }

        return null;
    }

    private async Task<IReadOnlyList<Problem>?> Widowed(Party? spouse, PartialDate died, string ground)
    {
        if (spouse is not { Record: { } key, Lives: true, Facts.Marital: Married })
        {
            return null;
        }

        var changed = await population.Act(key, new PersonChanged(new PersonFacts { Marital = Married }, new PersonFacts { Marital = Alone }, On: died.Precision == DatePrecision.Day ? died.Earliest : null), ground);
        return changed.IsGood ? null : changed.Problems;
    }

    private async Task<IReadOnlyList<Problem>?> Household(HouseholdLeftBehind? household, DateOnly day, string ground)
    {
        if (household is not { WasHead: true })
        {
            return null;
        }

        if (household.NewHead is not { } head)
        {
            if (await population.Household(household.Key) is { } state)
            {
                await population.RecordHousehold(household.Key, state with { ClosedOn = day < state.OpenedOn ? state.OpenedOn : day }, ground);
            }

            return null;
        }

        var was = household.Others.First(o => o.Who == head).Relation;
        foreach (var (who, relation) in household.Others.OrderByDescending(o => o.Who == head))
        {
            var (to, on) = (who == head ? Relations.Head : Relations.ToHead(head, who, was, relation), day);
            var since = who.State.Memberships.First(m => m.Household == household.Key && m.Until is null).From;
            if (to == relation)
            {
                continue;
            }

            var joined = await population.Act(who.Record!.Value, new HouseholdJoined(household.Key, to, since >= on ? since.Value.AddDays(1) : on), ground);
            if (!joined.IsGood)
            {
                return joined.Problems;
            }
        }

        return null;
    }

    private static string EvidenceText(DeathDeclaration d) => string.Join(' ', new[]
    {
        d.Evidence switch { DeathDeclaration.Notice => "Giấy báo tử", "police" => "Văn bản của cơ quan công an", "doctor" => "Kết quả giám định pháp y", DeathDeclaration.Judgment => "Bản án, quyết định của Tòa án", _ => "Văn bản xác nhận việc chết" },
        string.IsNullOrWhiteSpace(d.EvidenceNo) ? "" : $"số {d.EvidenceNo.Trim()}", d.EvidenceOn is { } on ? $"ngày {on.Shown()}" : "", string.IsNullOrWhiteSpace(d.EvidenceBy) ? "" : $"của {d.EvidenceBy.Trim()}",
    }.Where(t => t.Length > 0));
}
