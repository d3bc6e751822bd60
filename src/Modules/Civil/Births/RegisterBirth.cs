using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Civil.Filings;
using SoGoc.Civil.Waiting;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>Registers a birth (Luật Hộ tịch 60/2014, articles 13 to 16): the child is entered in the register with a number, named in its parents' records, taken into their household,
/// and entered in the commune's book of births; all of it, or nothing.</summary>
internal sealed class RegisterBirth(ReadParents read, BirthRules rules, IPopulation population, RecogniseAtBirth recognition, BookKeeper books, FilingBook filings, ICodeNames codes, ILikeRecords records, Journal journal, CaseBook cases, DraftBook drafts, TellActs tell, TimeProvider clock)
{
    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 16";

    /// <param name="EntryNo">Number and year in the book: 01/2026.</param>
    /// <param name="Number">The child's personal number.</param>
    /// <param name="Person">The child's record.</param>
    /// <param name="Late">Declared after the days of the law.</param>
    /// <param name="Entry">Key of the entry.</param>
    /// <param name="Filing">Code of the linked filing that came with it.</param>
    /// <param name="Recognition">Key of the entry in the book of recognitions, where the father has recognised the child in the same act.</param>
    /// <param name="RecognitionNo">Its number and year.</param>
    internal sealed record Registered(string EntryNo, DateOnly RegisteredOn, string Office, PersonalNumber Number, Guid Person, string FullName, bool Late, Guid Entry, string? Filing = null, Guid? Recognition = null, string? RecognitionNo = null);

    public async Task<Outcome<Registered>> Run(BirthDeclaration d)
    {
        var known = await read.Run(d, toAct: true);
        if (!known.Ok(out var family))
        {
            return known.Problems.ToList();
        }

        var judged = await rules.Judge(d, family);
        Problem[] standing = [.. judged.Refusals, .. judged.Warnings.Where(w => d.Confirmed?.Contains(w.Code) != true)];
        if (standing.Length > 0)
        {
            return standing.ToList();
        }

        var child = await population.Written(Newborn.Facts(d, judged, ForeignElement.Abroad(d) ? await codes.InVietnamese("nationality", d.BirthCountry!) : null));
        return child.Ok(out var facts) ? await Enter(d, judged, facts) : child.Problems.ToList();
    }

    private async Task<Outcome<Registered>> Enter(BirthDeclaration d, Judged j, PersonFacts facts)
    {
        var (today, ground) = (clock.Today(), $"{Newborn.EvidenceText(d)}; {(j.Recognised ? RecogniseAtBirth.Proof(d) + "; " : "")}{Law}");
        var entered = await population.Enter(Newborn.State(population, d, j, facts, today), ground);
        if (!entered.Ok(out var child))
        {
            return entered.Problems.ToList();
        }

        await cases.Name(j.Family.Case, [child]);
        var allotted = await population.Allot(child, j.PlaceCode!, ground);
        if (!allotted.Ok(out var number))
        {
            return allotted.Problems.ToList();
        }

        foreach (var parent in new[] { j.Family.Mother, j.Father }.OfType<Party>().Where(p => p.Record is not null))
        {
            var line = new Kin(parent.State.Kin.Select(k => k.No).DefaultIfEmpty(-1).Max() + 1, KinKind.Child, facts.FullName, number);
            var named = await population.Act(parent.Record!.Value, new KinNamed(line, d.Born), ground);
            if (!named.IsGood)
            {
                return named.Problems.ToList();
            }
        }

        var notification = d.Evidence == BirthDeclaration.Notification ? d.EvidenceKey : null;
        var entry = await books.Enter(new NewEntry("birth", j.Office!.Id, child, Parties(child, j), notification), entryNo => new BirthRegistered(entryNo, j.Office.Id, today, child, number, facts, d.Kind!, j.Late, Newborn.EvidenceText(d), d.Declarant!,
            Newborn.Line(population, j.Family.Mother, today, d.Foreign?.PaperNo?.Trim()), Newborn.Line(population, j.Father, today, d.Foreign?.PaperNo?.Trim()), j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null, j.Recognised ? RecogniseAtBirth.Proof(d) : null, ForeignElement.Abroad(d) ? d.BirthCountry : null), ground);
        if (j.Alike.Count > 0)
        {
            await records.Differ(child, j.Alike, LikeRecord.AtBirth, $"Đăng ký khai sinh số {entry.No}: đã xem và xác nhận là người khác; {ground}");
        }

        var recognised = j.Recognised ? await recognition.Enter(d, j, entry) : null;
        var filing = d.Linked ? await Linked(d, j, entry, facts, number, today) : null;
        await drafts.Drop(j.Family.Case);
        await tell.Tell(new CarriedAct(j.Family.Case.Reference, entry.No, j.Office.FullName, entry.Id, entry.Id, filing));
        var closed = await cases.Close(j.Family.Case.Reference);
        return closed.IsGood ? new Registered(entry.No, today, j.Office.FullName, number, child, facts.FullName!, j.Late, entry.Id, filing, recognised?.Id, recognised?.No) : closed.Problems.ToList();
    }

    /// <summary>The rest of the linked filing: the health insurance is asked at once, the commune police finds its part among its filings.</summary>
    private async Task<string> Linked(BirthDeclaration d, Judged j, BookEntry entry, PersonFacts facts, PersonalNumber number, DateOnly today)
    {
        var (code, asked) = await filings.Open(FilingStep.Birth, j.Office!, entry, liveWith: string.IsNullOrEmpty(d.LiveWith) ? null : d.LiveWith);
        var home = j.Registered.SelectMany(p => Competence.Homes(p, today)).OrderBy(r => r.Kind).FirstOrDefault();
        foreach (var part in asked)
        {
            await journal.Add(part.Id, new HealthCardAsked(code, j.Office!.Id, entry.Person, number, facts.FullName!, facts.Born, facts.Sex, j.Family.Mother?.State.Facts.Number, home is null ? null : population.Address(population.InForce(home)).Written, string.IsNullOrWhiteSpace(d.Clinic) ? null : d.Clinic.Trim()), part.Ground);
        }

        return code;
    }

    private static List<(Guid, string)> Parties(Guid child, Judged j) => [(child, "child"), .. new[] { (j.Family.Mother, "mother"), (j.Father, "father") }.Where(p => p.Item1?.Record is not null).Select(p => (p.Item1!.Record!.Value, p.Item2))];
}
