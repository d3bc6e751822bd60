using System.Text;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>A list is judged by the law of the day it was sent: the register holds what that law names, and no more.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class LawTests(Town town) : IClassFixture<Town>
{
    private static readonly DateOnly Before = new(2022, 4, 12), Now = new(2026, 11, 24);

    [Fact]
    public async Task Telephone_and_mail_came_into_the_register_with_the_law_of_2024()
    {
        Assert.Equal((null, null), await Contact(await Sent(Before, "Nguyễn Thị Mẫu Trước", "089162000301"), Before));
        Assert.Equal(("0900000001", "mau@example.vn"), await Contact(await Sent(new DateOnly(2024, 7, 1), "Nguyễn Thị Mẫu Sau", "089162000302"), Now));
        Assert.Equal((null, null), await Contact(await Sent(new DateOnly(2024, 6, 30), "Nguyễn Thị Mẫu Hôm Trước", "089162000303"), Now));
    }

    [Fact]
    public async Task A_list_that_is_entered_years_later_is_judged_by_the_day_it_was_sent()
    {
        var list = await Sent(Before, "Nguyễn Thị Mẫu Chờ", "089162000304", "Trần Văn Mẫu,1/1/2023,Nam,089223000305,,");
        Assert.Equal((null, null), await Contact(list, Now));
        Assert.Equal(["population.birth-in-future"], await town.Rows("select code from population.list_fault where list_id = $1", r => r.GetString(0), list.Id));
        Assert.Equal(Before, await town.Value<DateOnly>("select law_day from population.list where id = $1", list.Id));
    }

    private async Task<(Guid Id, string Number)> Sent(DateOnly on, string name, string number, string more = "")
    {
        town.Clock.MoveTo(on);
        using var canbo = await town.As("canbo");
        var sent = (await canbo.Send("danh-sach.csv", Encoding.UTF8.GetBytes($"Họ và tên,Ngày sinh,Giới tính,Số định danh cá nhân,Điện thoại,Email\n{name},5/7/1962,Nữ,{number},0900 000 001,mau@example.vn\n{more}"))).Succeeds();
        return (sent["list"].GetProperty("id").GetGuid(), number);
    }

    private async Task<(string? Phone, string? Email)> Contact((Guid Id, string Number) list, DateOnly entered)
    {
        town.Clock.MoveTo(entered);
        using var canbo = await town.As("canbo");
        (await canbo.Enter(list.Id.ToString())).Succeeds();
        return Assert.Single(await town.Rows("select phone, email from population.person where number = $1", r => (r.IsDBNull(0) ? null : r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1)), list.Number));
    }
}
