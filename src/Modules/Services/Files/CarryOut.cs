using System.Globalization;
using SoGoc.Civil;
using SoGoc.Exchange;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Files;

/// <summary>An agency's own system is asked to do what a file wants; its signed answer decides the file. The subject is the file.</summary>
/// <param name="Procedure">By which the agency knows what is wanted.</param>
/// <param name="Partner">Kind of the partner.</param>
/// <param name="Wanted">What was filled in.</param>
public sealed record AgencyAsked(string Code, string Procedure, string Partner, int? Area, Guid Person, PersonalNumber? Number, string? FullName, PartialDate? Born, string? Residence, IReadOnlyDictionary<string, string> Wanted) : IEntry
{
    public static string Kind => "services.agency-asked";
}

/// <summary>An agency's own system that was asked need do nothing any more: the file has ended without its answer. The subject is the file.</summary>
/// <param name="Partner">Kind of the partner.</param>
/// <param name="Why">withdrawn: the citizen took it back; stopped: the office has ended it.</param>
public sealed record AgencyRecalled(string Code, string Procedure, string Partner, int? Area, Guid Person, string Why) : IEntry
{
    public static string Kind => "services.agency-recalled";
}

/// <summary>Carries a file out: begins the act of civil status or residence with what the file says, or asks the agency's own system. The decision comes with the act, or with the answer.</summary>
internal sealed class CarryOut(Session session, FileSteps steps, ICivilActs acts, IPopulation population, Journal journal, Facts facts, Payment.FeeBook fees, TimeProvider clock)
{
    /// <summary>The field of an act of residence that names whom it concerns, and the choice that means all of the household: the register knows them.</summary>
    private const string Persons = "persons", WholeHousehold = "household";

    internal sealed record Request(string Code);

    /// <param name="Link">Where the official goes on; null: the agency was asked, and its answer is waited for.</param>
    internal sealed record Begun(string? Link);

    public async Task<Outcome<Begun>> Run(Request r)
    {
        var taken = await steps.TakeUp(r.Code, FileStatus.InHand);
        if (!taken.Ok(out var h))
        {
            return taken.Problems.ToList();
        }

        var (file, carries) = (h.File, h.Procedure.Carries);
        if (carries.Kind is not ("act" or "partner"))
        {
            return Problem.Conflict("services.nothing-to-begin");
        }

        if (file.ActCase is { } begun)
        {
            return new Begun(acts.LinkOf(begun));
        }

        if (await fees.Blocks(file, "deciding") is { } open)
        {
            return open;
        }

        await steps.Case(file);
        return carries.Kind == "act" ? await Act(h, carries.Name!) : await Ask(h, carries.Name!);
    }

    private async Task<Outcome<Begun>> Act(FileSteps.InHands h, string act)
    {
        if (await population.Find(h.File.Subject) is not { } subject)
        {
            return Problem.Missing("services.no-person");
        }

        var opened = await acts.Begin(act, await Fields(h, subject), subject.Facts.FullName ?? "", [.. new[] { h.File.Subject, h.File.Applicant }.Distinct()]);
        if (!opened.Ok(out var begun))
        {
            return opened.Problems.ToList();
        }

        var with = new Statements();
        with.Add("update services.file set status = 4, holder = $2, act_case = $3 where id = $1", h.File.Id, steps.Holder, begun.Case);
        await steps.Write(h, with, new FileTaken(h.File.Code, steps.Holder), null);
        return new Begun(begun.Link);
    }

    /// <summary>What the form of the act is filled in with: what is the same in every file, what the register says, what the citizen has said.</summary>
    private async Task<List<(string, string)>> Fields(FileSteps.InHands h, PersonState subject)
    {
        var asked = h.Procedure.Fields.Where(f => f.Act is not null).ToList();
        string[] names = [.. asked.Where(f => !f.Asked).Select(f => f.Fact!)];
        var known = await facts.Of(subject, names);
        var own = h.File.Applicant == h.File.Subject ? known : await facts.Of(h.File.Applicant, names);
        var conditions = FormCheck.Conditions(h.Procedure, subject, h.File.Answers);
        var fields = new Dictionary<string, string>(h.Procedure.Carries.With ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase);
        var persons = Array.Empty<Guid>();
        foreach (var field in asked.Where(f => FormCheck.Applies(f.When, conditions)))
        {
            if ((field.Asked ? Written(field, h.File.Answers.GetValueOrDefault(field.Name)) : (field.Of == "applicant" ? own : known)?.GetValueOrDefault(field.Fact!)?.Text) is not { } value)
            {
                continue;
            }

            if (field.Act != Persons)
            {
                fields[field.Act!] = value;
            }
            else if (value == WholeHousehold && subject.Memberships.FirstOrDefault(m => m.Until is null) is { } mine && await population.Household(mine.Household, clock.Today()) is { } household)
            {
                persons = [.. household.Members];
            }
        }

        return [.. fields.Select(f => (f.Key, f.Value)), .. persons.Select(p => (Persons, p.ToString()))];
    }

    /// <summary>As an official would type it.</summary>
    private static string? Written(Field field, string? value) => field.Ask == Procedures.Ask.Date && DateOnly.TryParseExact(value, "yyyy-MM-dd", out var day) ? day.Shown() : value;

    private async Task<Outcome<Begun>> Ask(FileSteps.InHands h, string partner)
    {
        var (file, person) = (h.File, await population.Find(h.File.Subject));
        var with = new Statements();
        with.Add("update services.file set status = 4, holder = $2, act_case = $3 where id = $1", file.Id, steps.Holder, partner);
        journal.Add(with, file.Id, new AgencyAsked(file.Code, file.Procedure, partner, file.Area, file.Subject, person?.Facts.Number, person?.Facts.FullName, person?.Facts.Born,
            (await facts.Of(file.Subject, ["home"]))?["home"].Text, file.Answers), h.Ground);
        await session.Execute(with);
        return new Begun(null);
    }
}

/// <summary>Hears what carries files out: an act that was registered, or an agency's answer; the file is decided in the same transaction.</summary>
internal sealed class HearCarried(Session session, FileSteps steps, FileDecisions decisions, Sentences say) : IHearsActs, IHearsAnswers
{
    public async Task Hear(CarriedAct act)
    {
        if (await Find("f.act_case = $1", act.Case) is { } h)
        {
            // Of a linked filing the rest goes on with other offices, and has a code of its own.
            var text = act.Filing is null ? h.Procedure.Result.Text : $"{h.Procedure.Result.Text} {string.Format(CultureInfo.InvariantCulture, say.All["services.linked-rest"].Vi, act.Filing)}";
            await decisions.Write(h, act.No, text, act);
        }
    }

    public async Task Hear(PartnerAnswer answer)
    {
        if (answer.EventKind != AgencyAsked.Kind || await Find("f.id = $1", answer.Subject) is not { } h)
        {
            return;
        }

        if (answer.Done)
        {
            await decisions.Write(h, answer.Reference ?? h.File.Code, h.Procedure.Result.Text);
            return;
        }

        // It is its own answer, and need not be told.
        await steps.Stop(h with { File = h.File with { ActCase = null } }, answer.Reason ?? answer.PartnerName, tell: true);
    }

    private async Task<FileSteps.InHands?> Find(string where, object key) =>
        await session.Row($"select {ServiceFile.Columns} from services.file f where {where} and f.status = 4 for no key update", ServiceFile.Read, key) is { } file ? await steps.Of(file) : null;
}
