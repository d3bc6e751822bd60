using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.DataProtection;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Quality.Matching;

namespace SoGoc.Quality.Private;

/// <summary>Begins a comparison by digests: opens the case for which people will be looked for, and hands over the key, once.</summary>
internal sealed class AskPrivateKey(Session session, CaseBook cases, Journal journal, IDataProtectionProvider protection, CurrentActor actor, TimeProvider clock) : IRunsOnce
{
    private const int LongestName = 200;

    /// <param name="Name">As its owner calls the list.</param>
    internal sealed record Request([Required, MaxLength(LongestName)] string? Name);

    /// <param name="Key">For the digests of this list, and no other; it is not told again.</param>
    internal sealed record Asked(Guid Id, string Key);

    public async Task<Outcome<Asked>> Run(Request r)
    {
        if (string.IsNullOrWhiteSpace(r.Name))
        {
            return Problem.Invalid("name", "kernel.required");
        }

        if (r.Name.Trim().Length > LongestName)
        {
            return TooLong.Of("name", r.Name, LongestName);
        }

        var opened = await cases.Open(new NewCase("reconciliation", NewCase.Code(SendMatchList.Letters), SendMatchList.Purpose));
        if (!opened.Ok(out var file))
        {
            return opened.Problems.ToList();
        }

        var (id, key) = (Guid.CreateVersion7(clock.GetUtcNow()), ListDigest.NewKey());
        await session.Execute("insert into quality.private_list (id, name, office, asked_by, asked_at, case_ref, key, state) values ($1, $2, $3, $4, $5, $6, $7, 'asked')",
            id, r.Name.Trim(), actor.Value.Office, actor.Value.Reference, clock.GetUtcNow(), file.Reference, protection.CreateProtector(PrivateList.Protection).Protect(key));
        await journal.Add(id, new PrivateKeyGiven(r.Name.Trim()), "NĐ 278/2025/NĐ-CP");
        return new Asked(id, key);
    }
}

/// <summary>A key for a comparison by digests was handed over. Subject: the list.</summary>
internal sealed record PrivateKeyGiven(string Name) : IEntry
{
    public static string Kind => "quality.private-key-given";
}
