using System.Globalization;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Lists;
using SoGoc.Places;
using SoGoc.Population.Codes;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Imports;

/// <summary>Reads one row of a list into a draft and says all that a row alone can show to be wrong. Knows no register and no other row.</summary>
internal sealed class RowReader(string[] mapping, PlaceBook places, CodeBook codes, LawBook law, DateOnly lawDay)
{
    private readonly Dictionary<string, int> columns = mapping.Select((f, i) => (f, i))
        .Where(p => p.f.Length > 0 && LawHolds(law, p.f, lawDay)).ToDictionary(p => p.f, p => p.i, StringComparer.Ordinal);
    private readonly int oldestAge = law.Find("population.oldest-age", lawDay)?.Number ?? 130;
    private readonly Addresses addresses = new(places);

    /// <summary>Whether the law of the day names the field at all: a list may hold more than the register may.</summary>
    public static bool LawHolds(LawBook law, string field, DateOnly day) =>
        ListField.Find(field) is { } f && (f.Group == 0 || law.Find($"population.field-group-{f.Group}", day) is not null);

    public Draft Read(ListReader row, int heads)
    {
        var draft = new Draft(row.RowNumber);
        if (row.CellCount > heads && Enumerable.Range(heads, row.CellCount - heads).Any(i => row[i].Length > 0))
        {
            draft.Fault("", "population.row-too-long", row[heads]);
        }

        string Cell(string field) => columns.TryGetValue(field, out var column) ? row[column] : "";
        Number(draft, Cell("number"));
        Names(draft, Cell);
        Birth(draft, Cell("born"));
        Coded(draft, Cell);
        OldIds(draft, Cell("oldId"));
        Contact(draft, Cell("phone"), Cell("email"));
        draft.FileNumber = Text(Cell("fileNumber"));
        draft.CardPlace = Text(Cell("cardPlace"));
        draft.CardIssued = Date(draft, "cardIssued", Cell("cardIssued"));
        draft.Facts = draft.Facts with
        {
            Ended = Date(draft, "died", Cell("died")),
            BirthPlace = addresses.Place(Cell("birthPlace"), draft.Facts.Born?.Latest),
            BirthRegistered = addresses.Place(Cell("birthRegistered"), draft.Facts.Born?.Latest),
            Hometown = addresses.Place(Cell("hometown"), null),
            Other = Text(Cell("other")),
        };
        draft.Temporary = addresses.Place(Cell("temporary"), null);
        draft.Current = addresses.Place(Cell("current"), null);
        Home(draft, Cell);
        KinReader.Read(draft, KinKind.Father, "fatherNumber", Cell("fatherNumber"), Cell("fatherName"));
        KinReader.Read(draft, KinKind.Mother, "motherNumber", Cell("motherNumber"), Cell("motherName"));
        KinReader.Read(draft, KinKind.Spouse, "spouseNumber", Cell("spouseNumber"), Cell("spouseName"));
        Together(draft, Cell);
        return draft;
    }

    private void Number(Draft draft, string cell)
    {
        if (cell.Length == 0)
        {
            return;
        }

        if (!PersonalNumber.TryParse(cell, out var number, out var fault))
        {
            // A spreadsheet drops leading zeros; the number is proposed, never put in by itself.
            var repaired = cell.Length is 10 or 11 && cell.All(char.IsAsciiDigit) ? cell.PadLeft(12, '0') : "";
            if (repaired.Length > 0 && places.PlaceCodeExists(repaired[..3]))
            {
                draft.Fault("number", "population.number-lost-zero", cell, repaired);
            }
            else
            {
                draft.Fault("number", fault.Code, cell, fault.Data);
            }
        }
        else if (!PersonalNumber.PlaceExists(places, number.PlaceCode))
        {
            draft.Fault("number", "population.number-place-never-existed", cell, number.PlaceCode);
        }
        else
        {
            draft.Facts = draft.Facts with { Number = number };
        }
    }

    private void Names(Draft draft, Func<string, string> cell)
    {
        var name = cell("fullName");
        if (name.Length == 0)
        {
            name = string.Join(' ', new[] { cell("surname"), cell("middle"), cell("given") }.Where(p => p.Length > 0));
        }

        if (name.Length == 0)
        {
            draft.Fault("fullName", "population.name-missing", "");
            return;
        }

        if (!PersonName.IsName(name))
        {
            draft.Fault("fullName", "population.name-not-a-name", name);
            return;
        }

        var ethnicity = codes.Find("ethnicity", cell("ethnicity"));
        draft.Facts = PersonName.Set(draft.Facts, PersonName.InOfficeCase(name), ethnicity, codes) with
        {
            OtherNames = Several(cell("otherNames"), PersonName.InOfficeCase),
        };
    }

