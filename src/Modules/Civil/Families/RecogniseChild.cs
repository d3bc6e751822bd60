using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Families;

/// <summary>A recognition of parent and child as it is declared (Luật Hộ tịch 60/2014, articles 24 and 25).</summary>
/// <param name="Child">The number, or what the QR code of the card says.</param>
/// <param name="Parent">Who is father or mother.</param>
/// <param name="Proof">dna: paper of a medical or forensic office; undertaking: of both sides, with two witnesses.</param>
/// <param name="ProofNo">Its number.</param>
/// <param name="ProofOn">Its day.</param>
/// <param name="BothHere">Both sides are present, or have confirmed the draft.</param>
/// <param name="MotherAgrees">Of a child under age whose father is recognised: the mother agrees.</param>
/// <param name="ChildAgrees">Of a child of nine and more: it agrees.</param>
/// <param name="NewName">Where the child takes the parent's surname: its whole name from now on.</param>
internal sealed record RecognitionDeclaration([MaxLength(300)] string? Child, [MaxLength(300)] string? Parent = null, string? Proof = null, [MaxLength(60)] string? ProofNo = null, DateOnly? ProofOn = null,
    bool BothHere = false, bool MotherAgrees = false, bool ChildAgrees = false, [MaxLength(100)] string? NewName = null, IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration
{
    public static readonly string[] Proofs = [KinProof.Dna, KinProof.Undertaking];
}

/// <summary>Parent and child have recognised each other.</summary>
/// <param name="Proof">The paper on which it rests.</param>
/// <param name="Birth">Entry of the birth, where it is in this system.</param>
/// <param name="NewName">The child's name from now on, where it has changed.</param>
public sealed record ParentRecognised(string EntryNo, int Area, DateOnly On, Seen Child, Seen Parent, string Proof, Guid? Birth, string? NewName, IReadOnlyList<string>? Confirmed = null) : IEntry
{
    public static string Kind => "civil.parent-recognised";
}

/// <summary>What the rules say of it.</summary>
internal sealed record JudgedRecognition(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Child, Party? Parent, KeptEntry? Birth, PersonFacts? Renamed)
    : Judgement(Case, Office, People, Refusals, Warnings)
{
    public KinKind As => Parent?.Facts.Sex == 1 ? KinKind.Father : KinKind.Mother;
}

/// <summary>Reads the two and judges their recognition. docs/rules/recognition.md is the same for people.</summary>
internal sealed class RecognitionRules(IPopulation population, ActCases acts, Competence competence, BookKeeper books, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "NC";

    private const int OfAge = 18, Asked = 9, Youngest = 13;

    public async Task<Outcome<JudgedRecognition>> Judge(RecognitionDeclaration d, bool toAct)
    {
        var problems = new List<Problem>();
        var (its, theirs) = (await acts.Key(d.Child, "child", problems), await acts.Key(d.Parent, "parent", problems));
        if (problems.Count > 0)
        {
            return problems;
        }

        var taken = await acts.TakeUp(Letters, d.Case, its, theirs);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var read = await acts.Read([its, theirs], toAct);
        var (child, parent) = (its is { } c ? read.GetValueOrDefault(c) : null, theirs is { } p ? read.GetValueOrDefault(p) : null);
        if (await acts.Disclose(file, child, parent) is { } refusal)
        {
            return refusal;
        }

        var found = new Findings();
        Declared(d, found);
        if (child is not null && parent is not null)
        {
            await Together(d, file, child, parent, found);
        }

        var renamed = string.IsNullOrWhiteSpace(d.NewName) || child is null ? null : await Renamed(d.NewName, parent, found);
        await acts.NameRelatives(file, renamed is null ? null : its);
        var here = competence.Of(new[] { child, parent }.OfType<Party>().Select(x => x.State), alsoHere: false);
        found.Refuse(child is null && parent is null ? [] : here.Problems);
        var people = new[] { ("child", child), (parent?.Facts.Sex == 1 ? "father" : "mother", parent) }.Where(x => x.Item2 is not null).Select(x => acts.Seen(x.Item1, x.Item2!)).ToList();
        return new JudgedRecognition(file, here.Ok(out var office) ? office : null, people, found.Refusals, found.Warnings, child, parent, its is { } key ? await books.Newest("birth", key) : null, renamed);
    }

    private void Declared(RecognitionDeclaration d, Findings found)
    {
        found.Refuse(string.IsNullOrWhiteSpace(d.Child), "child", "civil.child-missing");
        found.Refuse(string.IsNullOrWhiteSpace(d.Parent), "parent", "civil.parent-missing");
        found.Refuse(!d.BothHere, "bothHere", "civil.both-sides-here");
        found.Refuse(!RecognitionDeclaration.Proofs.Contains(d.Proof), "proof", "civil.proof-missing");
        found.Refuse(d.Proof == KinProof.Dna && string.IsNullOrWhiteSpace(d.ProofNo), "proofNo", "civil.evidence-number-missing");
        found.Refuse(d.ProofOn > clock.Today(), "proofOn", "civil.day-in-future");
    }

    private async Task Together(RecognitionDeclaration d, CaseFile file, Party child, Party parent, Findings found)
    {
        var (today, kind) = (clock.Today(), parent.Facts.Sex == 1 ? KinKind.Father : KinKind.Mother);
        found.Refuse(child.Record == parent.Record, "parent", "civil.own-child");
        found.Refuse(!CardText.Of(d.Child!).Agrees(child.Facts), "child", "civil.card-differs");
        found.Refuse(!CardText.Of(d.Parent!).Agrees(parent.Facts), "parent", "civil.card-differs");
        found.Refuse(!child.Lives || !parent.Lives, "parent", "civil.recognition-of-dead");
        found.Refuse(parent.Facts.Sex is not (1 or 2), "parent", "civil.sex-unknown-parent");
        found.Refuse(child.Facts.Born?.Earliest <= parent.Facts.Born?.Earliest, "parent", "civil.child-older");
        found.Refuse(child.State.Kin.Any(k => k.Kind == kind), "child", "civil.has-that-parent", child.State.Kin.FirstOrDefault(k => k.Kind == kind)?.Name ?? "?");
        found.Warn(child.Facts.Born?.Earliest is { } born && parent.AgeOn(born) is >= 0 and < Youngest, "civil.parent-very-young");
        var age = child.AgeOn(today);
        found.Refuse(age is >= Asked && !d.ChildAgrees, "childAgrees", "civil.child-agrees", Asked.ToString(CultureInfo.InvariantCulture));
        if (kind == KinKind.Father && child.State.Kin.FirstOrDefault(k => k.Kind == KinKind.Mother) is { } line)
        {
            var mother = await acts.Kin(file, line, toAct: false);
            found.Refuse(age is < OfAge && mother.Lives && mother.Record is not null && !d.MotherAgrees, "motherAgrees", "civil.mother-agrees");
            found.Warn(mother.State.Kin.Any(k => k.Kind == KinKind.Spouse && !parent.IsNamedBy(k)), "civil.mother-has-husband", mother.Facts.FullName ?? "?");
        }
    }

    private async Task<PersonFacts?> Renamed(string name, Party? parent, Findings found)
    {
        var written = await population.Written(new PersonFacts { FullName = name.Trim() });
        found.Refuse(written.Problems.Select(x => x with { Field = "newName" }));
        found.Refuse(written.Ok(out var facts) && parent?.Facts.Surname is { } surname && facts.Surname != surname, "newName", "civil.name-of-parent", parent?.Facts.Surname ?? "?");
        return facts;
    }
}

/// <summary>Looks at a recognition before it is decided.</summary>
internal sealed class CheckRecognition(RecognitionRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(RecognitionDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Registers a recognition: each is named in the other's record, the child may take the surname, the birth entry says so.</summary>
internal sealed class RecogniseChild(RecognitionRules rules, ActDesk desk, IPopulation population, BookKeeper books, TimeProvider clock)
{
    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 25";

    public Task<Outcome<ActRegistered>> Run(RecognitionDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(RecognitionDeclaration d, JudgedRecognition j)
    {
        var (child, parent) = (j.Child!, j.Parent!);
        var proof = KinProof.Text(d.Proof, d.ProofNo, d.ProofOn);
        var ground = $"{proof}; {Law}";
        var doing = new Doing(population, ground);
        await doing.Act(child.Record!.Value, new KinNamed(parent.As(j.As, child.NextKin)));
        // A line that named the child by name alone is now one with its number.
        await doing.Act(parent.Record!.Value, new KinNamed(child.As(KinKind.Child, parent.State.Kin.FirstOrDefault(k => k.Kind == KinKind.Child && child.IsNamedBy(k))?.No ?? parent.NextKin)));
        if (j.Renamed is { } name)
        {
            await doing.Act(child.Record.Value, Names.Changed(child.Facts, name, clock.Today()));
            await doing.NamedAnew(child.Record.Value, name.FullName);
        }

        if (doing.Problems.Count > 0)
        {
            return doing.Problems;
        }

        var part = j.As == KinKind.Father ? "father" : "mother";
        var entry = await books.Enter(new NewEntry("recognition", j.Office!.Id, child.Record.Value, [(child.Record.Value, "child"), (parent.Record.Value, part)]),
            no => new ParentRecognised(no, j.Office.Id, clock.Today(), j.People[0], j.People[1], proof, j.Birth?.Id, j.Renamed?.FullName, j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), ground);
        if (j.Birth is { } birth)
        {
            await books.Annotate(birth, "recognised", $"{(j.As == KinKind.Father ? "Cha" : "Mẹ")}: {parent.Facts.FullName}, số định danh {parent.Facts.Number}{(j.Renamed is { } n ? $". Họ, chữ đệm, tên: {n.FullName}" : "")}. Nhận cha, mẹ, con số {entry.No}", entry.Id, ground);
        }

        return entry;
    }
}
