using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.Systems;

/// <summary>What a system may read by itself today; asked at each request, so that an agreement that is ended is ended.</summary>
internal sealed class OwnReading(Reads reads, TimeProvider clock)
{
    private const string Sensitive = "sensitive";

    /// <summary>What every agreement gives: to read and ask for a reason, and to open and close the cases of it.</summary>
    private static readonly HashSet<string> Usual = [.. new Enum[] { PopulationPermission.ReadPerson, PopulationPermission.VerifyPerson, JournalPermission.OpenCase }.Select(p => Permission.Of(p).Code)];

    private static readonly HashSet<string> AndSensitive = [.. Usual, Permission.Of(PopulationPermission.ReadSensitive).Code];

    /// <summary>The system as it acts; null where nothing stands that lets it.</summary>
    public async Task<Actor?> Of(string? client) => (await reads.Rows("""
        select c.name, c.agency, r.purposes, r.classes, r.areas, r.whole_province
          from identity.client c join identity.reading r on r.client_id = c.id and r.approved and r.ended_at is null and r.until_on >= $2
         where c.id = $1 and c.ended_at is null
        """, r => Acts(client!, r.GetString(0), r.GetString(1), r.Get<string[]>(2), r.Get<string[]>(3), r.Get<int[]>(4), r.GetBoolean(5)), client ?? "", clock.Today())).FirstOrDefault();

    /// <summary>Readings stand under the agency's name, as its officials' do: a citizen's question arrives there.</summary>
    private static Actor Acts(string client, string name, string agency, string[] purposes, string[] classes, int[] areas, bool wholeProvince) =>
        new($"client:{client}", name, string.Join(' ', agency.Split(' ', StringSplitOptions.RemoveEmptyEntries)), classes.Contains(Sensitive) ? AndSensitive : Usual, areas, wholeProvince)
        {
            Agreement = new Agreement(purposes.ToHashSet(StringComparer.Ordinal), classes.ToHashSet(StringComparer.Ordinal)),
        };
}
