using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Work;

/// <summary>What was found out at the door. It changes no record: what is wrong is mended by the act that the rule names, and the finding goes when it is.</summary>
internal sealed class AnswerFinding(Session session, IPopulation population, IContacts contacts, FindingBook findings, Journal journal, CaseBook cases, CurrentActor actor, TimeProvider clock)
{
    /// <summary>SQL: finding f is still work for who has it. What is dead, moved or wrong in the record waits for its act, and who was not found for another visit; only what is right is done.</summary>
    public const string IsWork = "(f.outcome is null or f.outcome <> 'confirmed')";

    public const string Confirmed = "confirmed", ToCorrect = "to-correct", NotFound = "not-found", Moved = "moved", Dead = "dead";

    /// <summary>Code of the rule that sees open doubts.</summary>
    private const string OpenDoubt = "doubt-open";

    /// <summary>Code of the rule that sees who was told to be dead, and has it registered.</summary>
    private const string ToldDead = "told-dead";

    public static readonly string[] Outcomes = [Confirmed, ToCorrect, NotFound, Moved, Dead];

    /// <param name="Outcome">confirmed: it is so, and right; to-correct: an act is needed; not-found, moved, dead.</param>
    /// <param name="Text">What was seen or shown; needed to confirm, because the finding then counts no more.</param>
    /// <param name="Phone">Where a telephone number is wrong or missing (to-correct): the right one, which is entered at once.</param>
    internal sealed record Request(Guid Id, [Required] string? Outcome, [MaxLength(MostText)] string? Text = null, [MaxLength(40)] string? Phone = null);

    /// <param name="Mend">Which act mends it, where one is needed.</param>
    /// <param name="Link">Where that is done; null: not in this system.</param>
    /// <param name="Written">The telephone number stands in the record; false in a branch, where it was asked for.</param>
    internal sealed record Answered(Guid Id, string Outcome, string? Mend, string? Link, bool Written = false);

    private const int MostText = 1000;

    private sealed record Row(Rule Rule, Guid? Person, Guid? Household, string? Case, string? Before);

    public async Task<Outcome<Answered>> Run(Request r)
    {
        if (!Outcomes.Contains(r.Outcome))
        {
            return Problem.Invalid("outcome", "quality.no-outcome");
        }

        if (r.Outcome == Confirmed && string.IsNullOrWhiteSpace(r.Text))
        {
            return Problem.Invalid("text", "quality.say-what-was-seen");
        }

        // Nothing of an answer is cut off without a word.
        if (r.Text?.Trim().Length > MostText)
        {
            return TooLong.Of("text", r.Text, MostText);
        }

        var row = await session.Row($"select {Rule.Columns}, f.person_id, f.household_id, f.case_ref, f.outcome from quality.finding f join quality.rule r on r.code = f.rule where f.id = $1 and f.holder = $2 and f.gone_at is null for no key update of f",
            x => new Row(Rule.Read(x), x.Maybe<Guid>(12), x.Maybe<Guid>(13), x.Text(14), x.Text(15)), r.Id, actor.Value.Holder);
        if (row is null)
        {
            return Problem.Missing("quality.no-finding");
        }

        var (text, phone) = (string.IsNullOrWhiteSpace(r.Text) ? null : r.Text.Trim(), string.IsNullOrWhiteSpace(r.Phone) ? null : r.Phone.Trim());
        if (phone is not null && (row is not { Rule.Mend: Mending.Contact, Person: not null } || r.Outcome != ToCorrect))
        {
            return Problem.Invalid("phone", "quality.no-phone-asked");
        }

        await session.Execute("update quality.finding set (outcome, outcome_text, outcome_at, outcome_by) = ($2, $3, $4, $5) where id = $1", r.Id, r.Outcome, text, clock.GetUtcNow(), actor.Value.Reference);
        await journal.Add(r.Id, new FindingAnswered(row.Rule.Code, row.Person, row.Household, r.Outcome!, text), row.Rule.Ground);
        if (row is { Rule.Code: OpenDoubt, Person: { } doubted } && r.Outcome == Confirmed)
        {
            await Settle(doubted, text!);
        }

        if (row.Person is { } person && (r.Outcome == Dead || row.Before == Dead))
        {
            await Tell(person);
        }

        Outcome<bool> telling = phone is null ? false : await Correct(row, phone, text);
        if (!telling.Ok(out var written))
        {
            return telling.Problems.ToList();
        }

        await CloseWhenDone(row.Case);
        if (written)
        {
            return new Answered(r.Id, r.Outcome!, null, null, written);
        }

        var mend = Mending.Of(row.Rule, r.Outcome!);
        return new Answered(r.Id, r.Outcome!, mend, mend is null ? null : Mending.Link(mend, row.Person, actor.Value));
    }

