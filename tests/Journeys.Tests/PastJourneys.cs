using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>Looking back: a record on another day, a people counted, a proof checked.</summary>
public sealed class PastJourneys(Town town, Browser browser)
{
    [Theory, ClassData(typeof(Desks))]
    public async Task A_record_is_turned_back_to_another_day_and_forward_again(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("canbo");
        await visit.Ask(Family.MotherNumber);
        await visit.Page.Link(Family.Mother).ClickAsync();
        await visit.Page.Locator("#ngay").FillAsync("1/1/1980");
        await visit.Page.Locator("#ngay").PressAsync("Enter");
        await visit.Sees("Đang xem hồ sơ vào ngày 01/01/1980", "18 tuổi");
        await Expect(visit.Page.GetByText("15/03/1988")).ToHaveCountAsync(0);       // she moved in later
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.Link("Về hôm nay").ClickAsync();
        await visit.Sees("65 tuổi", "15/03/1988");
        await visit.Page.Locator("#biet").FillAsync("01/01/2020");
        await visit.Page.Locator("#biet").PressAsync("Enter");
        await visit.Sees("Đến hết ngày 01/01/2020 sổ chưa biết gì về người này");
        await visit.Page.GoBackAsync();
        await visit.Page.Locator("#ngay").FillAsync("hôm kia");
        await visit.Page.Locator("#ngay").PressAsync("Enter");
        await visit.Sees("Không đọc được ngày", Family.Mother);
    }

    [Theory, ClassData(typeof(Desks))]
    public async Task A_leader_sees_the_population_of_the_province_and_of_a_commune(int width, int height, bool script)
    {
        await using var visit = await browser.Open(town, width, height, script);
        await visit.SignIn("lanhdao");
        await visit.Go("/dia-ban");
        await visit.Page.Link("Dân số và tháp tuổi").ClickAsync();
        await visit.Sees("Dân số Tỉnh An Giang", "Tháp dân số", "Theo xã, phường, đặc khu");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Part("Theo xã, phường, đặc khu").Link(Family.CommuneToday).ClickAsync();
        await visit.Sees("Dân số " + Family.CommuneToday);
        await visit.Page.Locator("#ngay").FillAsync("01/01/2024");
        await visit.Page.Locator("#ngay").PressAsync("Enter");
        // The commune did not bear this code for this ground then: the answer says so instead of counting something else.
        await Expect(visit.Page.Locator("h1")).ToBeVisibleAsync();
        await visit.FitsTheScreen();
    }

    [Fact]
    public async Task A_proof_is_checked_in_the_browser_of_a_stranger_and_a_forged_one_is_not_believed()
    {
        var proof = await town.ProofOf(Family.MotherNumber);
        await using var visit = await browser.Open(town, 390, 844);
        await visit.Go("/kiem-chung");
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
        await visit.Page.Locator("#proof").FillAsync(proof);
        await visit.Press("Kiểm chứng");
        await visit.Sees("Bằng chứng ĐÚNG.");
        // What is proven stands there, as it was hashed.
        await visit.Sees("population.person-entered");
        await visit.IsOpenToEverybody();
        foreach (var forged in new[] { proof.Replace("population.person-entered", "population.person-merged", StringComparison.Ordinal), proof.Replace("\"leaf\":", "\"leaf\":1", StringComparison.Ordinal),
            proof.Replace("\"name\":\"ground\"", "\"name\":\"office\"", StringComparison.Ordinal), SignedByAStranger(proof), AsGrowth(proof) })
        {
            await visit.Page.Locator("#proof").FillAsync(forged);
            await visit.Press("Kiểm chứng");
            await visit.Sees("Bằng chứng SAI");
        }

        // Half a fingerprint, or none at all, is no key that anybody knows.
        await visit.Page.Locator("#proof").FillAsync(proof);
        await visit.Page.Locator("#key").FillAsync("xyz");
        await visit.Press("Kiểm chứng");
        await visit.Sees("Bằng chứng SAI");
        await visit.Page.Locator("#proof").FillAsync("không phải bằng chứng");
        await visit.Press("Kiểm chứng");
        await visit.Sees("Không đọc được bằng chứng");
    }

    /// <summary>Its head proves that the tree has grown by nothing, and beside that stands a row that nobody hashes.</summary>
    private static string AsGrowth(string proof)
    {
        var forged = JsonNode.Parse(proof)!.AsObject();
        (forged["older"], forged["newer"], forged["path"]) = (forged["head"]!.DeepClone(), forged["head"]!.DeepClone(), new JsonArray());
        forged.Remove("head");
        forged.Remove("leaf");
        return forged.ToJsonString();
    }

    /// <summary>Right in itself, but by a key that is not the register's.</summary>
    private static string SignedByAStranger(string proof)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var whole = JsonNode.Parse(proof)!;
        var head = whole["head"]!;
        head["publicKey"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        head["signature"] = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(head["note"]!.GetValue<string>()), HashAlgorithmName.SHA256));
        return whole.ToJsonString();
    }
}
