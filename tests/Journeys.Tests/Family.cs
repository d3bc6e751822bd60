using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using SoGoc.Population;

namespace SoGoc.Journeys.Tests;

/// <summary>A family that nobody could take for a real one. It came in by a list, in a commune that has been another since July 2025; the mother's number
/// disagrees with her birth year, the grandfather is dead, and one record is confidential.</summary>
internal static class Family
{
    public const string Mother = "Trần Thị Thử Nghiệm", MotherNumber = "089162000123", Father = "Nguyễn Văn Mẫu", Child = "Nguyễn Thị Minh Họa";
    public const string Grandfather = "Nguyễn Văn Thí Dụ", Hidden = "Lê Thị Giấu Tên";
    public const string CommuneToday = "Xã Vĩnh Hậu";

    private const string List = """
        Số hồ sơ cư trú,Họ và tên,Ngày sinh,Giới tính,Số định danh cá nhân,Quan hệ với chủ hộ,Dân tộc,Tôn giáo,Quốc tịch,Tình trạng hôn nhân,Quê quán,Địa chỉ thường trú,Xã phường,Huyện,Tỉnh,Thường trú từ ngày,Ngày cấp thẻ,Nơi cấp thẻ,Số định danh cha,Họ tên cha,Số định danh mẹ,Họ tên mẹ,Số định danh vợ/chồng,Họ tên vợ/chồng,Điện thoại,Ngày chết
        HS-MAU-01,Nguyễn Văn Mẫu,02/09/1960,Nam,089060000456,Chủ hộ,Kinh,Phật giáo Hòa Hảo,Việt Nam,Đang có vợ hoặc chồng,"Xã Vĩnh Trường, Huyện An Phú, Tỉnh An Giang","Số 7, ấp Vĩnh Bảo",Xã Vĩnh Trường,Huyện An Phú,Tỉnh An Giang,15/03/1988,10/06/2021,Cục Cảnh sát quản lý hành chính về trật tự xã hội,089034000111,Nguyễn Văn Thí Dụ,,,089162000123,Trần Thị Thử Nghiệm,0911000456,
        HS-MAU-01,Trần Thị Thử Nghiệm,05/07/1961,Nữ,089162000123,Vợ,Kinh,Phật giáo,Việt Nam,Đang có vợ hoặc chồng,"Xã Vĩnh Hậu, Huyện An Phú, Tỉnh An Giang","Số 7, ấp Vĩnh Bảo",Xã Vĩnh Trường,Huyện An Phú,Tỉnh An Giang,15/03/1988,10/06/2021,Cục Cảnh sát quản lý hành chính về trật tự xã hội,,,,,089060000456,Nguyễn Văn Mẫu,0911000123,
        HS-MAU-01,Nguyễn Thị Minh Họa,1990,Nữ,089190000789,Con đẻ,Kinh,,Việt Nam,Chưa kết hôn,"Xã Vĩnh Trường, Huyện An Phú, Tỉnh An Giang","Số 7, ấp Vĩnh Bảo",Xã Vĩnh Trường,Huyện An Phú,Tỉnh An Giang,,,,089060000456,Nguyễn Văn Mẫu,089162000123,Trần Thị Thử Nghiệm,,,,
        HS-MAU-01,Lê Thị Giấu Tên,20/01/1995,Nữ,089195000222,Người giúp việc,Kinh,,Việt Nam,Chưa kết hôn,,"Số 7, ấp Vĩnh Bảo",Xã Vĩnh Trường,Huyện An Phú,Tỉnh An Giang,,,,,,,,,,,
        ,Nguyễn Văn Thí Dụ,1934,Nam,089034000111,,Kinh,,Việt Nam,,,Ấp Vĩnh Bảo,Xã Vĩnh Trường,Huyện An Phú,Tỉnh An Giang,,,,,,,,,,,12/03/2020
        """;

    public static async Task MoveIn(HttpClient api, Func<Guid, ConfidentialitySet, Task> act)
    {
        using var list = new ByteArrayContent(Encoding.UTF8.GetBytes(List));
        using var reply = await api.PostAsync("/api/v1/lists?name=gia-dinh-mau.csv", list);
        var id = (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        var seen = await Until(api, id, "checked");
        Assert.Equal(0, seen.GetProperty("quarantined").GetInt64());
        await Post(api, "/lists/enter", new { id });
        await Until(api, id, "done");
        var hidden = (await Post(api, "/persons/search", new { text = Hidden })).GetProperty("persons")[0].GetProperty("id").GetGuid();
        await act(hidden, new ConfidentialitySet(1));
        var mother = (await Post(api, "/persons/search", new { text = MotherNumber })).GetProperty("persons")[0].GetProperty("id").GetGuid();
        await Post(api, "/persons/correct", new { id = mother, after = new { religion = "03" }, ground = "Quyết định minh họa số 02 về cải chính" });
    }

    private static async Task<JsonElement> Post(HttpClient api, string path, object body)
    {
        using var reply = await api.PostAsJsonAsync("/api/v1" + path, body);
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<JsonElement> Until(HttpClient api, string id, string state)
    {
        for (var asked = 0; asked < 100_000; asked++)
        {
            var shown = await Post(api, "/lists/show", new { id });
            if (shown.GetProperty("list").GetProperty("state").GetString() == state) return shown;
            await Task.Yield();
        }

        throw new TimeoutException(state);
    }
}
