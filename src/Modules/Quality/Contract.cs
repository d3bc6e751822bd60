namespace SoGoc.Quality;

/// <summary>ReadMeasures: the four numbers and how many findings there are, without names. WorkFindings: takes findings of the area and says what came of them. JudgeDuplicates: decides whether records are of one person, joins them and
/// separates them. MatchLists: compares an agency's list with the whole register. ManageRules: asks for a run over the whole register, and says which rules the province looks for.</summary>
public enum QualityPermission { ReadMeasures, WorkFindings, JudgeDuplicates, ManageRules, MatchLists }

/// <summary>Runs over the whole register, for the command line and the demonstration.</summary>
public interface IQualityRuns
{
    /// <summary>Asks for both runs, in a transaction of its own: the subjects of their jobs, in the order in which they are to be done.</summary>
    Task<IReadOnlyList<Guid>> Ask();

    /// <summary>The four numbers of the whole province on the newest day that has them, as (measure, good, persons), and how many findings of each rule are open.</summary>
    Task<(IReadOnlyList<(string Measure, long Good, long Persons)> Measures, IReadOnlyList<(string Rule, long Open)> Findings)> Tell();
}
