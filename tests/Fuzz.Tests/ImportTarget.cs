using SoGoc.Lists;
using SoGoc.Testing;

namespace SoGoc.Fuzz.Tests;

/// <summary>Lists as they come to the register: refused with a code, or checked to the end, row by row; and nothing is entered by a check. The faulty rows can be fetched.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ImportTarget : TownTarget
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private static readonly string[] Heads = ["Số định danh", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Quốc tịch", "Nơi thường trú", "Xã", "Quan hệ với chủ hộ", "Số hồ sơ cư trú", "Số CMND", "Cha", "Mẹ"];

    private static readonly string[][] People =
    [
        ["089162000001", "Nguyễn Văn Mẫu", "5/7/1962", "Nam", "Kinh", "Việt Nam", "Tổ 1, ấp Mẫu, xã Vĩnh Trường, huyện An Phú", "Vĩnh Trường", "Chủ hộ", "MAU-1", "350000001", "", ""],
        ["089262000002", "Trần Thị Ví Dụ", "1962", "Nữ", "Hoa", "Việt Nam", "Tổ 1, ấp Mẫu", "30367", "Vợ", "MAU-1", "", "Trần Văn Thử", "089232000009"],
        ["", "Néang Sóc Mẫu", "không rõ", "2", "Khmer", "VN", "Xã Châu Phong, thị xã Tân Châu", "", "Khác", "MAU-2", "", "", ""],
    ];

    public override string Name => "import";

    public override int Cases => 40;

    public override byte[] Make(Mutator mutator)
    {
        // Cells are broken as cells, so that the list stays one and its rows are reached.
        var rows = Enumerable.Range(0, mutator.Random.Next(1, 6)).Select(_ => mutator.Any(People).Select(c => mutator.Once(4) ? mutator.Text(c, mutator.Any(mutator.Any(People))) : c).ToArray()).ToList();
        var file = new MemoryStream();
        using (var list = mutator.Once(2) ? ListWriter.Csv(file) : ListWriter.Xlsx(file))
        {
            list.Row([.. Heads.Select(h => mutator.Once(40) ? mutator.Text(h, mutator.Any(Heads)) : h)]);
            rows.ForEach(list.Row);
        }

        return file.ToArray();
    }

    public override async Task Try(byte[] input)
    {
        var before = await Entries();
        using var content = new ByteArrayContent(input);
        var sent = await Reply.Of(await Registrar.Http.PostAsync("/api/v1/lists?name=mau", content));
        Answers((int)sent.Status, "/lists", sent.Text);
        if (sent.IsGood && sent["missingFields"].GetArrayLength() == 0)
        {
            await Checked(sent["id"].GetString()!);
        }

        Holds(await Entries() == before, "a check wrote to the register");
    }

    private async Task Checked(string id)
    {
        while (true)
        {
            var shown = (await Registrar.Post("/lists/show", new { id })).Succeeds();
            Holds(shown["job"].GetProperty("state").GetString() != "failed", $"the check failed: {shown.Text}");
            if (shown["list"].GetProperty("state").GetString() is "checked" or "refused")
            {
                break;
            }

            await Task.Delay(Glance);
        }

        foreach (var format in (string[])["csv", "xlsx"])
        {
            using var faulty = await Registrar.Http.GetAsync($"/api/v1/lists/{id}/quarantine.{format}");
            Holds(faulty.IsSuccessStatusCode, $"the faulty rows came as {(int)faulty.StatusCode}");
        }
    }
}
