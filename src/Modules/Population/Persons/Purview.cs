using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Population.Lookups;

namespace SoGoc.Population.Persons;

/// <summary>What an official sees of a record: as far as the purpose of his work and his rights both go.</summary>
internal sealed class Purview(Reason reason, Actor who)
{
    private static readonly (string Class, PopulationPermission Right)[] Guarded = [(FieldClass.Sensitive, PopulationPermission.ReadSensitive), (Purpose.Journal, PopulationPermission.ReadJournal)];

    public IEnumerable<string> Seen => FieldClass.All.Where(Sees);

    public IReadOnlyList<string> Withheld => [.. FieldClass.All.Where(c => !Sees(c))];

    public bool Sees(string fieldClass) => reason.Allows(fieldClass) && Guarded.All(g => g.Class != fieldClass || who.May(Permission.Of(g.Right)));

    /// <summary>The record without what he does not see, and without what is said about it.</summary>
    public PersonState Of(PersonState person)
    {
        if (Withheld.Count == 0)
        {
            return person;
        }

        var facts = person.Facts;
        foreach (var field in FactField.All.Where(f => !Sees(FieldClass.Of(f.Group))))
        {
            facts = field.With(facts, null);
        }

        return person with
        {
            Facts = facts with { Unknown = facts.Unknown?.Where(f => Sees(FieldClass.OfField(f))).ToList() is { Count: > 0 } unknown ? unknown : null },
            Residences = Sees(FieldClass.Residence) ? person.Residences : [],
            Memberships = Sees(FieldClass.Household) ? person.Memberships : [],
            Kin = Sees(FieldClass.Family) ? person.Kin : [],
            Papers = Sees(FieldClass.Papers) ? person.Papers : [],
            Doubts = [.. person.Doubts.Where(d => Sees(FieldClass.OfField(d.Field)))],
        };
    }
}
