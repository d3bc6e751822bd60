using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Services.Complaints;
using SoGoc.Services.Payment;
using SoGoc.Services.Store;

namespace SoGoc.Services.Files;

/// <summary>What hangs on a file.</summary>
/// <param name="Papers">What was sent in or scanned, without the bytes.</param>
/// <param name="Fees">What is to be paid, as it is owed now.</param>
internal sealed record FileParts(IReadOnlyList<FileStep> Steps, IReadOnlyList<Complaint> Complaints, IReadOnlyList<StoredPaper> Papers, IReadOnlyList<FeeLine> Fees);

/// <summary>Reads what hangs on a file in one trip: the page of a file is asked for more often than any other.</summary>
internal sealed class FilePartsBook(Session session, FeeBook fees)
{
    /// <param name="inside">For an office.</param>
    public async Task<FileParts> Of(ServiceFile file, bool inside = false)
    {
        var (steps, complaints, papers, lines, orders) = (new List<FileStep>(), new List<Complaint>(), new List<StoredPaper>(), new List<FeeLine>(), new List<PaymentOrder>());
        Action<NpgsqlDataReader>[] take = [r => steps.Add(FileStory.Read(r)), r => complaints.Add(Complaint.Read(r)), r => papers.Add(StoredPaper.Read(r)), r => lines.Add(FeeBook.Line(r)), r => orders.Add(PaymentOrder.Read(r))];
        await session.Each([inside ? FileStory.Whole : FileStory.Told, Complaint.OfFile, PaperShelf.OfFile, FeeBook.Lines, FeeBook.Orders], (part, r) => take[part](r), file.Id);
        return new FileParts(steps, complaints, papers, await fees.Now(file, lines, orders));
    }
}
