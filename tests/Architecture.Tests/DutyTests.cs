using System.Reflection;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SoGoc.Kernel.Data;

namespace SoGoc.Architecture.Tests;

/// <summary>Who looks beyond the duty of the official who asks: each has a line here, with what for.</summary>
public sealed class DutyTests
{
    private static readonly Dictionary<string, string> Readers = new(StringComparer.Ordinal)
    {
        ["Reads"] = "adds the wall itself",
        ["Remembered"] = "asks who is behind a secret, before anybody is",
        ["CitizenSessions"] = "asks who is behind a secret, before anybody is",
        ["VerifyPaper"] = "what stands on a paper, to who shows that he holds it; else kind, office, day and state",
        ["VerifyPerson"] = "yes or no of what the asker says himself; no value",
        ["CardHolders"] = "any office proves identities, wherever the person lives",
        ["Representations"] = "whose parent or guardian a citizen is, wherever they live",
        ["OrganisationBook"] = "who is the head of an organisation, and the names of those he has named",
        ["OrganisationsAtHand"] = "how many organisations wait, and nobody's name",
        ["CitizensHere"] = "keys of accounts, to send word to; no row of a person",
        ["ActFor"] = "names of those who gave a mandate or took one",
        ["AskPerson"] = "yes or no; no value",
        ["CasePersons"] = "the key of whom a case names, to be served wherever he lives; no value",
        ["FindCandidates"] = "whom an old paper may mean, wherever he lives: the few whose name and birth fit it; without confidential records, and each one's reading is recorded",
        ["LikeRecords"] = "whom somebody at the counter may be, wherever he lives: those more likely the same than not; without confidential records, and each one's reading is recorded",
        ["Purposes"] = "the law, before anybody is read",
        ["FinishRecoveries"] = "which telephones wait; no row of a person",
        ["CheckedCases"] = "whose a case is; no row of a person",
        ["AnswersAtHand"] = "numbers only",
        ["ApprovalsAtHand"] = "numbers only",
        ["EmergenciesAtHand"] = "numbers only",
        ["CountPopulation"] = "numbers only",
        ["UnitPopulation"] = "numbers only",
        ["CountFreeNumbers"] = "numbers only",
        ["ForecastNumbers"] = "numbers only",
        ["EventsAtHand"] = "numbers only",
        ["PaymentsAtHand"] = "numbers only",
        ["ShowMeasures"] = "numbers only",
        ["CivilPapers"] = "the paper of an act, for the module above that has shown by its file whose it is", ["KnownResults"] = "a paper by its code, as VerifyPaper",
        ["ShowScores"] = "numbers only", ["ListScored"] = "codes and days of files, nobody's name", ["LivingMonth"] = "the demonstration's invented people, before anybody is let in",
        ["WeeklyReport"] = "numbers only", ["CardFigures"] = "numbers only", ["AccountFigures"] = "numbers only", ["StayFigures"] = "numbers only", ["WeekFigures"] = "numbers only",
        ["AtHand"] = "numbers only",
        ["Syllables"] = "syllables of names, of nobody",
    };

    /// <summary>Members that write beyond it what follows from an act on a record found within it.</summary>
    private static readonly string[] Writers = ["BookKeeper.OfOneAct", "OwnCase.Family", "Register.EnterAll", "Register.ActAs", "Register.Taken", "Register.NamedIn", "Register.ChildrenOf", "Register.MembersOf", "Register.RecordHousehold", "Register.Household", "ValueUses.Of", "BookKeeper.LivedAt", "TakeBack.Undoings", "TakeBack.Households", "PairDesk.Refresh", "PairDesk.Leave", "TellApart.Run", "FileRelay.Move", "AssignmentBook.Load", "FileBook.Discuss", "CommentFile.Run", "FindFiles.Named"];

    [Fact]
    public void Only_the_listed_readers_see_the_whole_register()
    {
        var takers = Spoken.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(BeyondDuty)))).Select(t => t.Name).ToList();
        Wall.Stands("Reads beyond the duty and is not listed, or is listed and does not.", takers.Except(Readers.Keys).Concat(Readers.Keys.Except(takers)));
    }

    [Fact]
    public void Nobody_asks_for_the_whole_register_by_name() =>
        Wall.Stands("Takes the readings of the whole register from the services; take them in the constructor.", House.Source
            .SelectMany(f => f.Syntax.DescendantNodes().OfType<GenericNameSyntax>().Where(g => g.Identifier.Text.Contains("Service", StringComparison.Ordinal) && g.TypeArgumentList.ToString() == "<BeyondDuty>").Select(f.At))
            .Where(at => !at.StartsWith("src/Modules/Population/PopulationModule.cs", StringComparison.Ordinal)));

    [Fact]
    public void Only_the_listed_writers_work_beyond_the_duty()
    {
        var writers = House.Source.Where(f => f.Path != "src/Kernel/Data/Session.cs").SelectMany(f => f.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(c => c.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "BeyondDuty" })
            .Select(c => $"{c.Ancestors().OfType<TypeDeclarationSyntax>().First().Identifier.Text}.{c.Ancestors().OfType<MethodDeclarationSyntax>().First().Identifier.Text}")).Distinct().ToList();
        Wall.Stands("Writes beyond the duty and is not listed, or is listed and does not.", writers.Except(Writers).Concat(Writers.Except(writers)));
    }
}
