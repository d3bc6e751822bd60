using SoGoc.Civil;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;
using SoGoc.Services.Store;

namespace SoGoc.Services.Papers;

/// <summary>The paper of a result: that of the act, where it has one; else the procedure's own, drawn from what was filled in and what the register said, and sealed and signed with the decision.</summary>
internal sealed class ResultPapers(Session session, ICivilPapers papers, IPlaces places, Sentences say, TimeProvider clock)
{
    /// <summary>Kind of these papers in what their code says.</summary>
    private const string Kind = "service";

    /// <summary>Title where the thing itself is another's: a licence, a card, a contract.</summary>
    private const string Notice = "Thông báo kết quả giải quyết thủ tục hành chính";

    /// <summary>What was made.</summary>
    /// <param name="Source">The act whose paper it is.</param>
    /// <param name="Code">Of the paper that was drawn.</param>
    /// <param name="Digest">SHA-256 of that, in hexadecimal digits.</param>
    internal sealed record Made(Guid? Source, string? Code, string? Digest);

    /// <param name="subject">Whom it is about; null: out of reach.</param>
    /// <param name="act">By which it was carried out; null: by an official's hand or an agency.</param>
    public async Task<Made> Make(FileSteps.InHands h, string no, string? text, PersonFacts? subject, IReadOnlyDictionary<string, Fact>? known, CarriedAct? act)
    {
        if (act is not null && await papers.Make(act))
        {
            return new Made(act.Source, null, null);
        }

        var file = h.File;
        var isNotice = h.Procedure.Result.Kind == "notice";
        var made = await papers.Seal(new PaperToSeal(Kind, isNotice ? Notice : h.Procedure.Result.Name, no, file.Office, clock.Today(), file.Code, subject?.FullName ?? "?", subject?.Born,
        [
            ("", [("Thủ tục", $"{h.Procedure.Name} ({h.Procedure.Code})"), ("Mã hồ sơ", file.Code), ("Họ và tên", subject?.FullName?.ToUpperInvariant() ?? "?"), ("Số định danh cá nhân", subject?.Number?.ToString() ?? "—"), ("Ngày sinh", subject?.Born?.Shown ?? "—")]),
            ("Theo sổ gốc dân cư", isNotice ? [] : Known(h.Procedure, known)),
            ("Người nộp đã khai", isNotice ? [] : Told(h)),
            ("Kết quả", [("Kết quả", h.Procedure.Result.Name), ("Nội dung", text ?? h.Procedure.Result.Text), ("Căn cứ", h.Ground.Replace("*", "", StringComparison.Ordinal))]),
        ]));
        var with = new Statements();
        with.Add("insert into services.paper_bytes (digest, bytes, kept_at) values ($1, $2, $3) on conflict do nothing", made.Digest, made.Pdf, h.Now);
        with.Add("insert into services.result_paper (code, file_id, token, digest, key_id, signed_at, jws) values ($1, $2, $3, $4, $5, $6, $7)", made.Code, file.Id, made.Token, made.Digest, made.KeyId, made.SignedAt, made.Signature);
        await session.Execute(with);
        return new Made(null, made.Code, Convert.ToHexStringLower(made.Digest));
    }

    /// <summary>The paper of a decided file, as it was signed; null: it was decided before results had papers.</summary>
    public async Task<OpenedPaper?> Of(ServiceFile file)
    {
        if (file.ResultSource is { } source)
        {
            return await papers.Find(source) is { } paper ? new OpenedPaper($"{file.Code}.pdf", "application/pdf", paper.Pdf) : null;
        }

        return file.ResultCode is { } code && await session.Value<byte[]>("select b.bytes from services.result_paper r join services.paper_bytes b on b.digest = r.digest where r.code = $1", code) is { } pdf
            ? new OpenedPaper($"{file.Code}.pdf", "application/pdf", pdf) : null;
    }

    private static List<(string, string)> Known(Procedure procedure, IReadOnlyDictionary<string, Fact>? known) =>
        [.. procedure.Fields.Where(f => f is { Ask: Ask.Register, Of: "subject", Fact: not ("name" or "number" or "born") } && known?.GetValueOrDefault(f.Fact!)?.Text is not null).Select(f => (f.Label, known![f.Fact!].Text!))];

    private List<(string, string)> Told(FileSteps.InHands h) => [.. h.Procedure.Fields.Where(f => f.Asked && f.Ask is not (Ask.Phone or Ask.Person)).Select(f => (f.Label, Text: f.Told(h.File, places.Book, say.All["services.yes"].Vi))).Where(f => f.Text is not null).Select(f => (f.Label, f.Text!))];
}

/// <summary>The citizen opens the paper of his result: the file that was signed, byte by byte.</summary>
internal sealed class OpenResultPaper(FileBook files, ResultPapers papers)
{
    public async Task<Outcome<OpenedPaper>> Run(string code)
    {
        var found = await files.Own(code);
        return !found.Ok(out var file) ? found.Problems.ToList()
            : file.Status is not FileStatus.Returned ? Problem.Conflict("services.no-result-yet")
            : await papers.Of(file) is { } paper ? paper : Problem.Missing("services.no-paper");
    }
}

/// <summary>An official of the desk prints the paper of a result that waits to be handed over; a reading, for a case that ends with it.</summary>
internal sealed class PrintResult(FileBook files, FileSteps steps, ResultPapers papers)
{
    public async Task<Outcome<OpenedPaper>> Run(string code)
    {
        var found = await files.See(code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        if (file.Status is not FileStatus.Decided)
        {
            return Problem.Conflict(file.Status.IsOver() ? "services.not-within-reach" : "services.no-result-yet");
        }

        if (await papers.Of(file) is not { } paper)
        {
            return Problem.Missing("services.no-paper");
        }

        await steps.Glance(file, file.Subject, "papers");
        return paper;
    }
}

/// <summary>Whoever checks the code of a paper is told of results too.</summary>
internal sealed class KnownResults(BeyondDuty reads) : IKnowsPapers
{
    public async Task<KnownPaper?> Find(string code) => (await reads.Rows("select token, signed_at from services.result_paper where code = $1", r => new KnownPaper(r.GetString(0), r.Get<DateTimeOffset>(1)), code)).FirstOrDefault();
}
