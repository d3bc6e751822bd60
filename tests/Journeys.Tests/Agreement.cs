using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>After an act everybody has to say the same: the feed, the paper that is handed out and whoever checks its code, the partners, and the register with its journal.</summary>
internal sealed class Agreement(Town town, Browser browser)
{
    /// <param name="visit">The page after the act, where its paper is printed.</param>
    /// <param name="kind">The act, as the journal calls it.</param>
    /// <param name="number">Of somebody whom it is about, as the entry has it.</param>
    /// <param name="name">As it has to stand on the paper.</param>
    /// <param name="button">By which the paper is printed.</param>
    /// <param name="partners">What each partner has to hold, by the path in what he was told.</param>
    public async Task Holds(Visit visit, string kind, string number, string name, string button, params (string Partner, string Path, string Value)[] partners)
    {
        // What succeeded is not told as a fault besides.
        await Assertions.Expect(visit.Page.Locator(".alert-danger")).ToHaveCountAsync(0);
        Assert.Equal(1, await town.Told(kind, number));
        await visit.Print(button);
        var paper = await town.PaperAbout(kind, number);
        await using (var holder = await browser.Open(town, visit.Page.ViewportSize!.Width, visit.Page.ViewportSize.Height, visit.Script))
        {
            // What the QR code says: who scans it comes here, and is signed in nowhere.
            await holder.Go($"/giay/{paper.Code}#{paper.Token}");
            await holder.Sees("Giấy có giá trị");
            if (visit.Script)
            {
                await holder.Sees("Chữ ký đúng", name);
            }
        }

        var act = await town.PartnersHaveCaughtUp(kind, number);
        foreach (var (partner, path, value) in partners)
        {
            var told = (await town.Partners.Received(partner)).Single(e => e.GetProperty("type").GetString() == kind && e.GetProperty("data").GetProperty("entry").GetRawText().Contains(number, StringComparison.Ordinal)).GetProperty("data").GetProperty("entry");
            foreach (var step in path.Split('.'))
            {
                told = told.ValueKind == System.Text.Json.JsonValueKind.Array ? told[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : told.GetProperty(step);
            }

            Assert.Equal(value, told.GetString());
        }

        // Who asks whether everybody knows is told so.
        await visit.Go($"/su-kien?viec={act}");
        await Assertions.Expect(visit.Page.Locator("main li", new() { HasText = "Đã cập nhật" })).ToHaveCountAsync(await town.Obligations(act));
        Assert.Empty(await town.Differences());
    }
}
