using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Papers;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Services.Payment;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Papers;

/// <summary>The printed papers of the one-stop rules (Thông tư 03/2025/TT-VPCP, annex I; before it Thông tư 01/2018/TT-VPCP): what a citizen takes home of each step. Vietnamese, as the law has them.</summary>
/// <remarks>That the apology is form 04 is likely, not certain.</remarks>
internal sealed class FilePapers(IPopulation population, FeeBook fees, IColleagues colleagues, PublicAddress address, Sentences say, TimeProvider clock)
{
    public const string Receipt = "tiep-nhan", Supplement = "bo-sung", Refusal = "tu-choi", Apology = "xin-loi", Control = "kiem-soat";

    public static readonly string[] Kinds = [Receipt, Supplement, Refusal, Apology, Control];

    private const float Text = 12, Small = 11;

    /// <summary>Which papers there are of a file for its citizen.</summary>
    public static IEnumerable<string> Of(ServiceFile file) => OfDesk(file).Where(k => k != Control);

    /// <summary>The same for an office: the sheet that follows a file through its offices as well.</summary>
    public static IEnumerable<string> OfDesk(ServiceFile file) => Kinds.Where(k => k switch
    {
        Control => file.ReceivedAt is not null,
        Receipt => file.ReceivedAt is not null,
        Supplement => file.Supplement is not null,
        Refusal => file.Status is FileStatus.NotReceived or FileStatus.Stopped,
        _ => file.Apologies > 0,
    });

