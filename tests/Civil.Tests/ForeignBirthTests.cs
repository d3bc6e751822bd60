using System.Net;
using System.Runtime.Versioning;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Births with a foreign parent, and of children born abroad.</summary>
[SupportedOSPlatform("linux")]
public sealed class ForeignBirthTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_foreign_father_stands_in_the_entry_with_his_passport_and_the_child_is_a_citizen_with_a_number_of_the_province()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).ForeignFather().Enter();
        var done = (await canbo.Post("/births/register", couple.With("fullName", $"{couple.Mother.Facts.Surname} Thị Mới").With("nationalityAgreed", true).Declared)).Succeeds();
        Assert.StartsWith("089326", done["number"].GetString(), StringComparison.Ordinal);
        Assert.Equal(("Mau Thu Minh Hoa", "M00000001", "Seoul, Hàn Quốc"), (await town.Rows("select body->'father'->>'fullName', body->'father'->>'paper', body->'father'->>'residence' from civil.entry where id = $1",
            r => (r.GetString(0), r.GetString(1), r.GetString(2)), done["entry"].GetGuid())).Single());
        var child = await town.Record(done["person"].GetGuid());
        Assert.Equal(["VN"], child.Facts.Nationality);
        Assert.Equal([(KinKind.Mother, (string?)null), (KinKind.Father, "KR")], child.Kin.Select(k => (k.Kind, k.Nationality)));
        // It lives with the parent whom the register has, and takes after her where nothing else was agreed.
        Assert.Equal(("Ấp Mẫu", couple.Household, "01"), (child.Residences.Single().Detail, child.Memberships.Single().Household, child.Facts.Ethnicity));
        (await canbo.Post("/civil/papers/issue", new { entry = done["entry"].GetGuid(), kind = "certificate" })).Succeeds();
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_child_born_abroad_has_its_country_in_the_place_of_birth_and_a_number_as_if_born_here()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).With("birthPlace", "Bệnh viện Osaka Mẫu").With("birthCountry", "JP").With("notRegisteredAbroad", true).With("evidence", "foreign-paper").Enter();
        var done = (await canbo.Post("/births/register", couple.Declared)).Succeeds();
        Assert.StartsWith("089326", done["number"].GetString(), StringComparison.Ordinal);
        Assert.Equal("Bệnh viện Osaka Mẫu, Nhật Bản", (await town.Record(done["person"].GetGuid())).Facts.BirthPlace!.Text);
        Assert.Equal("JP", await town.Value<string>("select body->>'birthCountry' from civil.entry where id = $1", done["entry"].GetGuid()));
    }
}

/// <summary>A town on the last day of the districts.</summary>
[SupportedOSPlatform("linux")]
public sealed class TownOfDistricts : Town
{
    protected override DateOnly Day => new(2025, 6, 30);
}

/// <summary>Who was competent before July 2025.</summary>
[SupportedOSPlatform("linux")]
public sealed class DistrictBirthTests(TownOfDistricts town) : IClassFixture<TownOfDistricts>
{
    [Fact]
    public async Task On_the_last_day_of_the_districts_the_commune_registers_no_birth_with_a_foreign_element_and_others_as_ever()
    {
        using var canbo = await town.As("canbo");
        Couple Born(Couple c) => c.With("born", "2025-06-20").With("evidenceOn", "2025-06-21").With("fullName", $"{c.Mother.Facts.Surname} Thị Mới");
        var couple = await Born(new Couple(town).ForeignFather().With("nationalityAgreed", true)).Enter();
        (await canbo.Post("/births/register", couple.Declared)).Refuses("civil.foreign-element-district", HttpStatusCode.Conflict);
        var abroad = await Born(new Couple(town).With("birthCountry", "JP").With("notRegisteredAbroad", true).With("evidence", "foreign-paper")).Enter();
        (await canbo.Post("/births/register", abroad.Declared)).Refuses("civil.foreign-element-district", HttpStatusCode.Conflict);
        (await canbo.Post("/births/register", (await Born(new Couple(town)).Enter()).Declared)).Succeeds();
    }
}
