using System.Security.Cryptography;
using System.Text;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Staff.Officials;

namespace SoGoc.Staff.Agencies;

internal sealed record AgencyOpened(string Code, string Name, int? Area, DateOnly From) : IEntry
{
    public static string Kind => "staff.agency-opened";
}

/// <param name="Until">The first day it is no more.</param>
internal sealed record AgencyClosed(string Code, DateOnly Until, string? Successor) : IEntry
{
    public static string Kind => "staff.agency-closed";
}

/// <param name="Valid">While it is there.</param>
internal sealed record Agency(string Code, string Name, string EidCode, int? Area, Period Valid, string? Successor, string? SuccessorName, long Officials);

/// <summary>All agencies, those of today first.</summary>
internal sealed class ListAgencies(Session session, TimeProvider clock)
{
    internal sealed record Request;

    public async Task<Outcome<IReadOnlyList<Agency>>> Run(Request _) => await session.Rows("""
        select a.code, a.name, a.eid_code, a.area_id, a.valid, a.successor, s.name, (select count(*) from staff.official o where o.agency_code = a.code and o.active)
          from staff.agency a left join staff.agency s on s.code = a.successor order by a.valid @> $1 desc, a.name
        """, r => new Agency(r.GetString(0), r.GetString(1), r.GetString(2), r.Maybe<int>(3), Period.Of(r.Get<NpgsqlRange<DateOnly>>(4)), r.Text(5), r.Text(6), r.GetInt64(7)), clock.Today());
}

/// <summary>Enters a new agency.</summary>
internal sealed class OpenAgency(Session session, Authority authority, Journal journal, TimeProvider clock)
{
    private const int LongestName = 200;

    /// <param name="Area">Code of the unit it serves; empty: the province.</param>
    internal sealed record Request(string? Code, string? Name, string? Area, string? From, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var problems = new List<Problem>();
        var (code, name) = ((r.Code ?? "").Trim().ToUpperInvariant(), (r.Name ?? "").Trim());
        if (code.Length is 0 or > 20 || !code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            problems.Add(Problem.Invalid("code", "staff.agency-code"));
        }

        if (name.Length is 0 or > LongestName)
        {
            problems.Add(Problem.Invalid("name", "staff.name-missing"));
        }

        var from = FormText.Day(r.From, "from", problems) ?? clock.Today();
        var (area, unknown) = authority.Area(r.Area);
        FormText.Ground(r.Ground, problems);
        if (unknown is not null || await authority.Over(area) is { } outside && (unknown = outside) is not null)
        {
            problems.Add(unknown);
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        if (await session.Execute("insert into staff.agency (code, name, area_id, valid) values ($1, $2, $3, daterange($4, null)) on conflict (code) do nothing", code, name, ((object?)area).As(NpgsqlDbType.Integer), from) == 0)
        {
            return Problem.Conflict("staff.agency-taken");
        }

        await journal.Add(Agencies.Subject(code), new AgencyOpened(code, name, area, from), r.Ground!);
        return Done.It;
    }
}

/// <summary>An agency is no more from a day on; its officials act for the one that took its work over.</summary>
internal sealed class CloseAgency(Session session, Authority authority, Journal journal, TimeProvider clock)
{
    /// <param name="On">The first day it is no more; today if none.</param>
    /// <param name="Successor">Code of the agency that takes over; empty: none does.</param>
    internal sealed record Request(string? Code, string? On, string? Successor, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var problems = new List<Problem>();
        var day = FormText.Day(r.On, "on", problems) ?? clock.Today();
        FormText.Ground(r.Ground, problems);
        var agency = await session.Row("select area_id, valid from staff.agency where code = $1 for update", x => Tuple.Create(x.Maybe<int>(0), Period.Of(x.Get<NpgsqlRange<DateOnly>>(1))), r.Code ?? "");
        var successor = string.IsNullOrWhiteSpace(r.Successor) ? null : r.Successor.Trim();
        if (agency is null || !agency.Item2.Holds(day) || agency.Item2.From == day)
        {
            problems.Add(Problem.Conflict("staff.agency-gone"));
        }
        else if (await authority.Over(agency.Item1) is { } outside)
        {
            problems.Add(outside);
        }

        if (successor is not null && !await session.Value<bool>("select exists (select from staff.agency where code = $1 and valid @> $2)", successor, day))
        {
            problems.Add(Problem.Invalid("successor", "staff.no-agency"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        await session.Execute("update staff.agency set valid = daterange(lower(valid), $2), successor = $3 where code = $1", r.Code, day, successor);
        await journal.Add(Agencies.Subject(r.Code!), new AgencyClosed(r.Code!, day, successor), r.Ground!);
        return Done.It;
    }
}

internal static class Agencies
{
    /// <summary>The record under which an agency's changes stand in the journal.</summary>
    public static Guid Subject(string code) => new(SHA256.HashData(Encoding.UTF8.GetBytes("staff.agency " + code)).AsSpan(0, 16));
}
