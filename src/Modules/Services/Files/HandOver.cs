using NpgsqlTypes;
using SoGoc.Civil;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Files;

/// <summary>Hands a file over to the office that is competent (chuyển hồ sơ; NĐ 61/2018/NĐ-CP, article 17), with a reason, signed. The clock runs on with what is left of it: the citizen waits no longer because he came to the wrong door.</summary>
internal sealed class HandOverFile(FileSteps steps, FileRelay relay, Offices offices, IPen pen)
{
    private const int Least = 10, Longest = 2000;

    /// <param name="Desk">justice or police of a commune, or the code of an agency; empty: the same as now.</param>
    /// <param name="Commune">Code of the commune, for its desks.</param>
    /// <param name="Why">Why this office is not competent; the citizen reads it as it is written.</param>
    internal sealed record Request(string Code, string? Why, string? Desk = null, string? Commune = null);

    /// <param name="Due">When its time is over, as before; null: it was not received yet.</param>
    internal sealed record Handed(string Office, DateTimeOffset? Due);

    public async Task<Outcome<Handed>> Run(Request r)
    {
        var why = (r.Why ?? "").Trim();
        if (why.Length is < Least or > Longest)
        {
            return Problem.Invalid("why", "services.say-why-hand-over");
        }

        var held = await steps.Hold(r.Code);
        if (!held.Ok(out var h))
        {
            return held.Problems.ToList();
        }

        if (h.File.Status is not (FileStatus.Submitted or FileStatus.Received or FileStatus.InHand))
        {
            return Problem.Conflict(h.File.Status.IsOver() ? "services.over" : "services.waits-for-citizen");
        }

        if (h is { File.ActCase: not null, Procedure.Carries.Kind: "partner" })
        {
            return Problem.Conflict("services.agency-is-asked");
        }

        var desk = string.IsNullOrWhiteSpace(r.Desk) ? h.File.Desk : r.Desk.Trim();
        if (h.Procedure.Carries.Kind == "act" && desk != h.File.Desk)
        {
            return Problem.Invalid("desk", "services.act-of-desk");
        }

        var named = await offices.Named(desk, r.Commune);
        if (!named.Ok(out var to))
        {
            return named.Problems.ToList();
        }

        if (to.Area is null && (await offices.Deciding()).All(o => o.Desk != to.Desk))
        {
            return Problem.Invalid("desk", "services.decides-nothing", to.Name);
        }

        if ((to.Area, to.Desk) == (h.File.Area, h.File.Desk))
        {
            return Problem.Conflict("services.same-office") with { Field = to.Area is null ? "desk" : "commune" };
        }

        var entry = FileRelay.Entry(h, to, why);
        await relay.Move(h, to, entry with { Signature = await pen.Sign(entry.Text) });
        return new Handed(to.Name, h.File.Clock?.Due);
    }
}

/// <summary>Makes a file another office's: what the old one has open for it ends, the new one gives it to whom its rule names, or finds it among what nobody has taken yet.</summary>
internal sealed class FileRelay(Session session, FileSteps steps, AssignmentBook assigning)
{
    public static FileHandedOver Entry(FileSteps.InHands h, Office to, string why) =>
        new(h.File.Code, h.File.Office, to.Name, to.Area, to.Desk, why, (int?)h.File.Clock?.LeftAt(h.Days, h.Now).TotalMinutes, null);

    /// <remarks>Beyond the duty, because the file lies outside of it when it has moved; it was found within.</remarks>
    public async Task Move(FileSteps.InHands h, Office to, FileHandedOver entry)
    {
        var begun = h.Procedure.Carries.Kind == "act" && !h.File.Status.IsOver();
        await (begun ? steps.Leave(h) : steps.End(h.File));
        var with = new Statements();
        with.Add("update services.file set area_id = $2, desk = $3, office = $4, holder = null, case_ref = null, act_case = case when $5 then null else act_case end where id = $1",
            h.File.Id, to.Area.As(NpgsqlDbType.Integer), to.Desk, to.Name, begun);
        with.Add("insert into services.former_desk (file_id, code, area_id, desk, office, left_at) values ($1, $2, $3, $4, $5, $6)", h.File.Id, h.File.Code, h.File.Area.As(NpgsqlDbType.Integer), h.File.Desk, h.File.Office, h.Now);
        // Where only the unit above it has changed, nobody need be told.
        await session.BeyondDuty(async () =>
        {
            await steps.Write(h, with, entry, entry.From == entry.To ? null : "services.told-handed-over", h.Procedure.Name, to.Name);
            // What nobody has received yet waits for that.
            if (h.File.Clock is not null && !h.File.Status.IsOver())
            {
                await assigning.Assign(h.File with { Area = to.Area, Desk = to.Desk, Office = to.Name }, h.Procedure, h.Ground);
            }
        });
    }
}

/// <summary>Files whose office is no more, because units or agencies were rearranged, go to what has taken over from it; time and everything else stay.</summary>
internal sealed class FollowOffices(Session session, FileSteps steps, FileRelay relay, IPlaces places, Offices offices, Sentences say, TimeProvider clock)
{
    private const int Most = 200;

    /// <summary>What is not over, and results that nobody has fetched yet.</summary>
    private const string Open = "f.status in (1, 2, 4, 5, 6, 9)";

    /// <param name="Moved">How many have a new office.</param>
    internal sealed record Followed(int Moved);

    public async Task<Outcome<Followed>> Run()
    {
        var held = await session.Rows($"select distinct f.area_id, f.desk, f.office from services.file f where {Open}", r => (Area: r.Maybe<int>(0), Desk: r.GetString(1), Name: r.GetString(2)));
        var moved = 0;
        foreach (var office in held)
        {
            if (!await Gone(office.Area, office.Desk, office.Name))
            {
                continue;
            }

            foreach (var file in await session.Rows($"select {ServiceFile.Columns} from services.file f where {Open} and f.area_id is not distinct from $1 and f.desk = $2 and f.office = $3 order by f.submitted_at limit {Most} for no key update skip locked",
                ServiceFile.Read, office.Area.As(NpgsqlDbType.Integer), office.Desk, office.Name))
            {
                if (await Heir(file) is { } to)
                {
                    var h = await steps.Of(file);
                    await relay.Move(h, to, FileRelay.Entry(h, to, say.All["services.office-rearranged"].Vi));
                    moved++;
                }
            }
        }

        return new Followed(moved);
    }

    private async Task<bool> Gone(int? area, string desk, string name) =>
        area is { } id ? places.Book[id] is { } commune && !commune.Valid.Holds(clock.Today()) : (await offices.Named(desk, null)).Ok(out var agency) && (agency.Desk, agency.Name) != (desk, name);

    /// <summary>The one that has taken over.</summary>
    private async Task<Office?> Heir(ServiceFile file)
    {
        if (file.Area is not { } id)
        {
            return (await offices.Named(file.Desk, null)).Value;
        }

        var commune = await offices.After(id, file.Subject);
        return commune is null ? null : Offices.OfCommune(file.Desk, commune);
    }
}
