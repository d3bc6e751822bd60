using System.Text.Json;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Linkage;

namespace SoGoc.Quality.Duplicates;

/// <summary>Two records that may be of one person, and what speaks for it.</summary>
/// <param name="A">One record.</param>
/// <param name="B">The other.</param>
/// <param name="Weight">What the evidence says, in bits.</param>
/// <param name="Probability">The same as a chance, 0 to 1.</param>
/// <param name="Band">sure or look.</param>
/// <param name="Prior">What the odds are that any two records are of one person, in bits.</param>
/// <param name="Evidence">Piece by piece; with the start and <see cref="Correction"/> it makes the weight.</param>
/// <param name="State">open, asked, same, different, gone.</param>
/// <param name="Act">The act that joined them.</param>
/// <param name="Counter">birth, number: at which counter they were told apart; null: on the page of the pair.</param>
/// <param name="CounterOffice">In which office.</param>
/// <param name="DecidedName">The name of who decided.</param>
/// <param name="DecidedOffice">His office.</param>
internal sealed record Pair(Guid Id, Guid A, Guid B, float Weight, float Probability, string Band, float Prior, IReadOnlyList<Evidence> Evidence, DateTimeOffset FoundAt, string State, DateTimeOffset? DecidedAt, string? DecidedBy, string? Ground, Guid? Act, string? Counter = null, string? CounterOffice = null, string? DecidedName = null, string? DecidedOffice = null)
{
    public const string Open = "open", Asked = "asked", Same = "same", Different = "different", Gone = "gone";

    /// <summary>Letters of a ground.</summary>
    public const int MostGround = 1000;

    public static readonly string[] States = [Open, Asked, Same, Different, Gone];

    private const string Columns = "d.id, d.a, d.b, d.weight, d.probability, d.band, d.prior, d.evidence::text, d.found_at, d.state, d.decided_at, d.decided_by, d.ground, d.act, d.counter, d.counter_office, d.decided_name, d.decided_office";

    /// <summary>Of two records, by the more or the less of what is known the better one to keep is not guessed: the one with a number, else the older record.</summary>
    public static Task<Pair?> Find(Session session, Guid id, bool hold = false) => session.Row($"select {Columns} from quality.pair d where d.id = $1 {(hold ? "for no key update" : "")}", Read, id);

    public static Task<List<Pair>> Among(Session session, string where, params object?[] values) => session.Rows($"select {Columns} from quality.pair d {where}", Read, values);

    /// <summary>What the pieces say twice over: the pair was brought up because it is alike, and kin, twins and people of one place are alike in several ways at once.</summary>
    public double Correction => Weight - Prior - Evidence.Sum(e => e.Weight);

    /// <summary>The weight toned down, for what is compared is less independent than adding supposes: the chance follows from this, each unit doubling the odds.</summary>
    public double Toned => LinkPair.Tone(Weight);

    /// <summary>Whether it waits for somebody to decide.</summary>
    public bool Waits => State is Open or Asked;

    private static Pair Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.GetGuid(1), r.GetGuid(2), r.GetFloat(3), r.GetFloat(4), r.GetString(5), r.GetFloat(6),
        JsonSerializer.Deserialize<Evidence[]>(r.GetString(7), Journal.Json)!, r.Get<DateTimeOffset>(8), r.GetString(9), r.Maybe<DateTimeOffset>(10), r.Text(11), r.Text(12), r.Maybe<Guid>(13), r.Text(14), r.Text(15), r.Text(16), r.Text(17));
}
