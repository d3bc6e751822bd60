using System.Text;
using SoGoc.Testing;

namespace SoGoc.Fuzz.Tests;

/// <summary>The search page: what is sealed in its address, broken; and the form whose contents are sealed. A case is the seal, or a form that begins with "form:".</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class SearchTarget : TownTarget
{
    private const string Form = "form:";
    private string seal = "";

    public override string Name => "search";

    public override int Cases => 600;

    public override async Task Begin()
    {
        await base.Begin();
        await Town.Enter(People.Someone().Named("Nguyễn Thị Mẫu"));
        await Town.TakeUp("tinh");
        seal = await Sealed("Text=nguyen+thi+mau&Born=1962");
    }

    public override byte[] Make(Mutator mutator) => mutator.Once(2)
        ? Encoding.Latin1.GetBytes(Form + Uri.EscapeDataString(mutator.Text("nguyen thi mau", "089262000001")) + "&Born=" + Uri.EscapeDataString(mutator.Text("5/7/1962", "1962")) + "&Area=" + Uri.EscapeDataString(mutator.Text("30367", "30292")))
        : mutator.Bytes(Encoding.ASCII.GetBytes(seal), Encoding.ASCII.GetBytes(seal));

    public override async Task Try(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        var address = text.StartsWith(Form, StringComparison.Ordinal) ? await Sealed("Text=" + text[Form.Length..]) : Uri.EscapeDataString(text);
        foreach (var path in (string[])[$"/tra-cuu?hoi={address}", $"/tra-cuu?handler=file&dang=csv&hoi={address}"])
        {
            using var answer = await Registrar.Http.GetAsync(path);
            Holds((int)answer.StatusCode < 500, $"answered {(int)answer.StatusCode}");
        }
    }

    /// <summary>The seal that the page gives to what was asked.</summary>
    private async Task<string> Sealed(string form)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = Town.Address };
        http.DefaultRequestHeaders.Authorization = Registrar.Http.DefaultRequestHeaders.Authorization;
        var page = await http.GetStringAsync("/tra-cuu");
        const string mark = "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"";
        var token = page[(page.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];
        using var content = new StringContent($"{form}&__RequestVerificationToken={Uri.EscapeDataString(token[..token.IndexOf('"', StringComparison.Ordinal)])}", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await http.PostAsync("/tra-cuu", content);
        Holds((int)answer.StatusCode < 500, $"answered {(int)answer.StatusCode}");
        return answer.Headers.Location?.ToString().Split("hoi=")[1] ?? "";
    }
}
