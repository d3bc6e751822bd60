using System.Globalization;
using SoGoc.Kernel.Papers;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Services.Papers;

namespace SoGoc.Services.Payment;

/// <summary>The receipt of a payment (biên lai thu phí, lệ phí), as PDF: number, who has paid, how much in figures and words, for what, by which law, and who has taken it. Vietnamese.</summary>
/// <remarks>*What stands on it follows NĐ 123/2020/NĐ-CP, article 32, from memory; the tax office's own series of electronic receipts is not asked for numbers.</remarks>
internal sealed class ReceiptPaper(IPopulation population, PublicAddress address, TimeProvider clock)
{
    private const float Text = 12, Small = 11;

    /// <summary>Draws it; whoever asks has the file within reach.</summary>
    public async Task<byte[]> Draw(ServiceFile file, FeeLine line, PaymentOrder order)
    {
        var (who, day) = (await population.Find(file.Applicant), OfficeTime.DayOf(order.PaidAt!.Value));
        const string title = "BIÊN LAI THU PHÍ, LỆ PHÍ";
        var paper = new Paper(title, "Trang {0}/{1}", clock.GetUtcNow())
            .Beside([new PaperLine(order.Office!.ToUpper(CultureInfo.InvariantCulture), Small, Bold: true, Align: PaperAlign.Centre), new PaperLine("ĐƠN VỊ THU", 10, Before: 2, Align: PaperAlign.Centre)],
                NationHead.Lines, 0.45f)
            .Add(new PaperLine(title, 14, Bold: true, Before: 18, Align: PaperAlign.Centre), new PaperLine($"Số: {order.ReceiptNo}", Small, Before: 2, Align: PaperAlign.Centre))
            .Add(Line("Người nộp", who?.Facts.FullName ?? "—"), Line("Hồ sơ", file.Code), Line("Nội dung thu", line.What), Line("Căn cứ", line.Law.Replace("*", "", StringComparison.Ordinal)),
                Line("Số tiền", $"{Money.Figures(order.Amount)} đồng"), Line("Bằng chữ", Money.Words(order.Amount)),
                Line("Hình thức", order.Way == PaymentOrder.Cash ? "tiền mặt" : $"cổng thanh toán, giao dịch {order.Transaction}"), Line("Thời điểm nộp", order.PaidAt.Value.Shown()));
        if (order.State == OrderState.Refunded)
        {
            paper.Add(new PaperLine("ĐÃ HOÀN TRẢ", Text, Bold: true, Before: 8));
        }

        return paper.Beside([new PaperLine("Quét mã để xem hồ sơ đang ở đâu.", 10, Before: 4)],
            [new PaperLine(string.Create(CultureInfo.InvariantCulture, $"Ngày {day.Day:00} tháng {day.Month:00} năm {day.Year}"), Small, Align: PaperAlign.Centre), new PaperLine("NGƯỜI THU TIỀN", Text, Bold: true, Before: 4, Align: PaperAlign.Centre),
                new PaperLine(order.TakenName ?? "Cổng thanh toán trực tuyến", Text, Before: 30, Align: PaperAlign.Centre)],
            0.5f, $"{address.Of(FilePapers.TrackPath)}?ma={file.Code}").Draw();
    }

    private static PaperLine Line(string label, string value) => new($"{label}:", Text, Before: 4) { Then = [(value, true)] };
}
