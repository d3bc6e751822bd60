using System.Text;
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

    public static async Task MoveIn(Testing.Town town)
    {
        using var registrar = await town.As("tinh");
        var entered = (await registrar.Enter("gia-dinh-mau.csv", Encoding.UTF8.GetBytes(List))).Succeeds();
        Assert.Equal(0, entered["quarantined"].GetInt64());
        async Task<Guid> Find(string text) => (await registrar.Post("/persons/search", new { text, purpose = Testing.Town.Purpose, @case = Testing.Town.Case })).Succeeds()["persons"][0].GetProperty("id").GetGuid();
        await town.Act(await Find(Hidden), new ConfidentialitySet(1), "Quyết định minh họa số 01");
        (await registrar.Post("/persons/correct", new { id = await Find(MotherNumber), after = new { religion = "03" }, ground = "Quyết định minh họa số 02 về cải chính" })).Succeeds();
    }
}
