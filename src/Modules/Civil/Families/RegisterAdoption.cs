using System.Text.Json;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Births;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Families;

/// <summary>The birth of an adopted child as it is registered anew, with its adoptive parents (Luật Nuôi con nuôi 52/2010, article 24); the entry before is closed.</summary>
public sealed record BirthRegisteredAnew(BirthRegistered Birth) : IEntry
{
    public static string Kind => "civil.birth-registered-anew";
}

/// <summary>Registers an adoption: the child has new parents and they a child; the parents before are named no more; the birth is entered anew, and the entry before is closed to ordinary eyes.</summary>
internal sealed class RegisterAdoption(AdoptionRules rules, ActDesk desk, IPopulation population, BookKeeper books, TimeProvider clock)
{
    private const string Law = "Luật Nuôi con nuôi 52/2010/QH12, điều 22, 24";

    private const string Adopted = "11";

    public Task<Outcome<ActRegistered>> Run(AdoptionDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(AdoptionDeclaration d, JudgedAdoption j)
    {
        var (child, ground, today) = (j.Child!, $"Đơn xin nhận con nuôi; {Law}", clock.Today());
        var doing = new Doing(population, ground);
        await Parents(d, j, doing, today);
        if (j.Renamed is { } name)
        {
            await doing.Act(child.Record!.Value, Names.Changed(child.Facts, name, today));
            await doing.NamedAnew(child.Record.Value, name.FullName);
        }

        if (d.MovesIn)
        {
            await MoveIn(child, j.Adopter!, doing);
        }

        if (doing.Problems.Count > 0)
        {
            return doing.Problems;
        }

        List<(Guid, string)> parties = [(child.Record!.Value, "child"), (j.Adopter!.Record!.Value, "adopter"), .. j.Other is { Record: { } second } ? new[] { (second, "other-adopter") } : []];
        var entry = await books.Enter(new NewEntry("adoption", j.Office!.Id, child.Record.Value, parties),
            no => new ChildAdopted(no, j.Office.Id, today, j.People[0], j.People[1], j.People.FirstOrDefault(p => p.Part == "other-adopter"), d.Relation!, j.Renamed?.FullName, j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), ground);
        if (j.Birth is { } birth)
        {
            await Anew(j, birth, entry, parties, ground);
        }

        // What was recognised names a parent of before.
        foreach (var recognition in await books.All("recognition", child.Record.Value))
        {
            await books.Annotate(recognition, "adopted", Noted(entry), entry.Id, ground, closes: true);
        }

        return entry;
    }

    private static async Task Parents(AdoptionDeclaration d, JudgedAdoption j, Doing doing, DateOnly today)
    {
        var (child, step) = (j.Child!, d.Relation == AdoptionDeclaration.StepParent);
        var spouse = j.Adopter!.State.Kin.LastOrDefault(k => k.Kind == KinKind.Spouse);
        // A step-parent takes the place of one parent; the other, who is his wife or her husband, stays.
        foreach (var gone in j.Parents.Where(p => !(step && spouse is not null && p.IsNamedBy(spouse))))
        {
            foreach (var line in child.State.Kin.Where(k => k.Kind is KinKind.Father or KinKind.Mother && (gone.IsNamedBy(k) || (gone.Record is null && k.Name == gone.Facts.FullName))))
            {
                await doing.Act(child.Record!.Value, new KinEnded(line.No, Closed: true, On: today));
            }

            foreach (var line in gone.Record is null ? [] : gone.State.Kin.Where(k => k.Kind == KinKind.Child && child.IsNamedBy(k)))
            {
                await doing.Act(gone.Record!.Value, new KinEnded(line.No, Closed: true, On: today));
            }
        }

        var no = child.NextKin;
        foreach (var parent in new[] { j.Adopter, j.Other }.OfType<Party>())
        {
            await doing.Act(child.Record!.Value, new KinNamed(parent.As(parent.Facts.Sex == 1 ? KinKind.Father : KinKind.Mother, no++), today));
            await doing.Act(parent.Record!.Value, new KinNamed(child.As(KinKind.Child, parent.NextKin), today));
        }
    }

    private async Task MoveIn(Party child, Party adopter, Doing doing)
    {
        var (today, of) = (clock.Today(), adopter.Home!);
        await doing.Act(child.Record!.Value, new HouseholdJoined(of.Household, of.Relation is Relations.Head or Relations.Wife or Relations.Husband ? Adopted : Relations.OtherKin, today));
        if (adopter.State.Residences.FirstOrDefault(r => r.Kind == ResidenceKind.Permanent && (r.Until is null || r.Until > today)) is { } at && population.InForce(at) is var home)
        {
            await doing.Act(child.Record.Value, new ResidenceBegan(ResidenceKind.Permanent, home.Area, home.Detail, today));
        }

        // Who lived alone leaves a household without anybody.
        if (child.Home is { Household: var left } && left != of.Household && (await population.MembersOf(left)).Count == 0 && await population.Household(left) is { } state)
        {
            await population.RecordHousehold(left, state with { ClosedOn = today < state.OpenedOn ? state.OpenedOn : today }, doing.Ground);
        }
    }

    /// <summary>The birth is entered anew with the adoptive parents, who ask for it, and the entry before is closed. Nothing of the new one tells that the child once had no parents, or others.</summary>
    private async Task Anew(JudgedAdoption j, KeptEntry before, BookEntry adoption, List<(Guid Person, string Part)> parties, string ground)
    {
        List<Party> all = [.. new[] { j.Adopter, j.Other }.OfType<Party>(), .. j.Parents];
        var (child, today) = ((await population.Find(j.Child!.Record!.Value))!, clock.Today());
        RegisteredParent? Line(KinKind kind) => child.Kin.FirstOrDefault(k => k.Kind == kind) is { } line && all.Find(p => p.IsNamedBy(line)) is { } parent ? Newborn.Line(population, parent, today) : null;
        var (mother, father) = (Line(KinKind.Mother), Line(KinKind.Father));
        var kind = mother is null ? BirthDeclaration.MotherUnknown : father is null ? BirthDeclaration.FatherUnknown : BirthDeclaration.BothParents;
        // The birth may have been registered again because its book was lost, and says less then.
        var told = JsonDocument.Parse(before.Body).RootElement;
        var late = told.TryGetProperty("late", out var known) && known.GetBoolean();
        var evidence = told.TryGetProperty("birthKind", out var was) && was.GetString() != BirthDeclaration.Abandoned ? told.GetProperty("evidence").GetString()! : "Sổ đăng ký khai sinh";
        await books.Enter(new NewEntry("birth", j.Office!.Id, j.Child.Record.Value, parties), no => new BirthRegisteredAnew(new BirthRegistered(no, j.Office.Id, today, j.Child.Record.Value, child.Facts.Number!.Value, child.Facts with { Number = null }, kind, late,
            evidence, j.Adopter!.Facts.Sex == 1 ? "father" : "mother", mother, father)), ground);
        await books.Annotate(before, "adopted", Noted(adoption), adoption.Id, ground, closes: true);
    }

    private static string Noted(BookEntry adoption) => $"Đăng ký nuôi con nuôi số {adoption.No}";
}
