using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Changes;

/// <summary>Looks at a change before it is decided.</summary>
internal sealed class CheckChange(ChangeRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(ChangeDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Changes, corrects or completes what is registered about a person, and what follows from it: a number that says another year or sex is cancelled and another established,
/// the records of relatives name him rightly, the birth entry says so, and all decisions that rest on what was wrong are listed.</summary>
internal sealed class ChangeRegistration(ChangeRules rules, ActDesk desk, IPopulation population, ValueUses uses, BookKeeper books, TimeProvider clock)
{
    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 28";

    public Task<Outcome<ActRegistered>> Run(ChangeDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(ChangeDeclaration d, JudgedChange j)
    {
        var evidence = string.Join(' ', new[] { d.Evidence!.Trim(), string.IsNullOrWhiteSpace(d.EvidenceNo) ? "" : $"số {d.EvidenceNo.Trim()}", d.EvidenceOn is { } on ? $"ngày {on.Shown()}" : "" }.Where(t => t.Length > 0));
        var (person, key, ground, today) = (j.Person!, j.Person!.Record!.Value, $"{evidence}; {Law}", clock.Today());
        var doing = new Doing(population, ground);
        var cleared = Names.Cleared(j.Before, j.After);
        await (d.What switch
        {
            ChangeDeclaration.Supplement => doing.Act(key, new PersonCompleted(j.After)),
            ChangeDeclaration.Correction => doing.Act(key, new PersonCorrected(j.Before, j.After, cleared)),
            _ => doing.Act(key, new PersonChanged(j.Before, j.After, cleared, today)),
        });
        var doubts = d.What == ChangeDeclaration.Correction ? (await population.Find(key))!.Doubts : [];
        foreach (var settled in new PersonCorrected(j.Before, j.After, cleared).Settles(doubts).ToList())
        {
            await doing.Act(key, settled);
        }

        if (doing.Problems.Count > 0)
        {
            return doing.Problems;
        }

        PersonalNumber? number = null;
        if (j.Renumbers)
        {
            // Where the birth was registered stays what it was, and so do the first three digits.
            var given = await population.Renumber(key, person.Facts.Number!.Value.ToString()[..3], Told(d.What!), ground);
            if (!given.Ok(out var fresh))
            {
                return given.Problems.ToList();
            }

            number = fresh;
        }

        if (j.After.FullName is not null || number is not null)
        {
            await doing.NamedAnew(key, j.After.FullName, number);
        }

        return doing.Problems.Count > 0 ? doing.Problems : await Enter(d, j, number, evidence, ground);
    }

    private async Task<Outcome<BookEntry>> Enter(ChangeDeclaration d, JudgedChange j, PersonalNumber? number, string evidence, string ground)
    {
        var key = j.Person!.Record!.Value;
        var entry = await books.Enter(new NewEntry("change", j.Office!.Id, key, [(key, "changed")]), no => new RegistrationChanged(no, j.Office.Id, clock.Today(), j.People[0], d.What!, j.Before, j.After,
            number is null ? null : j.Person.Facts.Number, number, j.Relatives.Count, evidence, j.Used, j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), ground);
        if (j.Birth is { } birth)
        {
            await books.Annotate(birth, "corrected", $"{Told(d.What!)} theo số {entry.No}: {string.Join("; ", Lines(j))}{(number is { } fresh ? $"; số định danh {fresh}" : "")}", entry.Id, ground);
        }

        return entry with { Follows = await uses.Told(j.Person.Facts.Number, number is not null, number, j.Relatives.Count, j.Birth, j.Used) };
    }

    private static string Told(string what) => what switch { ChangeDeclaration.Correction => "Cải chính", ChangeDeclaration.Supplement => "Bổ sung", ChangeDeclaration.ByEthnicity => "Xác định lại dân tộc", ChangeDeclaration.BySex => "Xác định lại giới tính", _ => "Thay đổi" };

    private static IEnumerable<string> Lines(JudgedChange j)
    {
        if (j.After.FullName is { } name) { yield return $"họ, chữ đệm, tên {j.Before.FullName} thành {name}"; }
        if (j.After.Born is { } born) { yield return $"ngày sinh {j.Before.Born?.Shown ?? "?"} thành {born.Shown}"; }
        if (j.After.Sex is { } sex) { yield return $"giới tính thành {(sex == 1 ? "Nam" : "Nữ")}"; }
        if (j.After.Ethnicity is not null) { yield return "dân tộc"; }
        if (j.After.BirthPlace is { Text: { } at }) { yield return $"nơi sinh thành {at}"; }
        if (j.After.Hometown is { Text: { } home }) { yield return $"quê quán thành {home}"; }
    }
}