    /// <summary>Whether the telephone number stands in the record now.</summary>
    private async Task<Outcome<bool>> Correct(Row row, string phone, string? text)
    {
        var corrected = await contacts.Correct(row.Person!.Value, phone, null, $"Xác minh tại nơi cư trú{(text is null ? "" : ": " + text)}; {row.Rule.Ground}");
        if (!corrected.Ok(out var done))
        {
            return corrected.Problems.ToList();
        }

        await session.Execute("update quality.finding set gone_at = $2 where $3 and person_id = $1 and gone_at is null and rule in (select code from quality.rule where mend = $4)", row.Person, clock.GetUtcNow(), !done.Requested, Mending.Contact);
        return !done.Requested;
    }

    /// <summary>The register was right: what spoke against it is settled on the ground of what was seen.</summary>
    private async Task Settle(Guid person, string ground)
    {
        foreach (var doubt in (await population.Find(person))?.Doubts ?? [])
        {
            await population.Act(person, new DoubtSettled(doubt.Field, doubt.Code), ground);
        }
    }

    /// <summary>Who registers deaths hears of one at once, and at once of it when it is taken back.</summary>
    private async Task Tell(Guid person) =>
        await findings.Keep(Bases.Person, [.. (await Rule.All(session)).Where(r => r.Code == ToldDead)], clock.Today(), clock.GetUtcNow(), [person]);

    /// <summary>With the last answer the case ends; what still has to be mended keeps it open.</summary>
    private async Task CloseWhenDone(string? reference)
    {
        if (reference is not null && !await session.Value<bool>($"select exists (select from quality.finding f where f.case_ref = $1 and f.gone_at is null and {IsWork})", reference)
            && (await cases.FindOpen(reference)).IsGood)
        {
            await cases.Close(reference);
        }
    }
}

/// <summary>Which act mends what was found, and where it is done.</summary>
internal static class Mending
{
    /// <summary>Telephone number and e-mail address: entered with the answer, by who may.</summary>
    public const string Contact = "contact";

    /// <summary>correction, contact, residence, household, number, card, death, duplicate; null: nothing is to be mended.</summary>
    public static string? Of(Rule rule, string outcome) => outcome switch
    {
        AnswerFinding.Dead => "death",
        AnswerFinding.Moved => "residence",
        AnswerFinding.ToCorrect => rule.Mend,
        _ => null,
    };

    /// <summary>Where the official can do it himself; null: another desk does, or it is not done in this system.</summary>
    public static string? Link(string mend, Guid? person, Actor who)
    {
        var (needs, link) = mend switch
        {
            "correction" => ("civil.register-civil-status", "/ho-tich/thay-doi-cai-chinh"),
            "death" => ("civil.register-civil-status", "/ho-tich/khai-tu"),
            "residence" or "household" => ("civil.register-residence", "/cu-tru"),
            "number" when person is { } key => ("population.allot-number", $"/nguoi/{key}/cap-so"),
            "card" when person is { } key => ("population.record-card", $"/nguoi/{key}/the"),
            "duplicate" => ("quality.judge-duplicates", "/trung-lap"),
            _ => ("", null),
        };
        return link is not null && who.Permissions.Contains(needs) ? link : null;
    }
}
