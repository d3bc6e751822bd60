using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SoGoc.Civil.Signatures;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Papers;

/// <summary>The few facts that a paper's code holds, signed by the register: what stands on the paper itself.</summary>
/// <param name="Code">Of the paper.</param>
/// <param name="Kind">Kind of the book: birth, marriage …; residence.</param>
/// <param name="Title">Giấy khai sinh ….</param>
/// <param name="No">Number of the paper.</param>
/// <param name="Name">Of whom it speaks.</param>
/// <param name="Born">When the first of them was born.</param>
/// <param name="Entry">Number in the book.</param>
/// <param name="Registered">Office that registered.</param>
/// <param name="Office">Office that issued.</param>
/// <param name="On">Day of issue.</param>
internal sealed record PaperFacts(string Code, string Kind, string Title, string No, string Name, string? Born, string Entry, string Registered, string Office, DateOnly On);

/// <summary>Tells anybody whether a paper is valid. What stands on it is told to him alone who shows that he holds it: by what its QR code says behind the address, or by its number and the date of birth.</summary>
internal sealed class VerifyPaper(BeyondDuty reads, IEnumerable<IKnowsPapers> others, RateLimit limit, IHttpContextAccessor asked)
{
    private const int AtOnce = 60, ProofsAtOnce = 5, LongestCode = 60, LongestToken = 4000;

    /// <param name="Code">As it is printed, with or without hyphens.</param>
    /// <param name="No">Number of the paper.</param>
    /// <param name="Born">Date of birth that stands on it, as people write it.</param>
    /// <param name="Token">What the QR code says behind #.</param>
    internal sealed record Request(string? Code, string? No = null, string? Born = null, string? Token = null);

    /// <param name="State">valid; replaced: another has to be asked for; void: it should not be used.</param>
    /// <param name="Title">What it is.</param>
    /// <param name="Office">Who issued it.</param>
    /// <param name="IssuedOn">When.</param>
    /// <param name="EndedOn">Since when it is not valid.</param>
    /// <param name="Reason">Of a void one: misprint, lost, wrong, unlawful, annulled.</param>
    /// <param name="Facts">What stands on it; for who holds it.</param>
    /// <param name="ReplacedBy">Number of the paper in its place; for who holds it.</param>
    /// <param name="Key">With which key the facts are signed.</param>
    internal sealed record Answer(string State, string Title, string Office, DateOnly IssuedOn, DateOnly? EndedOn, string? Reason, PaperFacts? Facts, string? ReplacedBy, string? Key);

    private sealed record Row(string Token, DateTimeOffset IssuedAt, DateTimeOffset? EndedAt, string? EndedAs, string? Reason, string? ReplacedBy);

    public async Task<Outcome<Answer>> Run(Request r)
    {
        var (from, code) = (asked.HttpContext?.Connection.RemoteIpAddress, Plain(r.Code));
        if (await limit.Take($"paper checked from {from}", AtOnce, TimeSpan.FromSeconds(1)) is { } slow)
        {
            return slow;
        }

        var row = code.Length is 0 or > LongestCode ? null : (await reads.Rows("""
            select p.token, p.issued_at, p.ended_at, p.ended_as, p.ended_reason, (select n.shown_no from civil.paper n where n.id = p.replaced_by and civil.closed(n.entry_id) is not true) from civil.paper p where p.code = $1
            """, x => new Row(x.GetString(0), x.Get<DateTimeOffset>(1), x.Maybe<DateTimeOffset>(2), x.Text(3), x.Text(4), x.Text(5)), code)).FirstOrDefault();
        foreach (var other in row is null && code.Length is > 0 and <= LongestCode ? others : [])
        {
            row ??= await other.Find(code) is { } known ? new Row(known.Token, known.IssuedAt, null, null, null, null) : null;
        }

        if (row is null)
        {
            return Problem.Missing("civil.paper-unknown");
        }

        var (facts, key) = Told(row.Token);
        var proved = false;
        if (!string.IsNullOrWhiteSpace(r.No) || !string.IsNullOrWhiteSpace(r.Born) || !string.IsNullOrWhiteSpace(r.Token))
        {
            // Numbers of papers and dates of birth can be tried out: few tries, whoever asks.
            if (await limit.Take($"paper proved {code}", ProofsAtOnce, TimeSpan.FromMinutes(2)) is { } slower)
            {
                return slower;
            }

            proved = r.Token is { Length: > 0 and < LongestToken } token ? token == row.Token : Number(r.No) == Number(facts.No) && facts.Born is { } born && DateWriting.TryRead(r.Born ?? "", out var date) && date.ToString() == born;
            if (!proved)
            {
                return Problem.Invalid("no", "civil.paper-not-proved");
            }

            await limit.Forget($"paper proved {code}");
        }

        return new Answer(row.EndedAs ?? "valid", facts.Title, facts.Office, OfficeTime.DayOf(row.IssuedAt), row.EndedAt is { } at ? OfficeTime.DayOf(at) : null, row.Reason, proved ? facts : null, proved ? row.ReplacedBy : null, key);
    }

    /// <summary>A code as it is kept: people type hyphens, spaces and capitals.</summary>
    public static string Plain(string? code) => string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();

    private static string Number(string? no) => string.Concat((no ?? "").Where(c => !char.IsWhiteSpace(c))).TrimStart('0').ToUpperInvariant();

    private static (PaperFacts Facts, string? Key) Told(string token)
    {
        var (header, payload) = Jws.Read(token) ?? throw new InvalidOperationException("A paper without its facts.");
        return (JsonSerializer.Deserialize<PaperFacts>(payload, Journal.Json)!, header.GetProperty("kid").GetString());
    }
}
