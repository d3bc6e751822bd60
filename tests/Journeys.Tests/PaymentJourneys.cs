namespace SoGoc.Journeys.Tests;

/// <summary>Fees through the pages: the citizen at the gateway, the clerk with cash, the accountant with the gateway's list.</summary>
public sealed class PaymentJourneys(Town town, Browser browser)
{
    [Theory, InlineData(390, 844, false)]
    public async Task A_citizen_pays_the_fee_of_his_file_by_telephone_and_has_the_receipt(int width, int height, bool script)
    {
        var (_, number, _, name) = await town.Pair();
        var code = await town.FileWithFee(number);
        await town.OpenAccount(number, IdentityJourneys.Password);
        await using var citizen = await browser.Open(town, width, height, script);
        await IdentityJourneys.ByPassword(citizen, number, name);
        await citizen.Go($"/cua-toi/ho-so/{code}");
        await citizen.Sees("Phí, lệ phí", "25.000 đồng", "chưa nộp");
        await Looks(citizen);
        await citizen.Press("Nộp 25.000 đồng");
        await citizen.Sees("không có tiền thật", $"{code}-P1");
        await Looks(citizen);
        await citizen.Press("Thanh toán (thử)");
        await citizen.Sees("Hồ sơ đang ở đâu");
        await town.GatewayHasTold(code);
        await citizen.Go($"/cua-toi/ho-so/{code}?tra-ve=true");
        await citizen.Sees("Đã nhận tiền", "đã nộp", "Biên lai BL");
        await Looks(citizen);
    }

    [Theory, InlineData(1366, 768, true)]
    public async Task A_clerk_shows_a_code_to_scan_takes_cash_instead_and_the_accountant_sees_the_day(int width, int height, bool script)
    {
        var (_, number, _, _) = await town.Pair();
        var code = await town.FileWithFee(number);
        await using var clerk = await browser.Open(town, width, height, script);
        await clerk.SignIn("canbo");
        await clerk.Go($"/mot-cua/{code}/phi");
        await Looks(clerk);
        await clerk.Press("Hiện mã để quét");
        await clerk.Sees("Người dân quét mã để nộp");
        await Looks(clerk);
        await clerk.Press("Đã thu 25.000 đồng tiền mặt");
        await clerk.Sees("đã nộp", "Biên lai BL");
        await clerk.Go("/mot-cua/thu-phi");
        await clerk.Sees(code, "25.000");
        await Looks(clerk);
        await using var accountant = await browser.Open(town, width, height, script);
        await accountant.SignIn("ketoan");
        await accountant.Go("/doi-soat-thanh-toan");
        await accountant.Press("Lấy sao kê và đối soát");
        await accountant.Sees("Cổng đã thu", "Tiền mặt tại quầy");
        await Looks(accountant);
    }

    private static async Task Looks(Visit visit)
    {
        await visit.FitsTheScreen();
        await visit.IsOpenToEverybody();
    }
}
