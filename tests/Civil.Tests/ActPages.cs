using SoGoc.Population;
using SoGoc.Testing;
using static SoGoc.Civil.Tests.ActScene;

namespace SoGoc.Civil.Tests;

using Fields = Dictionary<string, string>;
using Body = Dictionary<string, object?>;
using Told = Action<ActScene, Dictionary<string, object?>, string, string>;

/// <summary>What the words of the pages of docs/rules mean.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal static class ActPages
{
    /// <summary>How a page is read.</summary>
    /// <param name="Path">Where the declaration is sent.</param>
    /// <param name="Files">Where its reasons stand.</param>
    /// <param name="Not">Codes in these files that are no reasons.</param>
    /// <param name="Sound">The sound example.</param>
    /// <param name="Fields">Words for fields.</param>
    /// <param name="Values">Words for values.</param>
    /// <param name="Else">What is told of the people.</param>
    internal sealed record Page(string Name, string Path, string[] Files, string[] Not, Func<ActScene, Body> Sound, Fields Fields, Body Values, Told Else);

    public static Page Recognition() => new("recognition", "/recognitions/register", ["Families/RecogniseChild.cs"], ["civil.parent-recognised"],
        s =>
        {
            s.Other = Living(1, "1990-06-05");
            s.Person = Living(2, "2019-09-01").With(KinKind.Mother, s.Third.Facts.Number!.Value);
            return new() { ["child"] = Number(s.Person), ["parent"] = Number(s.Other), ["proof"] = "undertaking", ["bothHere"] = true, ["motherAgrees"] = true };
        },
        new() { ["chứng cứ"] = "proof", ["số chứng cứ"] = "proofNo", ["ngày chứng cứ"] = "proofOn", ["có mặt"] = "bothHere", ["mẹ đồng ý"] = "motherAgrees", ["con đồng ý"] = "childAgrees" },
        Words(("giám định", "dna")),
        (s, d, what, value) =>
        {
            switch (what, value)
            {
                case ("con", _): d["child"] = null; break;
                case ("cha mẹ", "bỏ trống"): d["parent"] = null; break;
                case ("cha mẹ", "là con"): d["parent"] = Number(s.Person); break;
                case ("cha mẹ", _): d["parent"] = OtherCard(s.Other); break;
                case ("tên mới", "theo cha"): d["newName"] = $"{s.Other.Facts.Surname} Thị Mẫu"; break;
                case ("tên mới", _): d["newName"] = value; break;
                case ("giới tính người nhận", _): s.Other = With(s.Other, f => f with { Sex = 0 }); break;
                case ("người nhận sinh", _): s.Other = With(s.Other, f => f with { Born = Day(value) }); break;
                case ("con sinh", _): s.Person = With(s.Person, f => f with { Born = Day(value) }); break;
                case ("con đã có cha", _): s.Person = s.Person.With(KinKind.Father, s.Fourth.Facts.Number!.Value); break;
                case ("mẹ có chồng", _): s.Third = s.Third.With(KinKind.Spouse, s.Fourth.Facts.Number!.Value); break;
                default: Common(s, what, value); break;
            }
        });

    public static Page Adoption() => new("adoption", "/adoptions/register", ["Families/Adopt.cs"], ["civil.child-adopted"],
        s =>
        {
            s.Marry();
            s.Person = Living(1, "2018-02-03").With(KinKind.Mother, s.Third.Facts.Number!.Value).With(KinKind.Father, s.Fourth.Facts.Number!.Value);
            return new() { ["child"] = Number(s.Person), ["adopter"] = Number(s.Other), ["other"] = Number(s.Spouse), ["relation"] = "none", ["parentsAgree"] = true, ["movesIn"] = true };
        },
        new() { ["về ở"] = "movesIn", ["quan hệ"] = "relation", ["cha mẹ đồng ý"] = "parentsAgree", ["con đồng ý"] = "childAgrees", ["tên mới"] = "newName" },
        Words(("bác ruột", "uncle-aunt"), ("cha dượng", "step-parent")),
        (s, d, what, value) =>
        {
            switch (what, value)
            {
                case ("là", _):
                    s.Person = s.Person with { Kin = [] };
                    s.Person = s.Person.With(KinKind.Mother, s.Spouse.Facts.Number!.Value);
                    (d["other"], d["relation"]) = (null, "step-parent");
                    break;
                case ("con", "bỏ trống"): d["child"] = null; break;
                case ("con", _): d["child"] = OtherCard(s.Person); break;
                case ("người nhận", "bỏ trống"): d["adopter"] = null; break;
                case ("người nhận", "là con"): (d["adopter"], d["other"]) = (Number(s.Person), null); break;
                case ("người nhận", _): (d["adopter"], d["other"]) = (Number(s.Fourth), null); break;
                case ("người kia", "bỏ trống"): d["other"] = null; break;
                case ("người kia", _): d["other"] = Number(s.Third); break;
                case ("con chết", _): s.PersonDies(value); break;
                case ("con sinh", _): s.Person = With(s.Person, f => f with { Born = Day(value) }); break;
                case ("người nhận sinh", _): s.Other = With(s.Other, f => f with { Born = Day(value) }); break;
                case ("trẻ là chủ hộ", _): s.ThirdWithPerson = true; break;
                case ("làm hai lần", _): d["first"] = new Body(); break;
                case ("người nhận không có hộ", _): s.OtherHasHousehold = false; break;
                default: Common(s, what, value); break;
            }
        });

    public static Page Guardianship() => new("guardianship", "/guardianships/register", ["Families/Guardianship.cs"], ["civil.guardianship-began", "civil.guardianship-ended"],
        s =>
        {
            s.Other = Living(1, "1990-06-05");
            s.Person = Living(2, "2019-09-01");
            return new() { ["ward"] = Number(s.Person), ["guardian"] = Number(s.Other), ["basis"] = "natural", ["reason"] = "no-parents", ["agrees"] = true };
        },
        new() { ["căn cứ"] = "basis", ["lý do"] = "reason", ["số giấy"] = "paperNo", ["ngày giấy"] = "paperOn", ["đồng ý"] = "agrees" },
        Words(("được cử", "appointed"), ("Tòa án", "judgment"), ("mất năng lực", "incapable")),
        (s, d, what, value) =>
        {
            switch (what, value)
            {
                case ("con", "bỏ trống"): d["ward"] = null; break;
                case ("con", _): d["ward"] = OtherCard(s.Person); break;
                case ("người giám hộ", "bỏ trống"): d["guardian"] = null; break;
                case ("người giám hộ", _): d["guardian"] = Number(s.Person); break;
                case ("con sinh", _): s.Person = With(s.Person, f => f with { Born = Day(value) }); break;
                case ("người nhận sinh", _): s.Other = With(s.Other, f => f with { Born = Day(value) }); break;
                case ("đã có người giám hộ", _): s.Person = s.Person.With(KinKind.Guardian, s.Fourth.Facts.Number!.Value); break;
                case ("là cha", _): (s.Person, d["reason"]) = (s.Person.With(KinKind.Father, s.Other.Facts.Number!.Value), "parents-unable"); break;
                case ("mẹ còn sống", _): s.Person = s.Person.With(KinKind.Mother, s.Third.Facts.Number!.Value); break;
                case ("chấm dứt", _):
                    s.Person = value == "khi không có" ? s.Person : s.Person.With(KinKind.Guardian, s.Fourth.Facts.Number!.Value);
                    d["path"] = "/guardianships/end";
                    d["body"] = () => new Body { ["ward"] = Number(s.Person), ["why"] = value switch { "đủ tuổi" => "of-age", "cha mẹ chăm sóc" => "parents-able", "người giám hộ chết" => "guardian-died", "bỏ trống" => null, _ => "replaced" } };
                    break;
                default: Common(s, what, value); break;
            }
        });

    public static Page Change() => new("change", "/changes/register", ["Changes/ChangeRules.cs"], [],
        s =>
        {
            s.Person = With(s.Person, f => f with { Marital = 2 });
            return new() { ["person"] = Number(s.Person), ["what"] = "correction", ["born"] = "1992-08-09", ["evidence"] = "Sổ đăng ký khai sinh" };
        },
        new() { ["việc"] = "what", ["ngày sinh"] = "born", ["tên"] = "fullName", ["dân tộc"] = "ethnicity", ["nơi sinh"] = "birthPlace", ["giấy tờ"] = "evidence", ["ngày giấy"] = "evidenceOn", ["giữ số"] = "keepNumber" },
        Words(("thay đổi", "change"), ("bổ sung", "supplement"), ("dân tộc", "ethnicity"), ("giới tính", "sex")),
        (s, d, what, value) =>
        {
            switch (what, value)
            {
                case ("giới tính", _): d["sex"] = 2; break;
                case ("đã cải chính hôm nay", _): d["first"] = new Body { ["born"] = value }; break;
                case ("người", "bỏ trống"): d["person"] = null; break;
                case ("người", "thẻ khác"): d["person"] = OtherCard(s.Person); break;
                case ("người", _):
                    s.Person = Living(1, "2016-01-01");
                    d["person"] = Number(s.Person);
                    break;
                case ("hồ sơ", _): s.Later(() => s.Closed()); break;
                case ("đã chết", _):
                    s.Person = With(s.Person, f => f with { Born = Day("01/01/1980") });
                    s.PersonDies("01/01/1990");
                    break;
                case ("có cha sinh", _):
                    s.Fourth = With(s.Fourth, f => f with { Born = SoGoc.Kernel.Time.PartialDate.TryParse(value, out var born) ? born : null });
                    s.Person = s.Person.With(KinKind.Father, s.Fourth.Facts.Number!.Value);
                    break;
                case ("có con", _): s.Fourth = With(s.Fourth, f => f with { Born = Day("01/01/2015") }).With(KinKind.Father, s.Person.Facts.Number!.Value); break;
                default: Common(s, what, value); break;
            }
        });

    public static Page Marital() => new("marital-status", "/marital-status/confirm", ["MaritalStatus/ConfirmMaritalStatus.cs"], ["civil.marital-status-confirmed", "civil.marital-months", "civil.marriage-age-man", "civil.marriage-age-woman"],
        s => new() { ["person"] = Number(s.Person), ["for"] = "marriage", ["toMarry"] = "Trần Thị Thử, sinh năm 1995" },
        new() { ["dùng"] = "for", ["việc"] = "purpose", ["với ai"] = "toMarry", ["khai"] = "told" }, Words(("khác", "other"), ("độc thân", "single")), OnePerson);

    public static Page Again() => new("again", "/reregistrations/register", ["Reregistrations/RegisterAgain.cs"], ["civil.registered-again", "civil.again-before"],
        s => new() { ["person"] = Number(s.Person), ["what"] = "birth", ["earlierOffice"] = "UBND xã Mẫu (cũ)", ["earlierOn"] = "1993", ["bookLost"] = true, ["evidence"] = "Bản sao học bạ" },
        new() { ["việc"] = "what", ["nơi đăng ký"] = "earlierOffice", ["đã đăng ký"] = "earlierOn", ["sổ mất"] = "bookLost", ["giấy tờ"] = "evidence" }, Words(("kết hôn", "marriage"), ("khai tử", "death")), OnePerson);

    public static Page Foreign() => new("foreign", "/foreign-acts/note", ["Foreign/NoteForeignAct.cs"], ["civil.foreign-act-noted"],
        s => new() { ["person"] = Number(s.Person), ["act"] = "marriage", ["on"] = "2026-05-01", ["country"] = "Hàn Quốc", ["authority"] = "Cơ quan hộ tịch Mẫu", ["paperNo"] = "M-1", ["spouse"] = "KIM MAU", ["spouseNationality"] = "KR" },
        new() { ["việc"] = "act", ["ngày"] = "on", ["cơ quan"] = "authority", ["số giấy"] = "paperNo", ["vợ chồng"] = "spouse" }, Words(("ly hôn", "divorce")), OnePerson);

    public static Page MarriageEnd() => new("marriage-end", "/marriages/end", ["Marriages/EndMarriage.cs"], [],
        s =>
        {
            s.Before.Add(async clerk => (await clerk.Post("/marriages/register", new { husband = Number(s.Other), wife = Number(s.Spouse), bothHere = true, notKin = true, household = "stay" })).Succeeds());
            return new() { ["person"] = Number(s.Other), ["how"] = "divorce", ["court"] = "Tòa án nhân dân khu vực Mẫu", ["decisionNo"] = "12/2026/HNGĐ-ST", ["decisionOn"] = "2026-11-24" };
        },
        new() { ["việc"] = "how", ["Tòa án"] = "court", ["số"] = "decisionNo", ["ngày"] = "decisionOn", ["sổ cũ"] = "earlierEntry" }, Words(("hủy", "annulled")),
        (s, d, what, value) =>
        {
            switch (what, value)
            {
                case ("người", "bỏ trống"): d["person"] = null; break;
                case ("người", _): d["person"] = OtherCard(s.Other); break;
                case ("kết hôn", "không có"): s.Before.Clear(); break;
                case ("kết hôn", _):
                    s.Before.Clear();
                    s.Marry();
                    break;
                case ("đổi sau kết hôn", _): s.Before.Add(_ => s.SpouseChanges(new PersonChanged(new PersonFacts { Marital = 2 }, new PersonFacts { Marital = 3 }))); break;
                default: Common(s, what, value); break;
            }
        });

    public static Page DeathReturn() => new("death-return", "/deaths/annul", ["Deaths/AnnulDeath.cs"], [],
        s =>
        {
            s.Before.Add(async clerk => (await clerk.Post("/deaths/register", Deaths.Of(Number(s.Person)))).Succeeds());
            return new() { ["person"] = Number(s.Person), ["court"] = "Tòa án nhân dân khu vực Mẫu", ["decisionNo"] = "7/2026/QĐST-DS", ["decisionOn"] = "2026-11-24" };
        },
        new() { ["Tòa án"] = "court", ["số"] = "decisionNo", ["ngày"] = "decisionOn" }, Words(),
        (s, d, what, value) =>
        {
            switch (what, value)
            {
                case ("người", "bỏ trống"): d["person"] = null; break;
                case ("người", _): d["person"] = OtherCard(s.Person); break;
                case ("khai tử", "không có"): s.Before.Clear(); break;
                case ("khai tử", _):
                    s.Before.Clear();
                    s.PersonDies("20/11/2026");
                    break;
                case ("vợ", _):
                    (s.Person, s.Third) = (s.Person.With(KinKind.Spouse, s.Third.Facts.Number!.Value), s.Third.With(KinKind.Spouse, s.Person.Facts.Number!.Value));
                    (s.Person, s.Third) = (With(s.Person, f => f with { Marital = 2 }), With(s.Third, f => f with { Marital = 2 }));
                    s.Before.Add(async clerk => (await clerk.Post("/marriages/register", new { husband = Number(s.Fourth), wife = Number(s.Third), bothHere = true, notKin = true, household = "stay" })).Succeeds());
                    break;
                case ("đổi sau khai tử", _): s.Before.Add(_ => s.PersonChanges(new ResidenceBegan(ResidenceKind.Temporary, s.Home, "Ấp Khác", s.Today))); break;
                default: Common(s, what, value); break;
            }
        });

    public static Page BirthRevoked() => new("birth-revoked", "/births/revoke", ["Births/RevokeBirth.cs"], ["civil.birth-revoked"],
        s =>
        {
            var body = new Body { ["decidedBy"] = "Chủ tịch UBND tỉnh Mẫu", ["decisionNo"] = "9/QĐ-UBND", ["decisionOn"] = "2026-11-24" };
            s.Before.Add(async _ => body["person"] = await s.ChildBorn());
            return body;
        },
        new() { ["cơ quan"] = "decidedBy", ["số"] = "decisionNo", ["ngày"] = "decisionOn" }, Words(),
        (s, d, what, value) =>
        {
            switch (what, value)
            {
                case ("trẻ", "bỏ trống"): d["person"] = null; break;
                case ("trẻ", "là cha"): d["person"] = Number(s.Fourth); break;
                case ("trẻ", _):
                    s.Before.Clear();
                    s.Before.Add(async _ => d["person"] = $"{await s.ChildBorn()}|||01011900|Nữ||");
                    break;
                case ("việc khác", _):
                    s.Before.Clear();
                    s.Before.Add(async clerk =>
                    {
                        d["person"] = await s.ChildBorn();
                        (await clerk.Post("/changes/register", new { person = d["person"], what = "correction", birthPlace = "Trạm y tế Mẫu", evidence = "Giấy chứng sinh", confirmed = new[] { "civil.changed-today" } })).Succeeds();
                    });
                    break;
                case ("cha thay đổi", _): s.Before.Add(_ => s.FourthChanges(new KinNamed(new Kin(9, KinKind.Father, "Nguyễn Văn Ông")))); break;
                default: Common(s, what, value); break;
            }
        });

    private static void OnePerson(ActScene s, Body d, string what, string value)
    {
        switch (what, value)
        {
            case ("người", "bỏ trống"): d["person"] = null; break;
            case ("người", _): d["person"] = OtherCard(s.Person); break;
            case ("đã xác nhận", _): d["first"] = new Body(); break;
            case ("hôn nhân", _): s.Person = With(s.Person, f => f with { Marital = short.TryParse(value, out var code) ? code : null }); break;
            case ("có vợ", _): s.Person = s.Person.With(KinKind.Spouse, s.Third.Facts.Number!.Value); break;
            case ("sinh", _): s.Person = With(s.Person, f => f with { Born = Day(value) }); break;
            case ("đã chết", _): s.PersonDies(value); break;
            case ("làm hai lần", _): d["first"] = new Body(); break;
            default: Common(s, what, value); break;
        }
    }

    private static void Common(ActScene s, string what, string value)
    {
        switch (what)
        {
            case "người nhận chết": s.OtherDies(value); break;
            case "nơi cư trú": s.Elsewhere(); break;
            default: throw new FormatException($"{what}: {value}");
        }
    }

    private static Body Words(params (string Word, string Code)[] words)
    {
        var values = new Body { ["bỏ trống"] = null, ["không"] = false, ["có"] = true };
        foreach (var (word, code) in words)
        {
            values[word] = code;
        }

        return values;
    }
}
