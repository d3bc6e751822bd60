using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Quality.Duplicates;

namespace SoGoc.Quality.Work;

/// <summary>Clears the desks at night: rounds of which nothing is left to do, and looks at pairs of a day that is over. Who looks again opens a case again.</summary>
internal sealed class EndCases(Session session, CaseBook cases)
{
    /// <param name="day">The day that begins.</param>
    public async Task Run(DateOnly day)
    {
        var work = await session.Rows($"select distinct f.case_ref from quality.finding f where f.case_ref is not null and f.holder is not null and f.gone_at is null and {AnswerFinding.IsWork}", r => r.GetString(0));
        await cases.CloseLeft(TakeFindings.Letters, OfficeTime.At(day), work);
        await cases.CloseLeft(PairDesk.Letters, OfficeTime.At(day), []);
    }
}