    private void Birth(Draft draft, string cell)
    {
        if (cell.Length == 0)
        {
            draft.Fault("born", "population.birth-missing", "");
        }
        else if (!DateWriting.TryRead(cell, out var born))
        {
            draft.Fault("born", "population.birth-not-a-date", cell);
        }
        else if (born.Earliest > lawDay)
        {
            draft.Fault("born", "population.birth-in-future", cell);
        }
        else if (born.Latest < lawDay.AddYears(-oldestAge))
        {
            draft.Fault("born", "population.birth-too-long-ago", cell, oldestAge.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            draft.Facts = draft.Facts with { Born = born };
        }
    }

    private void Coded(Draft draft, Func<string, string> cell)
    {
        string? Code(string field)
        {
            var text = cell(field);
            if (text.Length == 0)
            {
                return null;
            }

            var code = codes.Find(field, text);
            if (code is null)
            {
                draft.Fault(field, $"population.{field}-unknown", text);
            }

            return code;
        }

        draft.Facts = draft.Facts with
        {
            Sex = Code("sex") is { } s ? short.Parse(s, CultureInfo.InvariantCulture) : null,
            Ethnicity = Code("ethnicity"),
            Religion = Code("religion"),
            Nationality = Code("nationality") is { } n ? [n] : null,
            Blood = Code("blood"),
            Marital = Code("marital") is { } m ? short.Parse(m, CultureInfo.InvariantCulture) : null,
        };
        draft.Relation = Code("relation");
    }

    private static void OldIds(Draft draft, string cell)
    {
        if (cell.Length == 0)
        {
            return;
        }

        var ids = cell.Split([';', ',', '/'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (ids.All(id => id.Length == 9 && id.All(char.IsAsciiDigit)))
        {
            draft.Facts = draft.Facts with { OldIds = ids };
        }
        else
        {
            draft.Fault("oldId", "population.old-id-malformed", cell);
        }
    }

    private static void Contact(Draft draft, string phone, string email)
    {
        draft.Facts = draft.Facts with { Phone = ContactText.Phone(phone), Email = ContactText.Email(email) };
        if (phone.Length > 0 && draft.Facts.Phone is null)
        {
            draft.Warn("phone", "population.phone-malformed", phone);
        }

        if (email.Length > 0 && draft.Facts.Email is null)
        {
            draft.Warn("email", "population.email-malformed", email);
        }
    }

    private void Home(Draft draft, Func<string, string> cell)
    {
        var detail = cell("homeDetail");
        var since = cell("homeSince");
        if (since.Length > 0)
        {
            if (!DateWriting.TryRead(since, out var from) || from.Earliest > lawDay)
            {
                draft.Fault("homeSince", "population.residence-not-a-date", since);
            }
            else
            {
                draft.HomeSince = from.Earliest;
            }
        }

        var (area, fault) = addresses.Home(cell("homeCode"), cell("homeCommune"), cell("homeDistrict"), cell("homeProvince"), detail, draft.HomeSince);
        if (fault is not AreaFault.None)
        {
            var field = cell("homeCommune").Length > 0 || cell("homeCode").Length == 0 ? cell("homeCommune").Length > 0 ? "homeCommune" : "homeDetail" : "homeCode";
            draft.Fault(field, fault switch
            {
                AreaFault.Ambiguous => field == "homeCode" ? "population.area-code-reused" : "population.area-ambiguous",
                AreaFault.CodeAndNameDiffer => "population.area-code-and-name-differ",
                _ => "population.area-unknown",
            }, cell(field));
        }

        draft.HomeArea = area?.Id;
        draft.HomeDetail = Text(detail);
    }

    /// <summary>What only shows when fields are seen together. A number that disagrees with the birth data can be lawful: a doubt, not a fault.</summary>
    private void Together(Draft draft, Func<string, string> cell)
    {
        var f = draft.Facts;
        if (f.Number is { } number)
        {
            if (!number.AgreesWithSex(f.Sex))
            {
                draft.Warn("number", "population.number-disagrees-sex", number.ToString());
            }

            if (!number.AgreesWithBirth(f.Born))
            {
                draft.Warn("number", "population.number-disagrees-birth", number.ToString());
            }
        }

        if (f.Ended is { } ended && f.Born is { } born && ended.CertainlyBefore(born))
        {
            draft.Fault("died", "population.died-before-born", cell("died"));
        }
        else if (f.Ended?.Earliest > lawDay)
        {
            draft.Fault("died", "population.died-in-future", cell("died"));
        }

        if (draft.HomeSince < f.Born?.Earliest)
        {
            draft.Fault("homeSince", "population.residence-before-birth", cell("homeSince"));
        }
    }

    private static PartialDate? Date(Draft draft, string field, string cell)
    {
        if (cell.Length == 0)
        {
            return null;
        }

        if (DateWriting.TryRead(cell, out var date))
        {
            return date;
        }

        draft.Fault(field, "population.not-a-date", cell);
        return null;
    }

    private static string[]? Several(string cell, Func<string, string> each) =>
        cell.Length == 0 ? null : [.. cell.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(each)];

    private static string? Text(string cell) => cell.Length == 0 ? null : cell;
}
