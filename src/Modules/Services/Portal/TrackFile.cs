using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Services.Files;
using SoGoc.Services.Papers;
using SoGoc.Services.Payment;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Portal;

/// <summary>How far a file is, for whoever has its code and knows the end of the number of who handed it in: status, office and date, and nothing of anybody.</summary>
internal sealed class TrackFile(Session session, ProcedureBook procedures, FeeBook fees, RateLimit limit)
{
    private const int AtOnce = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    internal sealed record Request(string? Code, string? Last);

    /// <param name="Fees">What is to be paid.</param>
    internal sealed record Tracked(string Name, FileStatus Status, string Office, DateTimeOffset? Due, IReadOnlyList<FeeLine> Fees);

    public async Task<Outcome<Tracked>> Run(Request r)
    {
        var code = (r.Code ?? "").Trim().ToUpperInvariant();
        if (await limit.Take($"track {code}", AtOnce, Interval) is { } tooMany)
        {
            return tooMany;
        }

        // A wrong end is told like a wrong code: nobody learns which files there are.
        var f = await session.Row($"select {ServiceFile.Columns} from services.file f join population.person p on p.id = f.applicant_id where f.code = $1 and right(p.number, 4) = $2", ServiceFile.Read, code, (r.Last ?? "").Trim());
        return f is null ? Problem.Missing("services.not-tracked") with { Field = "code" } : new Tracked(English.Of((await procedures.Of(f.Procedure, f.Version)).Procedure).Name, f.Status, f.Office, f.Clock?.Due, await fees.Of(f));
    }
}

/// <summary>Where everybody sees how far a file is.</summary>
[Public]
internal sealed class TrackPage : CitizensPage
{
    public const string Path = FilePapers.TrackPath;

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Last { get; set; }

    public TrackFile.Tracked? Tracked { get; private set; }

    /// <param name="ma">The code, as the paper's sign has it.</param>
    public void OnGet(string? ma) => Code = ma;

    public async Task OnPostAsync() => Tracked = (await Do<TrackFile, TrackFile.Tracked>(f => f.Run(new TrackFile.Request(Code, Last)))).Value;
}
