using System.Text.Json;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Records as tests of acts look at them: now, on another day, in the journal.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal static class Records
{
    /// <summary>The record as it stands.</summary>
    public static Task<PersonState> Record(this Town town, Guid person) => town.Do<IPopulation, PersonState>(async p => await p.Find(person) is { } state ? state : throw new InvalidOperationException("nobody"));

    public static Guid Key(this Reply done) => done["entry"].GetGuid();

    public static string Number(this PersonState p) => p.Facts.Number!.Value.ToString();

    /// <summary>The next day comes; acts of today are then acts of yesterday.</summary>
    public static DateOnly Tomorrow(this Town town)
    {
        town.Clock.MoveTo(town.Clock.Today().AddDays(1));
        return town.Clock.Today();
    }

    /// <summary>The page of a person as an official of a commune turns it back: life on a day, as known on that day.</summary>
    public static Task<Reply> AsOf(this Official official, Guid person, DateOnly? day) =>
        official.Post("/persons/show", new { id = person, asOf = day is { } d ? Family.Day(d) : null, knownOn = day is { } k ? Family.Day(k) : null, purpose = Town.Purpose, @case = Town.Case });

    /// <summary>The same with the journal, for those who may read it.</summary>
    public static Task<Reply> History(this Official official, Guid person, DateOnly? day = null) =>
        official.Post("/persons/history", new { id = person, asOf = day is { } d ? Family.Day(d) : null, knownOn = day is { } k ? Family.Day(k) : null, purpose = Town.Inspection, @case = Town.InspectionCase });

    /// <summary>What a number answers with.</summary>
    public static async Task<JsonElement> LookUp(this Official official, string number) =>
        (await official.Post("/persons/lookup", new { numbers = new[] { number }, fields = new[] { "fullName", "born", "household" }, purpose = Town.Purpose, @case = Town.Case })).Succeeds()["persons"][0];

    /// <summary>Bodies of all entries of a kind in the feed.</summary>
    public static async Task<string> Feed(this Town town, Official inspector, string kind)
    {
        await town.Seal();
        var (told, after) = ("", 0L);
        for (var last = -1L; after != last;)
        {
            last = after;
            var page = (await inspector.Post("/journal/feed", new { after, most = 1000, kinds = new[] { kind }, bodies = true, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds();
            (told, after) = (told + page.Text, page["next"].GetInt64());
        }

        return told;
    }

    /// <summary>What is written beside an entry: kind, cause, whether it closes.</summary>
    public static Task<List<(string Kind, Guid Cause, bool Closes)>> Notes(this Town town, Guid entry) =>
        town.Rows("select kind, cause_id, closes from civil.annotation where entry_id = $1 order by no", r => (r.GetString(0), r.GetGuid(1), r.GetBoolean(2)), entry);

    /// <summary>Kin as (kind, name, number).</summary>
    public static IEnumerable<(KinKind Kind, string? Name, string? Number)> KinOf(this PersonState p, params KinKind[] kinds) =>
        p.Kin.Where(k => kinds.Length == 0 || kinds.Contains(k.Kind)).OrderBy(k => k.Kind).Select(k => (k.Kind, k.Name, k.Number?.ToString()));
}
