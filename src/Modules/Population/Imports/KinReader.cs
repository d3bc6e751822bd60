using SoGoc.Population.Persons;

namespace SoGoc.Population.Imports;

/// <summary>Reads the kin that a row names: by a number, by an old number of nine digits, or by the name alone.</summary>
internal static class KinReader
{
    public static void Read(Draft draft, KinKind kind, string field, string number, string name)
    {
        if (number.Length == 0 && name.Length == 0)
        {
            return;
        }

        PersonalNumber? known = null;
        string? oldId = null;
        if (number.Length == 9 && number.All(char.IsAsciiDigit))
        {
            oldId = number;
        }
        else if (number.Length > 0)
        {
            if (!PersonalNumber.TryParse(number, out var parsed))
            {
                draft.Warn(field, "population.kin-number-malformed", number);
            }
            else if (parsed == draft.Facts.Number)
            {
                draft.Fault(field, "population.own-parent", number);
            }
            else
            {
                known = parsed;
            }
        }

        draft.Kin.Add(new Kin(draft.Kin.Count, kind, name.Length == 0 ? null : PersonName.InOfficeCase(name), known, null, oldId));
    }
}
