using System.Net;
using System.Text;
using System.Text.Json;
using SoGoc.Identity.Accounts;
using SoGoc.Population;
using SoGoc.Testing;
using UglyToad.PdfPig;

namespace SoGoc.Identity.Tests;

/// <summary>All data held about a citizen, to take away.</summary>
public sealed class CopyTests(Province province) : IClassFixture<Province>
{
    private const string Name = "Nguyễn Thị Ngọc Ánh Thử Đặng Mẫu";

    [Fact]
    public async Task Both_copies_hold_the_record_who_looked_the_account_and_what_was_asked()
    {
        using var citizen = await Signed(Province.WithCard().Named(Name).LivingAt(province.Commune.Id, "Số 7, Ấp Mẫu Thử", "2020-01-01"));
        using var clerk = new Counter(province);
        await clerk.SignIn("canbo");
        await clerk.Send("/dinh-danh?handler=Look", ("number", citizen.Number));
        var office = province.Accounts.Single(a => a.SignIn == "canbo").Office;
        await citizen.Send(await citizen.Go("/cua-toi/yeu-cau"), "/cua-toi/yeu-cau", ("kind", "object"), ("why", "Không muốn nhận tin quảng cáo"));
        var hash = await province.Value<string>("select password_hash from identity.account where id = $1", citizen.Account);

        var json = Encoding.UTF8.GetString(await Copy(citizen, "Json", "application/json"));
        var data = JsonDocument.Parse(json).RootElement;
        Assert.Equal(Name, data.GetProperty("person").GetProperty("facts").GetProperty("fullName").GetString());
        Assert.Equal(office, data.GetProperty("readings")[0].GetProperty("office").GetString());
        Assert.Equal("Không muốn nhận tin quảng cáo", data.GetProperty("requests")[0].GetProperty("why").GetString());
        Assert.Equal(citizen.Phone, data.GetProperty("account").GetProperty("accounts")[0].GetProperty("phone").GetString());
        Assert.NotEmpty(data.GetProperty("account").GetProperty("sessions").EnumerateArray());
        Assert.NotEmpty(data.GetProperty("history").EnumerateArray());
        Assert.DoesNotContain(hash, json, StringComparison.Ordinal);

        var (pages, text) = Read(await Copy(citizen, "Pdf", "application/pdf"));
        foreach (var said in new[] { Name, citizen.Number, "Số 7, Ấp Mẫu Thử", office, "Không muốn nhận tin quảng cáo", "Ai đã xem", "Lịch sử hồ sơ", "theo yêu cầu của chủ thể dữ liệu", "Trang 1 / " + pages, $"Trang {pages} / {pages}" })
        {
            Assert.True(text.Contains(said, StringComparison.Ordinal), $"The paper does not say: {said}\n{text}");
        }

        Assert.True(pages > 1, "One sheet only.");
        Assert.DoesNotContain("identity.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("field.", text, StringComparison.Ordinal);
        Assert.Equal(2, await province.Value<long>("select count(*) from journal.entry where subject = $1 and kind = 'identity.data-downloaded'", citizen.Account));
        (await citizen.Go("/cua-toi/ai-da-xem")).Shows("Tải bản sao dữ liệu");
    }

    [Fact]
    public async Task Neither_copy_holds_more_of_another_person_than_the_record_says_of_kin()
    {
        var home = await province.Household();
        var mother = Province.WithCard(born: "1965-03-04").Named("Trần Thị Riêng Tư Mẫu").In(home, "01", "2010-01-01");
        var lodger = Province.WithCard(born: "1970-03-04").Named("Vũ Thị Ở Cùng Thử").In(home, "99", "2010-01-01");
        await province.Enter(mother);
        await province.Enter(lodger);
        using var citizen = await Signed(Province.WithCard().In(home, "03", "2010-01-01").With(KinKind.Mother, mother.Facts.Number!.Value));
        var json = Encoding.UTF8.GetString(await Copy(citizen, "Json", "application/json"));
        var (_, text) = Read(await Copy(citizen, "Pdf", "application/pdf"));
        foreach (var copy in new[] { json, text })
        {
            Assert.Contains(mother.Facts.Number!.Value.ToString(), copy, StringComparison.Ordinal);
            Assert.Contains("MAU-", copy, StringComparison.Ordinal);
            foreach (var secret in new[] { mother.Facts.FullName!, mother.Facts.Phone!, lodger.Facts.FullName!, lodger.Facts.Number!.Value.ToString(), lodger.Facts.Phone! })
            {
                Assert.DoesNotContain(secret, copy, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_copy_takes_level_2()
    {
        using var citizen = await province.Citizen();
        citizen.Cookies.SetCookies(province.Address, await province.Session(citizen, Assurance.Password));
        (await citizen.Go("/cua-toi/ban-sao")).LeadsTo("/vao/xac-nhan-them");
        foreach (var format in new[] { "Json", "Pdf" })
        {
            (await citizen.Send(await citizen.Go("/cua-toi/yeu-cau"), $"/cua-toi/ban-sao?handler={format}")).LeadsTo("/vao/xac-nhan-them");
        }

        Assert.Equal(0, await province.Value<long>("select count(*) from journal.entry where subject = $1 and kind = 'identity.data-downloaded'", citizen.Account));
    }

    [Fact]
    public async Task Who_acts_for_a_child_gets_the_childs_record_and_not_his_own_account_with_it()
    {
        var parent = Province.WithCard();
        using var citizen = await Signed(parent);
        var child = People.Someone(sex: 1, born: "2018-02-03").With(KinKind.Mother, parent.Facts.Number!.Value);
        var id = await province.Enter(child);
        (await citizen.Send(await citizen.Go("/cua-toi/lam-thay"), "/cua-toi/lam-thay?handler=Choose", ("person", id.ToString()))).LeadsTo("/cua-toi");
        var json = Encoding.UTF8.GetString(await Copy(citizen, "Json", "application/json"));
        Assert.Contains(child.Facts.FullName!, json, StringComparison.Ordinal);
        Assert.DoesNotContain(citizen.Phone, json, StringComparison.Ordinal);
        Assert.False(JsonDocument.Parse(json).RootElement.TryGetProperty("account", out _));
    }

    private async Task<Citizen> Signed(PersonState state)
    {
        var citizen = await province.Citizen(state: state);
        citizen.Cookies.SetCookies(province.Address, await province.Session(citizen, Assurance.Passkey));
        return citizen;
    }

    private static async Task<byte[]> Copy(Citizen citizen, string handler, string type)
    {
        var page = await citizen.Go("/cua-toi/ban-sao");
        using var form = new FormUrlEncodedContent(page.Hidden.Select(h => KeyValuePair.Create(h.Name, h.Value)));
        var answer = await citizen.Http.PostAsync($"/cua-toi/ban-sao?handler={handler}", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(citizen.Number, answer.Content.Headers.ContentDisposition?.ToString(), StringComparison.Ordinal);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>The sheets of a paper, and its text with the breaks of lines taken out.</summary>
    private static (int Pages, string Text) Read(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return (document.NumberOfPages, string.Join(' ', document.GetPages().Select(p => string.Join(' ', p.GetWords().Select(w => w.Text)))).Normalize());
    }
}
