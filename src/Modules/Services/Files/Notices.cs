using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Files;

/// <summary>Warns of files of whose time half, three quarters and nine tenths are used: who has the file is told of each once, and who leads the desk of the last. A file that nobody has is told to the head.</summary>
internal sealed class WarnFiles(Session session, TimeProvider clock)
{
    private const int Most = 200;

    private static readonly (short Share, string Kind)[] Shares = [(50, "half"), (75, "near"), (90, "last")];

    /// <param name="Looked">Clocks that were looked at.</param>
    internal sealed record Warned(int Looked);

    public async Task<Outcome<Warned>> Run()
    {
        var (now, days) = (clock.GetUtcNow(), await OfficeDays.Read(session));
        var due = await session.Rows($"select {ServiceFile.Columns}, f.warned from services.file f where f.warn_at <= $1 order by f.warn_at limit {Most} for no key update skip locked", r => (File: ServiceFile.Read(r), Warned: r.GetInt16(ServiceFile.Count)), now);
        foreach (var (file, warned) in due)
        {
            var used = file.Clock!.UsedAt(days, now) * 100;
            var reached = Shares.LastOrDefault(s => used >= s.Share && s.Share > warned);
            var last = Math.Max(reached.Share, warned);
            var next = Shares.FirstOrDefault(s => s.Share > last && s.Share > used).Share;
            var with = new Statements();
            if (reached.Share > 0)
            {
                Tell(with, file, reached.Kind, now);
            }

            // Working time that is still to pass until the next share, from now.
            with.Add("update services.file set warned = $2, warn_at = $3 where id = $1", file.Id, last, (next == 0 ? null : (DateTimeOffset?)days.After(days.Begins(now), file.Clock.Total * ((next - used) / 100))).As(NpgsqlTypes.NpgsqlDbType.TimestampTz));
            await session.Execute(with);
        }

        return new Warned(due.Count);
    }

    private static void Tell(Statements with, ServiceFile file, string kind, DateTimeOffset now)
    {
        if (file.Holder is { } holder)
        {
            with.Add("insert into services.notice (file_id, kind, for_head, holder, at) values ($1, $2, false, $3, $4) on conflict do nothing", file.Id, kind, holder, now);
        }

        if (kind == Shares[^1].Kind || file.Holder is null)
        {
            with.Add("insert into services.notice (file_id, kind, for_head, at) values ($1, $2, true, $3) on conflict do nothing", file.Id, kind, now);
        }
    }
}

/// <summary>What an official is told of his files, and has not looked at; who stands in for him is told too.</summary>
internal sealed class ListNotices(Session session, ProcedureBook procedures, IColleagues colleagues, CurrentActor actor)
{
    private const int Most = 50;

    internal sealed record Request;

    /// <param name="Kind">half, near, last: 50, 75 and 90 in 100 of its time are used; comment: something was said about it.</param>
    internal sealed record Line(string Code, string Name, string Kind, DateTimeOffset At, DateTimeOffset? Due);

    internal sealed record Listed(IReadOnlyList<Line> Notices);

    public async Task<Outcome<Listed>> Run(Request _)
    {
        var found = await session.Rows($"select {ServiceFile.Columns}, n.kind, n.at from services.notice n join services.file f on f.id = n.file_id where {Notice.IsHis} order by f.due_at nulls last, n.at limit {Most}",
            r => (File: ServiceFile.Read(r), Kind: r.GetString(ServiceFile.Count), At: r.Get<DateTimeOffset>(ServiceFile.Count + 1)), await Notice.Reader(colleagues, actor.Value));
        var lines = new List<Line>();
        foreach (var (file, kind, at) in found)
        {
            lines.Add(new Line(file.Code, (await procedures.Of(file.Procedure, file.Version)).Procedure.Name, kind, at, file.Clock?.Due));
        }

        return new Listed(lines);
    }
}

/// <summary>Which notices are an official's.</summary>
internal static class Notice
{
    /// <summary>SQL: notices n of files f that are not over, where $1 to $4 are what <see cref="Reader"/> says.</summary>
    public const string IsHis = "n.seen_at is null and f.status in (1, 2, 4, 5, 6) and (n.holder = any($3) or (n.for_head and $4)) and " + Desks.Served;

    public static async Task<object?[]> Reader(IColleagues colleagues, Actor who) =>
        [Desks.Of(who), Desks.Agency(who), await Hands(colleagues, who), who.May(Permission.Of(ServicesPermission.AssignFiles))];

    /// <summary>Whose files are his: his own, and those of whom he stands in for.</summary>
    public static async Task<string[]> Hands(IColleagues colleagues, Actor who) => [.. new[] { who.Holder }.Concat((await colleagues.StoodInFor()).Select(c => c.Reference)).Distinct()];
}
