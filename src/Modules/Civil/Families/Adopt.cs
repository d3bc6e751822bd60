using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SoGoc.Civil.Acts;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Civil.Books;

namespace SoGoc.Civil.Families;

/// <summary>An adoption inside the country as it is declared (Luật Nuôi con nuôi 52/2010).</summary>
/// <param name="Child">The number, or what the QR code of the card says.</param>
/// <param name="Adopter">Who adopts.</param>
/// <param name="Other">His wife or her husband, where both adopt.</param>
/// <param name="Relation">none; step-parent; uncle-aunt (cô, cậu, dì, chú, bác ruột): for these age is not asked the same way (articles 8 and 14).</param>
/// <param name="ParentsAgree">The parents, or who cares for the child, agree in writing (article 21).</param>
/// <param name="ChildAgrees">A child of nine and more agrees.</param>
/// <param name="MovesIn">The child comes into the adopter's household and resides there.</param>
/// <param name="NewName">The child's name from now on, where it changes (article 24).</param>
internal sealed record AdoptionDeclaration([MaxLength(300)] string? Child, [MaxLength(300)] string? Adopter = null, [MaxLength(300)] string? Other = null, string? Relation = null, bool ParentsAgree = false, bool ChildAgrees = false,
    bool MovesIn = false, [MaxLength(100)] string? NewName = null, IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration
{
    public const string None = "none", StepParent = "step-parent", UncleOrAunt = "uncle-aunt";

    public static readonly string[] Relations = [None, StepParent, UncleOrAunt];
}

/// <summary>A child was adopted. Of the parents before, the entry says nothing.</summary>
public sealed record ChildAdopted(string EntryNo, int Area, DateOnly On, Seen Child, Seen Adopter, Seen? Other, string Relation, string? NewName, IReadOnlyList<string>? Confirmed = null) : IEntry
{
    public static string Kind => "civil.child-adopted";
}

/// <summary>What the rules say of it.</summary>
/// <param name="Parents">Who are named as parents until now.</param>
internal sealed record JudgedAdoption(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Child, Party? Adopter, Party? Other, IReadOnlyList<Party> Parents,
    KeptEntry? Birth, PersonFacts? Renamed) : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads whom an adoption concerns and judges it. docs/rules/adoption.md is the same for people.</summary>
internal sealed class AdoptionRules(IPopulation population, ActCases acts, Competence competence, BookKeeper books, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "CN";

    private const int OfAge = 18, Youth = 16, Asked = 9, Older = 20;

    public async Task<Outcome<JudgedAdoption>> Judge(AdoptionDeclaration d, bool toAct)
    {
        var problems = new List<Problem>();
        Guid?[] keys = [await acts.Key(d.Child, "child", problems), await acts.Key(d.Adopter, "adopter", problems), await acts.Key(d.Other, "other", problems)];
        if (problems.Count > 0)
        {
            return problems;
        }

        var taken = await acts.TakeUp(Letters, d.Case, keys);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var read = await acts.Read(keys, toAct);
        Party? Of(Guid? key) => key is { } id ? read.GetValueOrDefault(id) : null;
        var (child, adopter, other, parents) = (Of(keys[0]), Of(keys[1]), Of(keys[2]), new List<Party>());
        foreach (var line in child?.State.Kin.Where(k => k.Kind is KinKind.Father or KinKind.Mother) ?? [])
        {
            parents.Add(await acts.Kin(file, line, toAct));
        }

        if (await acts.Disclose(file, [child, adopter, other, .. parents]) is { } refusal)
        {
            return refusal;
        }

        var found = new Findings();
        Declared(d, found);
        if (child is not null && adopter is not null)
        {
            Child(d, child, found);
            Adopters(d, child, adopter, other, parents, found);
            found.Refuse(await books.Newest("adoption", child.Record!.Value) is not null, "child", "civil.adopted-already");
            found.Refuse(d.MovesIn && child.Home is { Relation: Acts.Relations.Head } left && (await population.MembersOf(left.Household)).Count > 1, "movesIn", "civil.child-heads", child.Facts.FullName ?? "?");
        }

        var renamed = string.IsNullOrWhiteSpace(d.NewName) || child is null ? null : await Renamed(d.NewName, found);
        await acts.NameRelatives(file, renamed is null ? null : keys[0]);
        var here = competence.Of(new[] { child, adopter }.OfType<Party>().Select(x => x.State), alsoHere: false);
        found.Refuse(child is null && adopter is null ? [] : here.Problems);
        var people = new[] { ("child", child), ("adopter", adopter), ("other-adopter", other) }.Where(x => x.Item2 is not null).Select(x => acts.Seen(x.Item1, x.Item2!)).ToList();
        return new JudgedAdoption(file, here.Ok(out var office) ? office : null, people, found.Refusals, found.Warnings, child, adopter, other, parents, keys[0] is { } id ? await books.Newest("birth", id) : null, renamed);
    }

    private static void Declared(AdoptionDeclaration d, Findings found)
    {
        found.Refuse(string.IsNullOrWhiteSpace(d.Child), "child", "civil.child-missing");
        found.Refuse(string.IsNullOrWhiteSpace(d.Adopter), "adopter", "civil.adopter-missing");
        found.Refuse(!AdoptionDeclaration.Relations.Contains(d.Relation), "relation", "civil.adopter-relation-missing");
        found.Refuse(!d.ParentsAgree, "parentsAgree", "civil.parents-agree");
    }

    private void Child(AdoptionDeclaration d, Party child, Findings found)
    {
        var age = child.AgeOn(clock.Today());
        found.Refuse(!CardText.Of(d.Child!).Agrees(child.Facts), "child", "civil.card-differs");
        found.Refuse(!child.Lives, "child", "civil.child-not-living");
        found.Refuse(age is >= OfAge || (age is >= Youth && d.Relation == AdoptionDeclaration.None), "child", "civil.too-old-to-be-adopted", Youth.ToString(CultureInfo.InvariantCulture), OfAge.ToString(CultureInfo.InvariantCulture));
        found.Refuse(age is >= Asked && !d.ChildAgrees, "childAgrees", "civil.child-agrees", Asked.ToString(CultureInfo.InvariantCulture));
    }

    private void Adopters(AdoptionDeclaration d, Party child, Party adopter, Party? other, IReadOnlyList<Party> parents, Findings found)
    {
        foreach (var (who, field) in new[] { (adopter, "adopter"), (other, "other") }.Where(a => a.Item1 is not null))
        {
            found.Refuse(who!.Record == child.Record, field, "civil.own-child");
            found.Refuse(!who.Lives, field, "civil.adopter-not-living");
            found.Refuse(who.AgeOn(clock.Today()) is < OfAge, field, "civil.adopter-under-age");
            found.Refuse(d.Relation == AdoptionDeclaration.None && child.Facts.Born?.Earliest is { } born && who.AgeOn(born) is < Older, field, "civil.adopter-not-older", Older.ToString(CultureInfo.InvariantCulture));
            found.Refuse(parents.Any(p => p.Record is not null && p.Record == who.Record), field, "civil.is-parent-already");
        }

        var spouse = adopter.State.Kin.LastOrDefault(k => k.Kind == KinKind.Spouse);
        found.Refuse(other is not null && (spouse is null || !other.IsNamedBy(spouse)), "other", "civil.adopters-not-married");
        found.Refuse(other is not null && other.Facts.Sex == adopter.Facts.Sex, "other", "civil.adopters-not-married");
        found.Refuse(d.Relation == AdoptionDeclaration.StepParent && (spouse is null || !parents.Any(p => p.IsNamedBy(spouse))), "relation", "civil.not-step-parent");
        found.Refuse(other is null && spouse is not null && adopter.Facts.Marital == 2 && d.Relation != AdoptionDeclaration.StepParent, "other", "civil.both-adopt");
        found.Refuse(d.MovesIn && adopter.State.Memberships.All(m => m.Until is not null), "movesIn", "civil.host-without-household", adopter.Facts.FullName ?? "?");
    }

    private async Task<PersonFacts?> Renamed(string name, Findings found)
    {
        var written = await population.Written(new PersonFacts { FullName = name.Trim() });
        found.Refuse(written.Problems.Select(x => x with { Field = "newName" }));
        return written.Ok(out var facts) ? facts : null;
    }
}

/// <summary>Looks at an adoption before it is decided.</summary>
internal sealed class CheckAdoption(AdoptionRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(AdoptionDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}
