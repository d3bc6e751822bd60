using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Acting;
using SoGoc.Identity.Answers;
using SoGoc.Identity.MyData;
using SoGoc.Identity.OpenId;
using SoGoc.Identity.Organisations;
using SoGoc.Identity.Proofing;
using SoGoc.Identity.Requests;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Lists;
using SoGoc.Population;
using SoGoc.Population.Imports;
using SoGoc.Population.Persons;
using Platform = SoGoc.Host.Platform;

namespace SoGoc.Architecture.Tests;

/// <summary>Whatever the program says by a code, it says in Vietnamese and in English. All texts of the compiled program are looked at, so that a code cannot hide
/// in a variable; what is put together at run time has to come from a set that is known here.</summary>
public sealed partial class SentenceTests
{
    private static readonly IReadOnlyDictionary<string, (string Vi, string En)> Sentences = Spoken.Sentences.All;

    private static readonly HashSet<string> Heads = [.. Sentences.Keys.Select(Head), .. Platform.Modules.Select(m => m.Name), "kernel", "journal", "host", "lists"];

    /// <summary>Codes that are put together: how they begin (and end), and with what they go on.</summary>
    private static readonly Dictionary<string, IEnumerable<string>> Computed = new()
    {
        ["status."] = Words<PersonStatus>(),
        ["residence."] = Words<ResidenceKind>(),
        ["kin."] = Words<KinKind>(),
        ["paper."] = Words<PaperKind>(),
        ["field."] = ListField.All.Select(f => f.Key).Union(FactField.All.Select(f => f.Name)).Union(TakenBack.Wholes),
        ["story."] = EntryKindTests.Kinds.Where(k => typeof(IPersonEntry).IsAssignableFrom(k.Entry)).Select(k => k.Kind.Split('.')[1]),
        ["lists.state-"] = Allowed("population.list", "state"),
        ["lists.encoding-"] = Enum.GetNames<VietnameseEncoding>().Select(n => n.ToLowerInvariant()),
        ["places.change-"] = Allowed("places.succession", "kind"),
        ["places.figure-"] = Allowed("places.figure", "name"),
        ["lists.format-"] = Enum.GetNames<ListFormat>().Select(n => n.ToLowerInvariant()),
        ["lists.step-"] = ["send", "check", "enter"],
        ["population.outlook-"] = Words<SoGoc.Population.Numbers.Outlook>(),
        ["population.class-"] = SoGoc.Population.Lookups.FieldClass.All,
        ["host.verify-step-"] = ["signature", "key", "key-unchecked", "key-register", "row", "in", "same-register", "grew", "beside"],
        ["host.verify-verdict-"] = ["yes", "no", "unreadable"], ["host.verify-field-"] = ["at", "actor", "office", "ground", "subject", "kind", "body", "fields", "purpose", "case_ref"],
        ["entry."] = EntryKindTests.Kinds.Select(k => k.Kind).Where(k => k.StartsWith("identity.", StringComparison.Ordinal)),
        ["identity.basis-"] = ["parent", "guardian", "mandate"],
        ["identity.claim-"] = PersonClaim.All.Select(c => c.Name),
        ["identity.evidence-"] = ProveIdentity.Evidence,
        ["identity.factor-"] = [Assurance.Passkey, Assurance.Password, Assurance.Totp, Assurance.Counter],
        ["identity.decision-"] = DecideRequest.Decisions,
        ["identity.field-"] = FieldWords.Known,
        ["identity.level-"] = ["1", "2"],
        ["identity.reading-state-"] = ["waiting", "standing", "refused", "ended"],
        ["identity.request-"] = MakeRequest.Kinds,
        ["identity.request-text-"] = MakeRequest.Kinds,
        ["identity.state-"] = ["made", "accepted", "done", "refused"],
        ["identity.yes-no-"] = FieldWords.Questions,
        ["identity.procedure-"] = [.. ActFor.Procedures, ActFor.Organisation],
        ["identity.organisation-kind-"] = Allowed("identity.organisation", "kind"),
        ["identity.organisation-state-"] = ["waiting", "verifying", "refused", "approved", "lapsed", "active", "ended"],
        ["identity.organisation-decision-"] = DecideOrganisation.Decisions,
        ["identity.organisation-basis-"] = ["head", "mandate"],
        ["identity.proofing-"] = ["open", "raise", "recover"],
        ["identity.proved-"] = ["open", "raise", "recover"],
        ["civil.kind-"] = SoGoc.Civil.Births.BirthDeclaration.Kinds,
        ["civil.evidence-"] = SoGoc.Civil.Births.BirthDeclaration.Evidences,
        ["civil.choice-proof-"] = SoGoc.Civil.Births.BirthDeclaration.Proofs,
        ["civil.declarant-"] = SoGoc.Civil.Births.BirthDeclaration.Declarants,
        ["civil.old-kind-"] = SoGoc.Civil.OldBooks.OldKind.All.Select(k => k.Name),
        ["civil.old-role-"] = SoGoc.Civil.OldBooks.OldKind.All.SelectMany(k => k.Roles).Select(r => r.Name).Distinct(),
        ["civil.old-part-"] = SoGoc.Civil.OldBooks.OldKind.All.SelectMany(k => k.Fields).Select(f => f.Part).Distinct(),
        ["civil.old-what-"] = SoGoc.Civil.OldBooks.OldEvidence.Whats,
        ["civil.old-verdict-"] = SoGoc.Civil.OldBooks.OldEvidence.Verdicts,
        ["civil.old-offer-"] = SoGoc.Civil.OldBooks.OldOffer.All,
        ["civil.old-state-"] = [SoGoc.Civil.OldBooks.DecideLink.Linked, SoGoc.Civil.OldBooks.DecideLink.Nobody, SoGoc.Civil.OldBooks.DecideLink.Later],
        ["civil.old-"] = ["checked", "linked"],
        ["civil.act-"] = SoGoc.Civil.Acts.ActForms.All.Select(f => f.Act),
        ["civil.act-text-"] = SoGoc.Civil.Acts.ActForms.All.Select(f => f.Act),
        ["civil.group-"] = SoGoc.Civil.Acts.ActForms.Groups,
        ["civil.ask-"] = SoGoc.Civil.Acts.ActForms.All.SelectMany(f => f.Fields).Select(f => f.Name).Distinct(),
        ["civil.hint-"] = SoGoc.Civil.Acts.ActForms.All.SelectMany(f => f.Fields).Where(f => f.Hint).Select(f => f.Name).Distinct(),
        ["civil.choice-"] = SoGoc.Civil.Acts.ActForms.All.SelectMany(f => f.Fields).SelectMany(f => (f.Choices ?? []).Select(c => f.ChoiceCode(c)["civil.choice-".Length..])).Distinct(),
        ["civil.book-"] = SoGoc.Civil.Papers.PaperForms.All.Select(f => f.Kind),
        ["civil.paper-"] = [SoGoc.Civil.Papers.IssuePaper.Certificate, SoGoc.Civil.Papers.IssuePaper.Extract],
        ["civil.paper-is-"] = ["valid", "replaced", "void"],
        ["civil.paper-state-"] = ["valid", "replaced", "void"],
        ["civil.void-reason-"] = SoGoc.Civil.Papers.PaperStates.Told,
        ["civil.signature-"] = ["good", "altered", "stranger", "revoked", "none"],
        ["civil.fact-"] = ["title", "no", "name", "born", "entry", "registered", "office", "on"],
        ["civil.verdict-"] = ["genuine", "forged", "other", "unreadable"],
        ["civil.part-"] = ["deceased", "spouse", "new-head", "returned", "husband", "wife", "other-spouse", "child", "father", "mother", "adopter", "other-adopter", "ward", "guardian", "changed", "person"],
        ["civil.sex-"] = ["1", "2"],
        ["civil.residence-act-"] = [.. SoGoc.Civil.Residences.ResidenceRequest.OfResidence, .. SoGoc.Civil.Residences.ResidenceRequest.OfHousehold],
        ["civil.basis-"] = SoGoc.Civil.Residences.ResidenceRequest.Bases,
        ["civil.reason-"] = [.. SoGoc.Civil.Residences.ResidenceRequest.Absences, .. SoGoc.Civil.Residences.ResidenceRequest.PermanentRemovals, .. SoGoc.Civil.Residences.ResidenceRequest.TemporaryRemovals],
        ["civil.change-"] = ["permanent", "temporary", "absence", "stay", "permanent-ends", "temporary-ends", "current-ends", "absence-ends", "member", "leaves", "opens", "closes"],
        ["civil.chain-"] = ["birth", "death"],
        ["civil.step-"] = SoGoc.Civil.Filings.FilingStep.Steps,
        ["civil.next-"] = SoGoc.Civil.Filings.FilingStep.Steps,
        ["civil.holder-"] = [SoGoc.Civil.Filings.FilingStep.Registrar, SoGoc.Civil.Filings.FilingStep.Police, SoGoc.Civil.Filings.FilingStep.Partner],
        ["civil.filing-live-with-"] = ["mother", "father"],
        ["civil.filing-part-"] = ["open", "done", "refused"],
        ["civil.decide-"] = [SoGoc.Civil.Filings.FilingStep.PermanentResidence, SoGoc.Civil.Filings.FilingStep.ResidenceRemoval],
        ["civil.filing-state-"] = SoGoc.Civil.Filings.ListFilings.States,
        ["exchange.event-"] = Column("obligations.csv", "entry_kind").Select(k => k.Replace('.', '-')),
        ["exchange.what-"] = ["permanent", "temporary", "remove-permanent", "remove-temporary", "split", "merge"],
        ["exchange.kind-"] = SoGoc.Exchange.Partners.RegisterPartner.Kinds,
        ["exchange.state-"] = SoGoc.Exchange.Events.ListEvents.States,
        ["quality.private-row-"] = SoGoc.Quality.Private.PrivateLists.Outcomes,
        ["quality.private-state-"] = SoGoc.Quality.Private.PrivateList.States,
        ["exchange.fault-"] = SoGoc.Exchange.Deliveries.Attempt.Faults,
        ["services.status-"] = Enumerable.Range(1, 10).Select(n => $"{n}"), ["services.paper-"] = SoGoc.Services.Papers.FilePapers.Kinds,
        ["services.channel-"] = ["1", "2", "3"], ["services.desk-of-"] = ["justice", "police", "agency"], ["services.carry-"] = ["act", "partner", "on", "waits"],
        ["services.event-"] = SoGoc.Services.Procedures.ProcedureCheck.Events,
        ["services.step-"] = ["file-assigned", "comment-made", "payment-reminded", "agency-recalled", "file-submitted", "file-received", "file-refused", "file-taken", "supplement-asked", "supplement-made", "apology-made", "file-withdrawn", "agency-asked", "file-handed-over", "file-decided", "result-returned", "file-rated", "complaint-made", "complaint-answered", "papers-given", "paper-checked", "payment-made", "payment-asked", "fee-waived", "refund-ordered", "payment-refunded", "refund-failed"], ["services.part-"] = SoGoc.Services.Scores.Criterion.Parts, ["services.scan-"] = Enum.GetNames<SoGoc.Services.Store.Scan>().Select(n => n.ToLowerInvariant()), ["services.before-"] = SoGoc.Services.Procedures.Fee.Steps, ["services.free-for-"] = SoGoc.Services.Payment.Waivers.All, ["services.visit-"] = ["open", "came", "cancelled", "missed"], ["services.turn-"] = ["aside", "done"], ["services.refund-"] = ["due", "ordered", "failed"], ["services.differs-"] = SoGoc.Services.Payment.Reconcile.Kinds, ["services.to-do-"] = SoGoc.Services.Payment.Reconcile.Kinds,
        ["services.basket-"] = [.. SoGoc.Services.Files.ListFiles.Baskets, "all"], ["services.ends-"] = SoGoc.Services.Files.ListFiles.Ends, ["services.notice-"] = ["half", "near", "last", "comment"], ["services.sector-"] = SoGoc.Services.Procedures.ProcedureCheck.Sectors, ["services.version-"] = ["draft", "published", "replaced", "withdrawn"], ["services.band-"] = ["excellent", "good", "fair", "middling", "weak"],
        ["services.for-"] = ["self", "child", "ward", "mandate", "anybody"], ["services.word-"] = [.. SoGoc.Services.Procedures.ProcedureChanges.Words, "order"], ["services.section-"] = ["name", "grounds", "offices", "applicant", "conditions", "fields", "papers", "term", "fees", "result", "whole"], ["services.ask-of-"] = Words<SoGoc.Services.Procedures.Ask>(), ["services.how-of-"] = SoGoc.Services.Procedures.ProcedureCheck.Hows, ["services.kind-of-"] = SoGoc.Services.Procedures.ProcedureCheck.Kinds, ["services.fact-of-"] = SoGoc.Services.Procedures.Facts.All, ["services.day-of-"] = Words<SoGoc.Services.Procedures.DayRule>(), ["services.at-desk-"] = ["justice", "police"], ["services.of-whom-"] = ["subject", "applicant", "told"], ["services.heat-"] = ["none", "half", "near", "last", "late"],
        ["quality.measure-"] = SoGoc.Quality.Rules.Rule.Measures,
        ["quality.means-"] = SoGoc.Quality.Rules.Rule.Measures, ["quality.brief-"] = SoGoc.Quality.Rules.Rule.Measures, ["quality.likely-"] = SoGoc.Quality.Duplicates.PairPage.Likelihoods,
        ["quality.severity-"] = SoGoc.Quality.Rules.Rule.Severities,
        ["quality.desk-"] = Allowed("quality.rule", "desk"),
        ["quality.state-"] = [.. SoGoc.Quality.Duplicates.Pair.States, "waits"],
        ["quality.told-apart-"] = LikeRecord.Counters,
        ["quality.band-"] = Allowed("quality.pair", "band"),
        ["quality.field-"] = SoGoc.Quality.Duplicates.RegisterRows.Heads.Where(h => h is not ("ethnicity" or "number")),
        ["quality.level-"] = SoGoc.Quality.Duplicates.RegisterModel.Levels,
        ["quality.list-"] = Allowed("quality.match_list", "state"),
        ["quality.match-"] = SoGoc.Quality.Matching.ShowMatchList.Outcomes,
        ["quality.given-"] = SoGoc.Quality.Matching.MatchField.All,
        ["quality.looks-"] = [SoGoc.Quality.Matching.CompareRows.Register, SoGoc.Quality.Matching.CompareRows.List],
        ["quality.row-"] = SoGoc.Quality.Matching.DecideMatchRow.Decisions,
        ["quality.report-"] = SoGoc.Quality.Measures.WeeklyReport.Lines,
        ["quality.sex-"] = ["1", "2"],
        ["quality.strength-"] = ["strongly-for", "for", "weakly-for", "nothing", "weakly-against", "against", "strongly-against"],
        ["quality.outcome-"] = SoGoc.Quality.Work.AnswerFinding.Outcomes,
        ["quality.answered-"] = SoGoc.Quality.Work.AnswerFinding.Outcomes,
        ["quality.took-"] = SoGoc.Quality.Measures.TakeLateness.Kinds,
        ["quality.waits-"] = SoGoc.Quality.Measures.TakeLateness.Waits,
        ["quality.mend-"] = Column("quality_rules.csv", "mend"),
        ["staff.role-"] = Column("roles.csv", "role"),
        ["did."] = EntryKindTests.Kinds.Where(k => k.Entry.Namespace == "SoGoc.Staff.Officials").Select(k => k.Kind.Split('.')[1]),
        ["may."] = Spoken.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t.IsEnum && t.Name.EndsWith("Permission", StringComparison.Ordinal)).SelectMany(Permission.All).Select(p => p.Code.Replace('.', '-')),
        ["population.…-unknown"] = House.Source.Where(f => f.Path.StartsWith("src/Modules/Population/Imports/", StringComparison.Ordinal))
            .SelectMany(f => f.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()).Where(c => c.Expression.ToString() == "Code").SelectMany(c => Literals(c.ArgumentList.Arguments[0])),
    };

    /// <summary>Codes that name something else than a sentence.</summary>
    private static readonly HashSet<string> NotSaid =
    [
        .. SqlTests.Made.Keys, .. EntryKindTests.Kinds.Select(k => k.Kind), .. Column("law.csv", "key"), .. Column("roles.csv", "permission"),
        .. Spoken.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t.IsEnum && t.Name.EndsWith("Permission", StringComparison.Ordinal)).SelectMany(Permission.All).Select(p => p.Code),
        .. Jobs(), .. SaidOnTheSpot(),
    ];

    [Fact]
    public void Every_code_has_its_sentence() =>
        Wall.Stands("Looks like a code, and is neither a sentence of Sentences.txt nor a table, a kind of entry or job, a permission or a rule of law.",
            Spoken.Assemblies.SelectMany(Spoken.Words).Where(IsCode).Where(c => !Sentences.ContainsKey(c) && !NotSaid.Contains(c)).Select(c => $"{c} in {House.Where(c)}"));

    [Fact]
    public void Every_code_that_is_put_together_has_its_sentences()
    {
        var begun = Spoken.Assemblies.SelectMany(Spoken.By).Where(t => Beginning().IsMatch(t) && Heads.Contains(Head(t))).Distinct().ToList();
        Assert.True(begun.Count > 8, "No code that is put together was found.");
        Wall.Stands("A code that begins so is put together at run time: say in this test with what it goes on.",
            begun.Where(b => !Computed.Keys.Any(k => k.Split('…')[0] == b) && !NotSaid.Any(n => n.StartsWith(b, StringComparison.Ordinal))).Select(b => $"{b} in {House.Where($"\"{b}")}"));
        Wall.Stands("Put together, and no sentence.", Together().Where(c => !Sentences.ContainsKey(c)));
    }

    [Fact]
    public void Everything_the_database_refuses_has_its_sentence()
    {
        Assert.True(Refusals().Count() > 20, "The migrations were not read.");
        Wall.Stands("The name of a constraint, or the beginning of an exception, without a sentence.", Refusals().Where(c => !Sentences.ContainsKey(c)));
    }

    [Fact]
    public void What_pages_and_features_ask_a_sentence_for_is_a_code() =>
        Wall.Stands("Asked for a sentence, and there is none.",
            from path in House.Paths
            where path.StartsWith("src/", StringComparison.Ordinal) && Path.GetExtension(path) is ".cs" or ".cshtml"
            from asked in Asked().Matches(House.Read(path)).Select(m => m.Groups[1].Value)
            where !Sentences.ContainsKey(asked) && !Computed.Keys.Any(k => k.Split('…')[0] == asked)
            select $"{path}: {asked}");

    [Fact]
    public void Codes_of_problems_are_kebab_names_of_their_module()
    {
        var codes = House.Source.SelectMany(f => f.Syntax.DescendantNodes().SelectMany(n => Codes(n).Select(code => (At: f.At(n), Code: code)))).ToList();
        Assert.True(codes.Count > 60, "The problems were not found.");
        Wall.Stands("The code of a problem is module.kebab-name.", codes.Where(c => !Code().IsMatch(c.Code) || !Heads.Contains(Head(c.Code))).Select(c => $"{c.At}: {c.Code}"));
    }

    [Fact]
    public void Both_languages_say_something_and_the_same_data()
    {
        static string Data(string sentence) => string.Join(' ', Places().Matches(sentence).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal));
        Wall.Stands("A language is missing, or uses data that the other does not.",
            Sentences.Where(s => s.Value.Vi.Length == 0 || s.Value.En.Length == 0 || Data(s.Value.Vi) != Data(s.Value.En)).Select(s => $"{s.Key}: {Data(s.Value.Vi)} || {Data(s.Value.En)}"));
    }

    [Fact]
    public void No_sentence_is_left_that_nobody_says()
    {
        var said = Spoken.Assemblies.SelectMany(Spoken.Words).Concat(Together()).Concat(Refusals()).ToHashSet();
        Wall.Stands("Nothing uses this sentence: remove it from Sentences.txt.", Sentences.Keys.Where(k => !said.Contains(k)));
    }

    private static bool IsCode(string text) => Whole().IsMatch(text) && Heads.Contains(Head(text));

    private static string Head(string code) => code.Split('.')[0];

    private static IEnumerable<string> Words<T>() where T : struct, Enum => Enum.GetValues<T>().Select(v => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()));

    private static IEnumerable<string> Together() => Computed.SelectMany(c => c.Value.Select(v => c.Key.Contains('…', StringComparison.Ordinal) ? c.Key.Replace("…", v, StringComparison.Ordinal) : c.Key + v));

    /// <summary>The values that a table's check allows in a column.</summary>
    private static IEnumerable<string> Allowed(string table, string column)
    {
        var sql = House.Paths.Where(p => p.EndsWith(".sql", StringComparison.Ordinal)).Select(House.Read).Single(t => t.Contains($"create table {table} (", StringComparison.Ordinal));
        var check = Regex.Match(sql, $@"create table {Regex.Escape(table)} \(.*?\n\s+{column}\s[^\n]*check \({column} in \(([^)]*)\)", RegexOptions.Singleline);
        Assert.True(check.Success, $"{table}.{column} has no check");
        return check.Groups[1].Value.Split(',').Select(v => v.Trim().Trim('\''));
    }

    private static IEnumerable<string> Column(string reference, string name) => ReferenceTable.Read(House.Full("reference/" + reference)).Select(r => r[name]).Distinct();

    private static IEnumerable<string> Jobs()
    {
        var services = new ServiceCollection();
        foreach (var module in Platform.Modules)
        {
            module.Services(services);
        }

        return services.Select(s => s.ImplementationInstance).OfType<JobKind>().Select(j => j.Kind);
    }

    /// <summary>While there is no database yet the Host says both languages at once, beside the code.</summary>
    private static IEnumerable<string> SaidOnTheSpot() =>
        House.Source.Where(f => f.Path.StartsWith("src/Host/Postgres/", StringComparison.Ordinal)).SelectMany(f => BothAtOnce().Matches(f.Text)).Select(m => m.Groups[1].Value);

    private static IEnumerable<string> Refusals() => House.Paths.Where(p => p.EndsWith(".sql", StringComparison.Ordinal)).Select(House.Read).SelectMany(t => Refused().Matches(t)).Select(m => m.Groups[1].Value + m.Groups[2].Value);

    /// <summary>String literals at the place of a code in the making of a problem.</summary>
    private static IEnumerable<string> Codes(Microsoft.CodeAnalysis.SyntaxNode node)
    {
        var (arguments, place) = node switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "Problem" }, Name.Identifier.Text: var kind } } call => (call.ArgumentList, kind == "Invalid" ? 1 : 0),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Fault" or "Warn" } } call => (call.ArgumentList, 1),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Refuse", Expression: IdentifierNameSyntax { Identifier.Text: "found" } } } call when call.ArgumentList.Arguments.Count > 2 => (call.ArgumentList, 2),
            ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: nameof(Problem) or "Doubt" }, ArgumentList: { } list } => (list, 1),
            ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: nameof(ListException) or "ClusterException" }, ArgumentList: { } list } => (list, 0),
            ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "RowFault" }, ArgumentList: { } list } => (list, 2),
            _ => (null, 0),
        };
        return arguments is { } a && a.Arguments.Count > place ? Literals(a.Arguments[place]) : [];
    }

    /// <summary>The literals that an argument can be: itself, or the branches of a choice.</summary>
    private static IEnumerable<string> Literals(ArgumentSyntax argument) => Literals(argument.Expression);

    private static IEnumerable<string> Literals(ExpressionSyntax? expression) => expression switch
    {
        LiteralExpressionSyntax l when l.Token.Value is string s => [s],
        ParenthesizedExpressionSyntax p => Literals(p.Expression),
        ConditionalExpressionSyntax c => Literals(c.WhenTrue).Concat(Literals(c.WhenFalse)),
        SwitchExpressionSyntax s => s.Arms.SelectMany(a => Literals(a.Expression)),
        BinaryExpressionSyntax { OperatorToken.Text: "??" } b => Literals(b.Left).Concat(Literals(b.Right)),
        _ => [],
    };

    [GeneratedRegex("^[a-z]+\\.[a-z0-9-]+$")]
    private static partial Regex Code();

    [GeneratedRegex("^[a-z]+\\.[A-Za-z0-9][A-Za-z0-9-]*(?<!-)$")]
    private static partial Regex Whole();

    [GeneratedRegex("^[a-z]+\\.([a-z0-9-]*-)?$")]
    private static partial Regex Beginning();

    [GeneratedRegex("\\b(?:T|[Ss]ay)\\[\"([^\"]*)\"")]
    private static partial Regex Asked();

    [GeneratedRegex("\"([a-z]+\\.[a-z0-9-]+)\"|raise exception '([a-z]+\\.[a-z0-9-]+):")]
    private static partial Regex Refused();

    [GeneratedRegex("\"(host\\.[a-z-]+)\",\\s*\\$?\"[^;]* / ")]
    private static partial Regex BothAtOnce();

    [GeneratedRegex("\\{[0-9]\\}")]
    private static partial Regex Places();
}
