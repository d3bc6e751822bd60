using SoGoc.Identity.MyData;
using SoGoc.Identity.Requests;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.Copies;

/// <summary>What is held, in words: parts with lines of a label and a text.</summary>
internal sealed class CopyWords(Sentences say)
{
    public IReadOnlyList<ToldPart> Of(HeldData held) =>
    [
        .. held.Words,
        .. new[]
        {
            Part("identity.copy-history", held.History, h => (Label(h.At, h.Office), Joined(h.What, h.Ground))),
            Part("identity.who-read", held.Readings, Reading),
            Part("identity.copy-questions", held.Questions, q => (Label(q.AskedAt, q.Office), Joined(q.Text, q.Answer is null ? null : $"{say["identity.office-answered"]} {q.Answer}"))),
            Part("identity.requests-made", held.Requests, Request),
        }.Concat(held.Account is { } account ? Account(account) : []).Where(p => p.Lines.Count > 0),
    ];

    private IEnumerable<ToldPart> Account(HeldAccounts a) =>
    [
        Part("identity.copy-accounts", a.Accounts, x => (say["identity.level-" + x.Level], Joined(say["identity.copy-opened", x.OpenedAt.Shown()], x.Phone, x.Email, x.Password ? say["identity.password"] : null,
            x.Authenticator ? say["identity.totp"] : null, x.LockedAt is { } locked ? $"{say["identity.locked"]} {locked.Shown()}" : null, x.ClosedAt is { } closed ? say["identity.ended", closed.Shown()] : null))),
        Part("identity.proofing", a.Proofings, x => (Label(x.At, x.Office), Joined([$"{say["identity.card-number"]}: {x.Card}", .. x.Evidence.Select(e => say["identity.evidence-" + e])]))),
        Part("identity.passkeys", a.Passkeys, x => (x.Name, Joined(say["identity.made", x.MadeAt.Shown()], x.UsedAt is { } used ? say["identity.used", used.Shown()] : null))),
        Part("identity.copy-devices", a.Devices, x => (x.Name, $"{x.FirstAt.Shown()} – {x.LastAt.Shown()}")),
        Part("identity.copy-sessions", a.Sessions, x => (x.Device, $"{x.MadeAt.Shown()} – {(x.EndedAt ?? x.ExpiresAt).Shown()}")),
        Part("identity.consents", a.Consents, x => ($"{x.System}, {x.Agency}", Joined([x.Purpose, .. x.Fields.Select(f => say["identity.claim-" + f]), say["identity.consent-period", x.GivenAt.Shown(), x.UntilAt.Shown()],
            x.WithdrawnAt is { } withdrawn ? say["identity.withdrawn", withdrawn.Shown()] : null]))),
        Part("identity.copy-mandates", a.Mandates, x => (say[x.Given ? "identity.copy-mandate-given" : "identity.copy-mandate-taken"], Joined([.. x.Procedures.Select(p => say["identity.procedure-" + p]),
            $"{x.GivenAt.Shown()} – {(x.EndedAt is { } ended ? ended.Shown() : x.UntilOn.Shown())}"]))),
        Part("identity.copy-account-history", a.History, x => (Label(x.At, x.Office), Joined(x.What, x.Ground))),
    ];

    private (string, string) Reading(Reading r) => (Label(r.At, r.Office), Joined(FieldWords.Purpose(say, r), Guid.TryParse(r.Case, out _) ? null : r.Case, FieldWords.Of(say, r.Fields)));

    private (string, string) Request(RequestRow r) => ($"{r.Reference}, {r.MadeAt.Shown()}", Joined(say["identity.request-" + r.Kind], r.Field is null ? null : $"{say["field." + r.Field]}: {r.Wanted}", r.Why,
        say["identity.state-" + r.State], r.Answer is null ? null : $"{say["identity.office-answered"]} {r.Answer}"));

    private ToldPart Part<T>(string head, IEnumerable<T> things, Func<T, (string, string)> line) => new(say[head], [.. things.Select(line)]);

    private string Label(DateTimeOffset at, string office) => $"{at.Shown()} · {(office.Length > 0 ? office : say["identity.yourself"])}";

    private static string Joined(params IEnumerable<string?> parts) => string.Join(" · ", parts.Where(p => !string.IsNullOrEmpty(p)));
}
