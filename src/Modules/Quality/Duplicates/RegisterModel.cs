using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Linkage;

namespace SoGoc.Quality.Duplicates;

/// <summary>By what records of the register are weighed against each other.</summary>
/// <remarks>A clean register holds too few pairs of one person to learn from: learning there takes brothers, or whatever else is alike, for one person. So what such pairs look like was learned once from
/// invented records of several offices, and only how many there are is fitted to the register. Numbers say nothing: each is one record's alone. How the file is made stands in the module's README.</remarks>
internal static class RegisterModel
{
    public const string FileName = "duplicates.model.json";

    /// <summary>In the records that were learned from one in ten is somebody's second; of a register that has been kept carefully it is believed of one in two hundred.</summary>
    private const double Rarer = 0.05;

    /// <summary>Share of an agency's rows that is believed to be about somebody of the register.</summary>
    private const double Found = 0.8;

    /// <summary>How two values of a field can stand to each other.</summary>
    public static readonly string[] Levels = [.. new[] { FieldKind.Name, FieldKind.Date, FieldKind.Sex, FieldKind.Parent, FieldKind.Phone, FieldKind.Address, FieldKind.Place }.SelectMany(LinkModel.LevelsOf).Distinct()];

    public static async Task Bring(NpgsqlConnection connection, string folder, CancellationToken stop)
    {
        await using var bring = connection.CreateCommand("insert into quality.model (json) values ($1) on conflict (one) do update set json = excluded.json", await File.ReadAllTextAsync(Path.Combine(folder, FileName), stop));
        await bring.ExecuteNonQueryAsync(stop);
    }

    /// <summary>As it was learned.</summary>
    public static async Task<LinkModel> Of(Session session) => LinkModel.Parse((await session.Value<string>("select json from quality.model"))!);

    public static async Task<LinkModel> Read(Session session, long rows) => For(await Of(session), rows);

    /// <summary>For a list against the register: most rows are about somebody in it.</summary>
    public static LinkModel ForLists(LinkModel model, long rows, long others)
    {
        var learned = model.Learned!;
        var (times, pairs) = (2.0 * others / learned.Rows, 2.0 * rows * others / ((double)learned.Rows * learned.Rows));
        return model with
        {
            Learned = learned with
            {
                Rows = rows + others,
                Pairs = [.. learned.Pairs.Select((p, n) => n == 0 ? Found * others : p * times)],
                Strangers = [.. learned.Strangers.Select(s => s * pairs)],
            },
        };
    }

    /// <summary>Pairs of one person, of kin and of twins grow with the register, pairs of strangers with its square.</summary>
    public static LinkModel For(LinkModel model, long rows)
    {
        var learned = model.Learned!;
        var times = (double)rows / learned.Rows;
        return model with
        {
            Learned = learned with
            {
                Rows = rows,
                Pairs = [.. learned.Pairs.Select((p, n) => p * times * (n == 0 ? Rarer : 1))],
                Strangers = [.. learned.Strangers.Select(s => s * times * times)],
            },
        };
    }
}
