using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Papers;
using SoGoc.Kernel.Time;

namespace SoGoc.Quality.Work;

/// <summary>The form that an officer carries to the door, filled in as far as the register knows: DC01 for who is not in it or has no number, DC02 for what is to be put right (Thông tư 17/2024/TT-BCA *). Vietnamese, whatever
/// language its maker reads.</summary>
internal sealed class DoorForm(MyFindings mine, CurrentActor actor, TimeProvider clock)
{
    /// <summary>What of somebody unknown is asked beside name, birth and home (article 9 of the law).</summary>
    private static readonly string[] Asked = ["Giới tính", "Dân tộc", "Tôn giáo", "Quốc tịch", "Nơi sinh", "Nơi đăng ký khai sinh", "Quê quán", "Họ tên cha, số định danh", "Họ tên mẹ, số định danh", "Họ tên vợ (chồng), số định danh", "Quan hệ với chủ hộ", "Số CMND 9 số"];

    private const string Dots = "………………………………………………………………………………………………";

    /// <param name="Id">The finding, which the official has taken.</param>
    internal sealed record Request(Guid Id);

    internal sealed record Form(byte[] Pdf, string Name);

    public async Task<Outcome<Form>> Run(Request r)
    {
        var taken = await mine.Run(new MyFindings.Request(r.Id));
        return taken.Ok(out var shown) && shown.Items is [var item] ? new Form(Draw(item), $"{(IsNew(item) ? "DC01" : "DC02")}-{r.Id.ToString("N")[..8]}.pdf") : Problem.Missing("quality.no-finding");
    }

    private static bool IsNew(MyFindings.Item item) => item.Mend == "number";

    private byte[] Draw(MyFindings.Item item)
    {
        var isNew = IsNew(item);
        var title = isNew ? "Phiếu thu thập thông tin dân cư" : "Phiếu đề nghị giải quyết thủ tục về căn cước";
        var paper = new Paper(title, "Trang {0}/{1}", clock.GetUtcNow())
            .Add(NationHead.Lines)
            .Add(new PaperLine($"{title.ToUpperInvariant()} ({(isNew ? "DC01" : "DC02")})", 14, Bold: true, Before: 16, Align: PaperAlign.Centre),
                new PaperLine($"{actor.Value.Office}, ngày {clock.Today():dd/MM/yyyy}", 11, Before: 4, Align: PaperAlign.Centre));
        paper.Add(Line("1. Họ, chữ đệm và tên khai sinh", item.Household is null ? item.Who : null), Line("2. Số định danh cá nhân", item.Number), Line("3. Ngày, tháng, năm sinh", item.Born), Line("4. Điện thoại", item.Phone), Line("5. Nơi cư trú", item.Address));
        if (item.Household is not null)
        {
            paper.Add(Line("6. Thành viên hộ", string.Join(", ", item.Members)));
        }

        if (isNew)
        {
            paper.Add(Asked.Select((what, no) => Line($"{no + 7}. {what}", null)));
        }

        paper.Add(new PaperLine(isNew ? "Lý do thu thập" : "Nội dung đề nghị", 12, Bold: true, Before: 12, Keep: true), new PaperLine(item.Says), new PaperLine($"Căn cứ: {item.Ground}", 11),
            Line("Thông tin đúng theo giấy tờ", null), Line("Giấy tờ xuất trình", null), Line("Kết quả xác minh", null), new PaperLine(Dots), new PaperLine($"Hạn: {item.Due:dd/MM/yyyy}", 11, Before: 6));
        return paper.Beside([new PaperLine("Cán bộ xác minh", 12, Bold: true), new PaperLine("(ký, ghi rõ họ tên)", 11), new PaperLine(actor.Value.Name, 12, Before: 48)],
            [new PaperLine("Người khai", 12, Bold: true), new PaperLine("(ký, ghi rõ họ tên)", 11)]).Draw();
    }

    private static PaperLine Line(string label, string? value) => new($"{label}:", 12, Before: 3) { Then = [(string.IsNullOrEmpty(value) ? Dots : value, !string.IsNullOrEmpty(value))] };
}
