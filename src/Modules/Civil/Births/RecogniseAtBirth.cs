using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Civil.Families;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>A father who is not the mother's husband recognises the child in the same act as its birth (NĐ 123/2015, article 15; TT 04/2020/TT-BTP, article 15): one decision, an entry in the book of births and one in the book of recognitions.</summary>
internal sealed class RecogniseAtBirth(IPopulation population, ActCases acts, BookKeeper books, TimeProvider clock)
{
    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 25; NĐ 123/2015/NĐ-CP, điều 15";

    /// <summary>What stands against it. A court's decision needs neither presence nor life of the father: it has heard both sides.</summary>
    public static void Judge(BirthDeclaration d, Party father, DateOnly today, List<Problem> refusals)
    {
        void Refuse(bool wrong, string field, string code, params string[] data)
        {
            if (wrong)
            {
                refusals.Add(Problem.Conflict(code, data) with { Field = field });
            }
        }

        var byCourt = d.Proof == KinProof.Court;
        Refuse(!BirthDeclaration.Proofs.Contains(d.Proof), "proof", "civil.proof-missing");
        Refuse(d.Proof is KinProof.Dna or KinProof.Court && string.IsNullOrWhiteSpace(d.ProofNo), "proofNo", "civil.evidence-number-missing");
        Refuse(byCourt && d.ProofOn is null, "proofOn", "civil.decision-day-missing");
        Refuse(byCourt && string.IsNullOrWhiteSpace(d.ProofBy), "proofBy", "civil.court-missing");
        Refuse(d.ProofOn > today, "proofOn", "civil.day-in-future");
        Refuse(!byCourt && !d.BothHere, "bothHere", "civil.both-sides-here");
        Refuse(!byCourt && !father.Lives, "father", "civil.recognition-of-dead");
    }

    /// <summary>The paper as it is written.</summary>
    public static string Proof(BirthDeclaration d) => KinProof.Text(d.Proof, d.ProofNo, d.ProofOn, d.ProofBy);

    /// <summary>Enters it, when the birth is in its book.</summary>
    public async Task<BookEntry> Enter(BirthDeclaration d, Judged j, BookEntry birth)
    {
        var (child, father) = (new Party(birth.Person, (await population.Find(birth.Person))!), j.Father!);
        return await books.Enter(new NewEntry("recognition", j.Office!.Id, birth.Person, [(birth.Person, "child"), (father.Record!.Value, "father")]),
            no => new ParentRecognised(no, j.Office.Id, clock.Today(), acts.Seen("child", child), acts.Seen("father", father), Proof(d), birth.Id, null, j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), $"{Proof(d)}; {Law}");
    }
}
