using System.Security.Cryptography;
using NpgsqlTypes;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Codes;
using SoGoc.Identity.Messages;
using SoGoc.Identity.Opening;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.Proofing;

/// <summary>The officer at the counter has the person and the card before him (NĐ 69/2024, article 11): opens an account of level 2, raises one of level 1, or gives a new way
/// in to who lost his. Any office may, wherever the person lives. What was looked at is kept with who looked, and where. Another telephone on an account that its holder uses himself
/// counts only after a second officer or some time (<see cref="DecideRecovery"/>).</summary>
internal sealed class ProveIdentity(Session session, CaseBook cases, ICardHolders holders, AccountBook accounts, SeeRepresentative representatives, GiveWayIn give, Journal journal, Notices notices, CurrentActor actor, TimeProvider clock)
{
    public static readonly string[] Evidence = ["card-seen", "chip-read", "face-compared", "fingerprint-compared"];

    public const string Purpose = "e-identity";

    /// <param name="Case">The case that was opened for it.</param>
    /// <param name="Child">Younger than 14: a parent or guardian stands there too.</param>
    /// <param name="Small">Younger than 6: there is no level 2.</param>
    /// <param name="Waiting">Another telephone that a first officer has written down, and that does not count yet.</param>
    internal sealed record Seen(CardHolder Holder, AccountRow? Account, string Case, bool Child, bool Small, WaitingRecovery? Waiting);

    /// <summary>What was seen, and what is wanted.</summary>
    /// <param name="Case">The case of the look.</param>
    /// <param name="Card">Number of the card as read from it.</param>
    /// <param name="Aim">raise (or open, where there is no account) or recover.</param>
    /// <param name="Representative">Number of the parent or guardian who is there too: always for a child, never needed for others but wards.</param>
    /// <param name="RepresentativeCard">Number of his card as read from it.</param>
    internal sealed record Request(string? Number, string? Case, string? Card, IReadOnlyList<string>? Evidence, string? Phone, string? Aim, string? Representative = null, string? RepresentativeCard = null);

    /// <param name="Code">For the person, once: with it and a code to his telephone he makes his first passkey at home or here. None where a representative uses the account.</param>
    /// <param name="Waits">The telephone is another one and does not count yet; null: all of it counts.</param>
    internal sealed record Proved(string Name, string? Code, string Aim, Waits? Waits);

    /// <param name="Due">It counts by itself then, if nobody stops it; null: it does not.</param>
    /// <param name="Second">A second officer may let it count at once.</param>
    internal sealed record Waits(DateTimeOffset? Due, bool Second);

    /// <summary>What is done, after everything was found in order.</summary>
    /// <param name="Phone">The holder's; null where a representative uses the account.</param>
    private sealed record Sound(CardHolder Holder, string Card, string[] Evidence, string? Phone, bool Recover, SeeRepresentative.Present? Through);

    /// <summary>Who the number belongs to, for the officer to compare with the person before him.</summary>
    /// <param name="text">The number.</param>
    /// <param name="caseReference">The case of an earlier look, which goes on; a new one is opened if there is none.</param>
    public async Task<Outcome<Seen>> Look(string? text, string? caseReference)
    {
        if (!ShownNumber.TryParse(text, out var number, out var fault))
        {
            return fault with { Field = "number" };
        }

        if (await holders.Find(number) is not { } holder)
        {
            return Problem.Missing("identity.nobody");
        }

        var opened = caseReference is not null && await cases.Find(caseReference) is { ClosedAt: null, Purpose: Purpose } known ? known
            : await cases.Open(new NewCase("act", NewCase.Code("DD"), Purpose, [holder.Person]));
        if (!opened.Ok(out var file))
        {
            return opened.Problems.ToList();
        }

        await journal.Disclose([holder.Person], ["fullName", "born", "phone", "papers"], Purpose, file.Reference);
        var account = await accounts.OfPerson(holder.Person);
        return new Seen(holder, account, file.Reference, Younger(holder, Representing.OwnAccountAge), Younger(holder, Representing.LevelTwoAge), account is null ? null : await WaitingRecovery.Of(session, account.Id));
    }

