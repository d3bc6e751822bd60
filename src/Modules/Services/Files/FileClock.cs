using SoGoc.Kernel.Time;

namespace SoGoc.Services.Files;

/// <summary>The clock of a file, in working time: runs from the receipt, stands while the file waits for the citizen, ends with the decision
/// (NĐ 61/2018/NĐ-CP, articles 17–19; Thông tư 01/2018/TT-VPCP).</summary>
/// <param name="Total">What the law gives.</param>
/// <param name="Left">What was left when it last began to run, or stands.</param>
/// <param name="Since">Since when it runs; null: it stands.</param>
/// <param name="Due">When it is over; null while it stands.</param>
internal sealed record FileClock(TimeSpan Total, TimeSpan Left, DateTimeOffset? Since, DateTimeOffset? Due)
{
    /// <summary>What comes in after this hour for a procedure of the same day is done the next working day (NĐ 61/2018/NĐ-CP, article 19).</summary>
    private static readonly TimeOnly SameDayUntil = new(15, 0);

    /// <summary>Begins with the receipt. What comes in while offices are closed counts from when they open.</summary>
    public static FileClock Start(OfficeDays days, Term term, DateTimeOffset received)
    {
        var begins = days.Begins(received);
        if (term is { Length: 0 } && TimeOnly.FromDateTime(OfficeTime.Local(begins).DateTime) > SameDayUntil)
        {
            begins = days.Begins(OfficeTime.At(OfficeTime.DayOf(begins).AddDays(1)));
        }

        var due = days.Due(begins, term);
        var total = days.Worked(begins, due);
        return new FileClock(total, total, begins, due);
    }

    /// <summary>The file waits for the citizen.</summary>
    public FileClock Stop(OfficeDays days, DateTimeOffset at) => Since is null ? this : new FileClock(Total, LeftAt(days, at), null, null);

    /// <summary>The citizen has done what he was asked for.</summary>
    /// <param name="anew">The whole time begins again.</param>
    public FileClock Resume(OfficeDays days, DateTimeOffset at, bool anew)
    {
        var (begins, left) = (days.Begins(at), anew ? Total : Left);
        return Since is not null ? this : new FileClock(Total, left, begins, days.After(begins, left));
    }

    /// <summary>What is left; less than nothing, by how much it is late.</summary>
    public TimeSpan LeftAt(OfficeDays days, DateTimeOffset at) => Since is not { } since || Due is not { } due ? Left : at <= due ? Left - days.Worked(since, at) : -days.Worked(due, at);

    /// <summary>How much of the time is used, 1 at its end.</summary>
    public double UsedAt(OfficeDays days, DateTimeOffset at) => Total == TimeSpan.Zero ? 1 : 1 - (LeftAt(days, at) / Total);

    /// <summary>Its end has passed, although no working time may have passed since.</summary>
    public bool IsLate(DateTimeOffset at) => Since is not null && Due < at;

    /// <summary>A new end, promised with an apology before the old one has passed.</summary>
    public FileClock Promise(OfficeDays days, DateTimeOffset due, DateTimeOffset at) => this with { Left = LeftAt(days, at) + days.Worked(Due ?? at, due), Since = at, Due = due };
}