    /// <summary>Draws a paper; whoever asks has the file within reach.</summary>
    public async Task<Outcome<byte[]>> Draw(ServiceFile file, Procedure procedure, IReadOnlyList<FileStep> steps, string kind)
    {
        if (!OfDesk(file).Contains(kind))
        {
            return Problem.Missing("services.no-paper");
        }

        var (who, at, day) = (await population.Find(file.Applicant), clock.GetUtcNow(), clock.Today());
        var (form, title) = kind switch
        {
            Receipt => ("Mẫu số 01", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
            Supplement => ("Mẫu số 02", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
            Refusal => ("Mẫu số 03", "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ"),
            Control => ("Mẫu số 06", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
            _ => ("Mẫu số 04", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
        };
        // At a counter it is known who stood there; online the office has received it.
        var clerk = kind == Receipt && file.TakenInBy is { } by ? (await colleagues.Names([by])).GetValueOrDefault(by) : null;
        var paper = new Paper(title, "Trang {0}/{1}", at)
            .Add(new PaperLine(form, Small, Align: PaperAlign.Right))
            .Beside([new PaperLine(file.Office.ToUpper(CultureInfo.InvariantCulture), Small, Bold: true, Align: PaperAlign.Centre), new PaperLine("BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ", 10, Before: 2, Align: PaperAlign.Centre), new PaperLine($"Mã hồ sơ: {file.Code}", Small, Before: 4, Align: PaperAlign.Centre)],
                NationHead.Lines, 0.45f)
            .Add(new PaperLine(title, 14, Bold: true, Before: 18, Align: PaperAlign.Centre))
            .Add(Line("Người nộp", who?.Facts.FullName ?? "?"), Line("Số định danh", who?.Facts.Number?.ToString() ?? "—"), Line("Thủ tục", $"{procedure.Name} ({procedure.Code})"))
            .Add(Body(file, procedure, steps, await fees.Of(file), kind));
        return paper.Add(new PaperLine($"Tra cứu tại: {address.Of(TrackPath)} – mã {file.Code}", Small, Before: 10))
            .Beside([new PaperLine("Quét mã để xem hồ sơ đang ở đâu.", 10, Before: 4)],
                [new PaperLine(string.Create(CultureInfo.InvariantCulture, $"Ngày {day.Day:00} tháng {day.Month:00} năm {day.Year}"), Small, Align: PaperAlign.Centre), new PaperLine("NGƯỜI TIẾP NHẬN", Text, Bold: true, Before: 4, Align: PaperAlign.Centre), new PaperLine("(ký, ghi rõ họ tên)", 10, Align: PaperAlign.Centre), .. clerk is null ? [] : new[] { new PaperLine(clerk, Text, Before: 36, Align: PaperAlign.Centre) }],
                0.5f, $"{address.Of(TrackPath)}?ma={file.Code}").Draw();
    }

    /// <summary>Where everybody sees how far a file is.</summary>
    public const string TrackPath = "/tra-cuu-ho-so";

    private IEnumerable<PaperLine> Body(ServiceFile file, Procedure procedure, IReadOnlyList<FileStep> steps, IReadOnlyList<FeeLine> fees, string kind)
    {
        if (kind == Receipt)
        {
            yield return Line("Hình thức nộp", file.Channel switch { Channel.Online => "trực tuyến", Channel.Post => "bưu chính", _ => "trực tiếp" });
            yield return Line("Giấy tờ đã nhận", procedure.Papers.Where(p => p.How is not "register").Select(p => p.Name).DefaultIfEmpty("không phải nộp, đã có trong cơ sở dữ liệu").Aggregate((a, b) => $"{a}; {b}"));
            yield return Line("Phí, lệ phí", fees.Count == 0 ? "không" : string.Join("; ", fees.Select(f => f.Amount == 0 ? "được miễn" : $"{Money.Figures(f.Amount)} đồng, {(f.Paid is { } paid ? $"đã nộp, biên lai {paid.ReceiptNo}" : "chưa nộp")}")));
            yield return Line("Tiếp nhận lúc", file.ReceivedAt!.Value.Shown());
            yield return Line("Hẹn trả kết quả", file.FirstDue!.Value.Shown()) with { Before = 6 };
            yield return Line("Nhận kết quả", "trực tuyến tại «Hồ sơ của tôi», hoặc tại bộ phận một cửa đã nhận hồ sơ");
        }
        else if (kind == Supplement)
        {
            yield return Line("Cần bổ sung", file.Supplement!);
            yield return Line("Bổ sung trước hết ngày", file.SupplementUntil!.Value.Shown());
            yield return new PaperLine("Thời gian giải quyết tạm dừng trong lúc chờ, và chạy tiếp khi nhận đủ. Chỉ yêu cầu bổ sung một lần.", Small, Before: 6);
        }
        else if (kind == Refusal)
        {
            yield return Line("Lý do", file.Refusal!);
            yield return new PaperLine("Ông/bà có quyền nộp lại hồ sơ, hoặc khiếu nại theo quy định của pháp luật.", Small, Before: 6);
        }
        else if (kind == Control)
        {
            yield return Line("Hẹn trả kết quả", file.Status.Stands() ? "tạm dừng, chờ người nộp" : (file.Clock?.Due ?? file.FirstDue!.Value).Shown());
            // What was said inside goes with no paper.
            foreach (var step in steps.Where(s => s.Kind != CommentMade.Kind))
            {
                yield return Line($"{step.At.Shown()} – {(step.Office.Length > 0 ? step.Office : "người nộp")}", say.All["services.step-" + step.Kind["services.".Length..]].Vi + (step.Text is null ? "" : $": {step.Text}"));
            }
        }
        else
        {
            yield return Line("Hẹn trước đây", file.FirstDue!.Value.Shown());
            yield return Line("Lý do chậm", steps.LastOrDefault(s => s.Kind == ApologyMade.Kind)?.Text ?? "—");
            yield return Line("Hẹn lại", file.Clock?.Due?.Shown() ?? "—");
            yield return new PaperLine("Cơ quan xin lỗi ông/bà vì sự chậm trễ này.", Text, Before: 6);
        }
    }

    private static PaperLine Line(string label, string value) => new($"{label}:", Text, Before: 4) { Then = [(value, true)] };
}
