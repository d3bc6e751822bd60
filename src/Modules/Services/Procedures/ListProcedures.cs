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
    /// <param name="Stated">The office tells what is paid, or what is paid besides, for each file.</param>
    internal sealed record Line(string Code, string Name, string NameEn, string About, string AboutEn, string Sector, IReadOnlyList<string> Events, int? No, string? Desk, string Term, int Fee, int MostFee, bool Stated);

    internal sealed record Listed(IReadOnlyList<Line> Procedures);

    public async Task<Outcome<Listed>> Run(Request r)
    {
        var today = clock.Today();
        var published = await book.Published();
        var all = published.Where(e => e.Procedure is var p && (r.Programme is null || p.Programmes.Any(g => g.Code == r.Programme)) && (r.Event is null || p.Events.Contains(r.Event)) && (r.Sector is null || p.Sector == r.Sector));
        var asked = Tokens(r.Words);
        var sought = asked.Length == 0 ? null : new Sought(asked, published);
        var found = sought is null ? all.OrderBy(e => e.Procedure.Programmes.FirstOrDefault(g => g.Code == r.Programme)?.No ?? int.MaxValue).ThenBy(e => English.Of(e.Procedure).Name, ProcedureBook.Alphabet)
            : all.Select(e => (Edition: e, Rank: sought.Rank(e))).Where(x => x.Rank > 0).OrderByDescending(x => x.Rank).ThenBy(x => x.Edition.Procedure.Name, ProcedureBook.Alphabet).Select(x => x.Edition);
        return new Listed([.. found.Select(e => Of(e.Procedure, r, today))]);
    }

    private static Line Of(Procedure p, Request r, DateOnly today)
    {
        var cost = p.CostOf(Channel.Online, today);
        return new Line(p.Code, p.Name, p.NameEn, p.About, p.AboutEn, p.Sector, p.Events, p.Programmes.FirstOrDefault(g => g.Code == r.Programme)?.No, p.Office(today)?.Desk, p.Term.ToString(), cost.Least, cost.Most, cost.Stated);
    }

    internal static string[] Tokens(string? text) => [.. NameKey.Of(text ?? "").Split([' ', ',', '.', '-', '/', '(', ')', ';', ':'], StringSplitOptions.RemoveEmptyEntries).Distinct()];

    /// <summary>What is looked for. A word counts the more the fewer procedures are called by it: who says "con chết" is not answered with what is there for a child.</summary>
    private sealed class Sought
    {
        /// <summary>Words that say nothing of what is wanted.</summary>
        private static readonly HashSet<string> Empty = [.. "lam xin toi muon can cho cua va di ve bi o de the nao giay to thu tuc dang ky cap i a an my want need how of in is for and".Split(' ')];

        private const double Little = 0.2, Begun = 0.6, Enough = 0.5;

        private readonly (string Word, double Weight)[] asked;

        public Sought(string[] words, IReadOnlyList<Edition> all)
        {
            var often = all.SelectMany(e => Names(e).SelectMany(t => t).Distinct()).CountBy(t => t).ToDictionary();
            asked = [.. words.Select(w => often.ContainsKey(w) || Empty.Contains(w) ? w : often.Keys.FirstOrDefault(k => IsSlip(w, k)) ?? w).Distinct().Select(w => (w, Empty.Contains(w) ? Little : 1 / Math.Sqrt(often.GetValueOrDefault(w, 1))))];
        }

        /// <summary>How well a procedure answers: most by one of its names, the more of it was said the better, least by its text.</summary>
        public double Rank(Edition e)
        {
            var best = Names(e).Max(n => Share(n) * (0.7 + (0.3 * Said(n))));
            var rank = Math.Max(best, Share(e.About) * Enough);
            return rank >= Enough * 0.7 ? rank : 0;
        }

        private static IEnumerable<string[]> Names(Edition e) => English.Chosen ? e.Names.Concat(e.EnglishNames) : e.Names;

        /// <summary>How much of what was asked is among these words.</summary>
        private double Share(string[] of) => asked.Sum(a => a.Weight * (of.Contains(a.Word) ? 1 : of.Any(o => a.Word.Length > 2 && o.StartsWith(a.Word, StringComparison.Ordinal)) ? Begun : 0)) / asked.Sum(a => a.Weight);

        /// <summary>How much of a name was said.</summary>
        private double Said(string[] name) => name.Length == 0 ? 0 : (double)name.Count(n => asked.Any(a => a.Word == n)) / name.Length;

        /// <summary>One letter is wrong, missing or too many, or two stand the wrong way round.</summary>
        private static bool IsSlip(string typed, string word)
        {
            if (typed.Length < 3 || Math.Abs(typed.Length - word.Length) > 1)
            {
                return false;
            }

            var same = typed.AsSpan().CommonPrefixLength(word);
            var (a, b) = (typed[same..], word[same..]);
            return a.Length > 1 && b.Length > 1 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]
                || (a.Length == b.Length ? a[1..] == b[1..] : a.Length > b.Length ? a[1..] == b : a == b[1..]);
        }
    }
}
