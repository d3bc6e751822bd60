using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;

namespace SoGoc.Services.Procedures;

/// <summary>The procedures of the province, or those that a few everyday words mean: "lam giay khai sinh", "mất thẻ căn cước".</summary>
internal sealed class ListProcedures(ProcedureBook book, TimeProvider clock)
{
    /// <param name="Words">As people say it, with or without marks; empty: all.</param>
    /// <param name="Programme">Code of a list: de-an-06-25.</param>
    /// <param name="Event">An occasion of life: child, death, moving, work, fourteen.</param>
    internal sealed record Request(string? Words = null, string? Programme = null, string? Event = null, string? Sector = null);

    /// <param name="No">Its place in the programme that was asked for.</param>
    /// <param name="Desk">Who decides today: justice or police of the commune, or the code of an agency.</param>
    /// <param name="Fee">Online, in đồng; the least, where it depends on what is filled in.</param>
    /// <param name="MostFee">The most.</param>
    internal sealed record Line(string Code, string Name, string NameEn, string About, string AboutEn, string Sector, IReadOnlyList<string> Events, int? No, string? Desk, string Term, int Fee, int MostFee);

    internal sealed record Listed(IReadOnlyList<Line> Procedures);

    public async Task<Outcome<Listed>> Run(Request r)
    {
        var today = clock.Today();
        var all = (await book.Published()).Select(e => e.Procedure)
            .Where(p => (r.Programme is null || p.Programmes.Any(g => g.Code == r.Programme)) && (r.Event is null || p.Events.Contains(r.Event)) && (r.Sector is null || p.Sector == r.Sector));
        var asked = Tokens(r.Words);
        var found = asked.Length == 0 ? all.OrderBy(p => p.Programmes.FirstOrDefault(g => g.Code == r.Programme)?.No ?? int.MaxValue).ThenBy(p => p.Name, ProcedureBook.Alphabet)
            : all.Select(p => (Procedure: p, Rank: Rank(p, asked))).Where(x => x.Rank > 0).OrderByDescending(x => x.Rank).ThenBy(x => x.Procedure.Name, ProcedureBook.Alphabet).Select(x => x.Procedure);
        return new Listed([.. found.Select(p => new Line(p.Code, p.Name, p.NameEn, p.About, p.AboutEn, p.Sector, p.Events, p.Programmes.FirstOrDefault(g => g.Code == r.Programme)?.No, p.Office(today)?.Desk, p.Term.ToString(), p.CostOf(Channel.Online, today).Least, p.CostOf(Channel.Online, today).Most))]);
    }

    /// <summary>Words that say nothing of what is wanted.</summary>
    private static readonly HashSet<string> Empty = [.. "lam xin toi muon can cho cua va di ve bi o de the nao giay to thu tuc dang ky cap".Split(' ')];

    /// <summary>How well a procedure answers: most by one of its everyday names, then by its title, least by its text. Words that nearly every procedure has count little.</summary>
    private static double Rank(Procedure p, string[] asked)
    {
        var (title, about) = (Tokens(p.Name), Tokens(p.About));
        var names = p.Words.Select(Tokens).ToList();
        double Share(string[] of) => asked.Sum(t => of.Contains(t) ? Empty.Contains(t) ? 0.2 : 1 : of.Any(o => t.Length > 2 && o.StartsWith(t, StringComparison.Ordinal)) ? 0.6 : 0) / asked.Sum(t => Empty.Contains(t) ? 0.2 : 1);
        var best = Math.Max(names.Select(n => Share(n) * (0.7 + (0.3 * Said(n, asked)))).DefaultIfEmpty().Max() * 1.2, Share(title));
        var rank = Math.Max(best, Share(about) * 0.5);
        return rank >= 0.5 ? rank : 0;
    }

    /// <summary>How much of a name was said.</summary>
    private static double Said(string[] name, string[] asked) => name.Length == 0 ? 0 : (double)name.Count(asked.Contains) / name.Length;

    private static string[] Tokens(string? text) => [.. NameKey.Of(text ?? "").Split([' ', ',', '.', '-', '/', '(', ')', ';', ':'], StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
