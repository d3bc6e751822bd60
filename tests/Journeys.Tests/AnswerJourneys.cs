using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SoGoc.Journeys.Tests;

/// <summary>A citizen asks why she was read, and the office that read her answers.</summary>
public sealed class AnswerJourneys(Town town, Browser browser)
{
    [Theory, ClassData(typeof(Screens))]
    public async Task A_citizen_asks_why_she_was_read_and_the_office_answers_where_she_sees_it(int width, int height, bool script)
    {
        await town.OpenAccount(Family.MotherNumber, IdentityJourneys.Password);
        await using var clerk = await browser.Open(town, width, height, script);
        await clerk.SignIn("canbo");
        await clerk.Ask(Family.MotherNumber);
        await clerk.Page.Link(Family.Mother).ClickAsync();
        await clerk.Sees("Hộ gia đình");

        var question = $"Vì sao phường xem hộ của tôi, lần {width} {script}?";
        await using var citizen = await browser.Open(town, width, height, script);
        await IdentityJourneys.ByPassword(citizen);
        await citizen.Go("/cua-toi/ai-da-xem");
        var reading = citizen.Part("Ai đã xem").GetByRole(AriaRole.Listitem).First;
        await Expect(reading).ToContainTextAsync("UBND Phường");
        await reading.GetByText("Hỏi lại").ClickAsync();
        await citizen.FitsTheScreen();
        await citizen.IsOpenToEverybody();
        await reading.GetByRole(AriaRole.Textbox).FillAsync(question);
        await reading.GetByRole(AriaRole.Button).ClickAsync();
        await citizen.Sees(question, "trả lời");

        await clerk.Go("/hoi-lai");
        var asked = clerk.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = question });
        await Expect(asked).ToContainTextAsync("hạn 27/11");
        await asked.GetByText("Trả lời", new() { Exact = true }).First.ClickAsync();
        await clerk.FitsTheScreen();
        await clerk.IsOpenToEverybody();
        var answer = $"Để làm hồ sơ cư trú của bà, màn hình {width} {script}.";
        await asked.GetByRole(AriaRole.Textbox).FillAsync(answer);
        await asked.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(clerk.Page.GetByText(question)).ToHaveCountAsync(0);

        await citizen.Page.ReloadAsync();
        await citizen.Sees(answer);
        await citizen.FitsTheScreen();
    }
}
