using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Population;

namespace SoGoc.Services.Files;

/// <summary>Finds files of the desks that an official serves, by one field: the code or its end, the personal number, or the name of who handed it in or whom it is about, with marks or without. Whoever is named by it was read, for the case of his file.</summary>
internal sealed class FindFiles(Session session, FileSteps steps, FileLines lines, Journal journal, CurrentActor actor)
{
    private const int Most = 20, LeastLetters = 2;

    private const string Open = "f.status in (1, 2, 4, 5, 6, 9)";

    /// <param name="Text">Code, number or name.</param>
    internal sealed record Request([MaxLength(100)] string? Text);

    /// <param name="Name">Of whom it is about, or who has handed it in, where he was sought by name or number.</param>
    internal sealed record Hit(FileLine File, string? Name);

    /// <param name="More">There are others; say more of the name.</param>
    internal sealed record Found(IReadOnlyList<Hit> Files, bool More);

    public async Task<Outcome<Found>> Run(Request r)
    {
        var text = (r.Text ?? "").Trim();
        var words = NameKey.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Sum(w => w.Length) < LeastLetters)
        {
            return Problem.Invalid("text", "services.say-whom");
        }

        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var byNumber = PersonalNumber.TryParse(text, out var number);
        var byCode = !byNumber && digits.Length > 0;
        var names = byCode ? [] : await Named(byNumber ? "p.number = $2" : "string_to_array(p.name_key, ' ') @> $2", byNumber ? number.ToString() : words);
        var files = byCode ? await ByCode(text) : await ByPerson([.. names.Keys]);
        var hits = new List<Hit>();
        foreach (var file in files.Take(Most))
        {
            var name = names.GetValueOrDefault(file.Subject) ?? names.GetValueOrDefault(file.Applicant);
            if (name is not null)
            {
                // A result that waits to be handed over has no case any more: its reading stands under the code.
                await journal.Disclose([.. new[] { file.Subject, file.Applicant }.Where(names.ContainsKey).Distinct()], ["identity"], FileSteps.Purpose, file.Status.IsOver() ? file.Code : await steps.Case(file));
            }

            hits.Add(new Hit(await lines.Of(file), name));
        }

        return new Found(hits, files.Count > Most);
    }

    private object?[] Served => [Desks.Of(actor.Value), Desks.Agency(actor.Value)];

    /// <summary>A whole code, of whatever day; else its end, of what is open.</summary>
    private async Task<List<ServiceFile>> ByCode(string text) =>
        await session.Rows($"select {ServiceFile.Columns} from services.file f where {Desks.Served} and f.code = $3", ServiceFile.Read, [.. Served, text.ToUpperInvariant()]) is { Count: > 0 } whole ? whole
            : await session.Rows($"select {ServiceFile.Columns} from services.file f where {Desks.Served} and {Open} and f.code like $3 order by f.submitted_at desc limit {Most + 1}", ServiceFile.Read, [.. Served, End(text)]);

    /// <summary>Who of those whom the open files of the desk are about bears the name. He may live elsewhere: it is the file that lies within the duty.</summary>
    private async Task<Dictionary<Guid, string>> Named(string who, object what)
    {
        var about = await session.Rows($"select f.subject_id from services.file f where {Desks.Served} and {Open} union select f.applicant_id from services.file f where {Desks.Served} and {Open}", r => r.GetGuid(0), Served);
        return (await session.BeyondDuty(() => session.Rows($"select p.id, p.full_name from population.person p where p.id = any($1) and {who} and (p.confidential = 0 or $3)",
            r => (r.GetGuid(0), r.GetString(1)), about.ToArray(), what, actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential))))).ToDictionary();
    }

    private Task<List<ServiceFile>> ByPerson(Guid[] persons) => session.Rows($"""
        select {ServiceFile.Columns} from services.file f where {Desks.Served} and {Open} and (f.subject_id = any($3) or f.applicant_id = any($3)) order by f.due_at nulls last, f.submitted_at limit {Most + 1}
        """, ServiceFile.Read, [.. Served, persons]);

    /// <summary>What stands at the end of a code: its number of the day, with as much before it as was typed.</summary>
    private static string End(string text) => "%" + new string([.. text.ToUpperInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-')]);
}