    public async Task<Outcome<Proved>> Run(Request r)
    {
        var holder = ShownNumber.TryParse(r.Number, out var number, out var fault) ? await holders.Find(number) : null;
        if (holder is null)
        {
            return fault is null ? Problem.Missing("identity.nobody") : fault with { Field = "number" };
        }

        var (problems, card) = (new List<Problem>(), ShownNumber.Card(r.Card));
        if (holder.ValidCards(clock.Today()).All(c => ShownNumber.Card(c.Number) != card))
        {
            problems.Add(Problem.Invalid("card", "identity.card-not-valid"));
        }

        var evidence = Evidence.Intersect(r.Evidence ?? []).ToArray();
        if (!evidence.Contains("card-seen") || !evidence.Contains("face-compared"))
        {
            problems.Add(Problem.Invalid("evidence", "identity.evidence-missing"));
        }

        if (Younger(holder, Representing.LevelTwoAge))
        {
            problems.Add(Problem.Invalid("number", "identity.too-young-for-level-2"));
        }

        SeeRepresentative.Present? through = null;
        var phone = Telephone.Of(r.Phone);
        if (Younger(holder, Representing.OwnAccountAge) || !string.IsNullOrWhiteSpace(r.Representative))
        {
            var seen = await representatives.Run(holder, r.Representative, r.RepresentativeCard, r.Case ?? "");
            problems.AddRange(seen.Problems);
            (through, phone) = (seen.Ok(out var present) ? present : null, null);
        }
        else if (phone is null)
        {
            problems.Add(Problem.Invalid("phone", "identity.phone-unreadable"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var closed = await cases.Close(r.Case ?? "");
        return closed.IsGood ? await Prove(new Sound(holder, card, evidence, phone, r.Aim == "recover", through)) : closed.Problems.ToList();
    }

    private async Task<Outcome<Proved>> Prove(Sound s)
    {
        var known = await accounts.OfPerson(s.Holder.Person);
        var account = known?.Id ?? Guid.CreateVersion7(clock.GetUtcNow());
        if (known is { Level: 2 } && !s.Recover)
        {
            return Problem.Conflict("identity.is-level-2");
        }

        var (code, hash) = OneTimeCodes.ToHandOver(account);
        var aim = known is null ? "open" : s.Recover ? "recover" : "raise";
        var proofing = new Proofing(account, s.Holder.Person, aim, s.Phone, s.Evidence, s.Card, actor.Value.Reference, actor.Value.Office, hash) { Through = s.Through };
        if (known is not null && s.Through is null && known.Phone != s.Phone && await UsedByHolder(known))
        {
            return new Proved(s.Holder.FullName, code, aim, await Wait(proofing, [known.Phone, known.Email, Telephone.Of(s.Holder.Phone)]));
        }

        await give.Run(proofing, Telephone.Of(s.Holder.Phone));
        return new Proved(s.Holder.FullName, s.Through is null ? code : null, aim, null);
    }

    /// <summary>Not through a representative, nor fresh from one: there is a way in that could be taken from its holder.</summary>
    private async Task<bool> UsedByHolder(AccountRow known) => known.Representative is null && (known.HasTotp || (known.Phone ?? known.Email ?? known.PasswordHash) is not null || await session.Value<bool>(
        "select exists (select from identity.passkey where account_id = $1) or exists (select from identity.national_link where account_id = $1)", known.Id));

    /// <summary>One officer alone moves no account to another telephone: where the old one and the e-mail are heard, they are told how to stop it.</summary>
    private async Task<Waits> Wait(Proofing p, IEnumerable<string?> known)
    {
        var now = clock.GetUtcNow();
        var told = known.OfType<string>().Where(t => t != p.Phone).Distinct().ToList();
        var hours = (await LawBook.Read(session)).Find(DecideRecovery.WaitHours, clock.Today())?.Number ?? 0;
        var due = told.Count > 0 && hours > 0 ? now.AddHours(hours) : (DateTimeOffset?)null;
        var stop = RandomNumberGenerator.GetString("0123456789", StopRecovery.Digits);
        await session.Execute("""
            insert into identity.recovery (id, account_id, person_id, aim, phone, evidence, card, code_hash, stop_hash, asked_by, asked_name, office, asked_at, due_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """, Guid.CreateVersion7(now), p.Account, p.Person, p.Aim, p.Phone, p.Evidence, p.Card, p.CodeHash, (told.Count > 0 ? Secret.Hash(stop) : null).As(NpgsqlDbType.Bytea), p.Officer, actor.Value.Signature, p.Office, now,
            due.As(NpgsqlDbType.TimestampTz));
        await journal.Add(p.Account, new RecoveryAsked(p.Account, p.Aim, p.Evidence), GiveWayIn.Ground);
        foreach (var target in told)
        {
            await notices.CanStop(target, p.Office, stop);
        }

        return new Waits(due, await MayBeSecond(session, clock));
    }

    /// <summary>Whether the province lets a second officer decide at once, or wants the time waited in any case.</summary>
    public static async Task<bool> MayBeSecond(Session session, TimeProvider clock) => (await LawBook.Read(session)).Find(DecideRecovery.SecondOfficer, clock.Today())?.Value != "không";

    private bool Younger(CardHolder holder, int age) => Representing.Younger(holder.Born, age, clock.Today());
}
