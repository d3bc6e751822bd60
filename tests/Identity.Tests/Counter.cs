namespace SoGoc.Identity.Tests;

/// <summary>An official at his screen, without scripts.</summary>
internal sealed class Counter(Province province) : IDisposable
{
    private readonly Citizen browser = province.Nobody();

    public async Task SignIn(string account) => (await browser.Send(await browser.Go("/dang-nhap"), "/dang-nhap", ("account", account), ("password", "minh-hoa-2026"))).LeadsTo("/");

    public Task<Citizen.Seen> Go(string path) => browser.Go(path);

    public async Task<Citizen.Seen> Send(string path, params (string, string?)[] fields) => await browser.Send(await browser.Go(path.Split('?')[0]), path, fields);

    public void Dispose() => browser.Dispose();
}
