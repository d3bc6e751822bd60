using System.Text.RegularExpressions;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Staff.Officials;

/// <summary>Says which personal number an official has, or that none is known: by it he is refused his own case. Nobody says it of himself.</summary>
internal sealed partial class LinkNumber(Session session, OfficialRows officials, CurrentActor actor, Journal journal)
{
    /// <param name="Number">Twelve digits; blank: none is known.</param>
    internal sealed record Request(Guid Official, string? Number, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var problems = new List<Problem>();
        var number = Read(r.Number, problems);
        FormText.Ground(r.Ground, problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var managed = await officials.ToManage(r.Official);
        if (!managed.Ok(out var official))
        {
            return managed.Problems.ToList();
        }

        if (official.Id == Authority.Self(actor.Value))
        {
            return Problem.Forbidden("staff.not-to-oneself");
        }

        await session.Execute("update staff.official set person_number = $2 where id = $1", official.Id, number.As(NpgsqlTypes.NpgsqlDbType.Text));
        await journal.Add(official.Id, new NumberLinked(number), r.Ground!);
        return Done.It;
    }

    /// <summary>The number as it was typed, without spaces; null where nothing was.</summary>
    public static string? Read(string? text, List<Problem> problems)
    {
        var number = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));
        if (number.Length > 0 && !Digits().IsMatch(number))
        {
            problems.Add(Problem.Invalid("number", "staff.number-malformed"));
        }

        return number.Length == 0 ? null : number;
    }

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex Digits();
}
