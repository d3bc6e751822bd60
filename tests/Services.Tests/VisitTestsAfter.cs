using System.Text.RegularExpressions;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Services.Visits;

namespace SoGoc.Services.Tests;

public sealed partial class VisitTests
{
    [Fact]
    public async Task A_file_is_taken_in_from_the_called_number_and_nothing_is_typed()
    {
        At("01/12/2026 08:00");
        using var clerk = await town.As("congan");
        var visit = (await clerk.Post("/visits/book", new { procedure = Card, number = Number(await town.Resident()), at = Time("02/12/2026 08:00") })).Succeeds()["code"].GetString();
        At("02/12/2026 08:01");
        (await clerk.Post("/queue/give", new { visit })).Succeeds();
        var turn = (await Next(clerk)).Id;
        // The number in hand is his ground who has it in hand, and nobody else's.
        using var colleague = await town.As("canbo");
        (await colleague.Post("/files/look", new { procedure = Card, turn })).Refuses("services.nobody-booked");
        using var page = town.Sit();
        await page.SignIn("congan");
        (await page.Get("/mot-cua/quay")).Succeeds().Says("Đã đặt lịch", "Tiếp nhận hồ sơ đã hẹn");
        var form = (await page.Send("/mot-cua/tiep-nhan?handler=Look", ("thu-tuc", Card), ("so", turn.ToString()))).Succeeds().Says("Sổ gốc đã biết");
        var hidden = Hidden().Matches(form.Text).Select(m => (m.Groups[1].Value, (string?)m.Groups[2].Value)).Where(f => f.Item1 is not "__RequestVerificationToken").DistinctBy(f => f.Item1);
        var answers = town.Answers(AllServicesTests.Procedure(Card)).Select(a => ("answers." + a.Key, (string?)a.Value));
        (await page.Send("/mot-cua/tiep-nhan", [.. hidden, .. answers])).Succeeds().Says("Giấy tiếp nhận hồ sơ", "Về hàng chờ");
        Assert.Equal(1, await town.Value<long>("select count(*) from services.file f join services.visit v on v.person_id = f.applicant_id join services.turn t on t.visit_id = v.id where t.id = $1 and f.procedure = $2", turn, Card));
        Assert.Equal(1, await town.Value<long>("select count(distinct d.case_ref) from journal.disclosure d join services.visit v on v.person_id = d.subject join services.turn t on t.visit_id = v.id where t.id = $1", turn));
        (await clerk.Post("/queue/done", new { turn })).Succeeds();
        (await clerk.Post("/files/look", new { procedure = Card, turn })).Refuses("services.nobody-booked");
    }

    [Fact]
    public async Task At_the_door_a_browser_has_one_number_an_address_a_few_and_none_at_night()
    {
        At("03/12/2026 05:30");
        await town.Execute("delete from kernel.rate");
        var door = $"/quay/{town.Commune.Code}";
        using var early = town.Sit();
        Assert.DoesNotContain("Lấy số</button>", (await early.Get(door)).Succeeds().Says("Cơ quan chưa mở cửa").Text, StringComparison.Ordinal);
        (await early.Send(door)).Refuses("services.queue-closed");
        At("03/12/2026 06:30");
        (await early.Send(door)).Succeeds().Says("Số của bạn", "Bạn là người tiếp theo");
        (await early.Send(door)).Succeeds();
        Assert.Equal(1, await town.Value<long>("select count(*) from services.turn where day = '2026-12-03'"));
        for (var i = 0; i < 4; i++)
        {
            using var more = town.Sit();
            (await more.Send(door)).Succeeds();
        }

        using var much = town.Sit();
        (await much.Send(door)).Refuses("kernel.too-often");
        await town.Execute("update kernel.rule set value = '5' where key = 'services.queue-self-most'");
        await town.Execute("delete from kernel.rate");
        (await much.Send(door)).Refuses("services.queue-long");
        await town.Execute("update kernel.rule set value = '30' where key = 'services.queue-self-most'");
        // The clerk knows no such bound.
        using var clerk = await town.As("canbo");
        Assert.Equal(6, (await clerk.Post("/queue/give", new { })).Succeeds()["no"].GetInt32());
        (await Next(clerk)).ToString();
        (await early.Get(door)).Succeeds().Says("Mời đến quầy 1");
        Assert.Equal(0, await town.Value<long>("select count(*) from services.turn where day = '2026-12-03' and visit_id is not null"));
    }

    [Fact]
    public async Task The_display_names_nobody_and_tells_no_time_until_enough_were_served()
    {
        At("04/12/2026 08:00");
        using var clerk = await town.As("canbo");
        var person = await town.Resident();
        var visit = (await clerk.Post("/visits/book", new { procedure = Absence, number = Number(person), at = Time("04/12/2026 08:30") })).Succeeds()["code"].GetString();
        At("04/12/2026 08:29");
        (await clerk.Post("/queue/give", new { visit })).Succeeds();
        for (var i = 0; i < 8; i++)
        {
            (await clerk.Post("/queue/give", new { })).Succeeds();
        }

        using var room = town.Sit();
        var screen = $"/quay/{town.Commune.Code}/man-hinh";
        (await room.Get(screen)).Succeeds().Says("9 người đang chờ", "chưa đủ số liệu", "Chưa gọi số nào");
        At("04/12/2026 08:30");
        for (var i = 0; i < 6; i++)
        {
            await Next(clerk);
            At($"04/12/2026 08:{30 + (4 * (i + 1))}");
        }

        // Five were served in four minutes each; three wait for one window.
        var shown = (await room.Get(screen)).Succeeds().Says("3 người đang chờ", "khoảng 15 phút", "quầy 1");
        Assert.DoesNotContain(person.Facts.FullName!, shown.Text, StringComparison.Ordinal);
        using var stranger = town.Stranger();
        Assert.DoesNotContain("visit", (await stranger.Post("/queue/board", new { counter = town.Commune.Code })).Succeeds().Text, StringComparison.OrdinalIgnoreCase);
        (await room.Get("/quay/00000/man-hinh")).Refuses("services.no-counter");
    }

    [Fact]
    public async Task After_the_day_its_numbers_are_summed_up_and_deleted_and_leaders_see_how_long_people_waited()
    {
        At("07/12/2026 08:00");
        using var clerk = await town.As("canbo");
        using var leader = await town.As("lanhdao");
        var person = await town.Resident();
        var missed = (await clerk.Post("/visits/book", new { procedure = Absence, number = Number(person), at = Time("07/12/2026 16:00") })).Succeeds()["code"].GetString()!.Replace(" ", "");
        foreach (var wait in new[] { 2, 10, 31 })
        {
            At("07/12/2026 08:00");
            (await clerk.Post("/queue/give", new { })).Succeeds();
            At($"07/12/2026 08:{wait:00}");
            await Next(clerk);
        }

        async Task<(string?, string?, int, int, int)> Seen() => (await leader.Post("/services/waits", new { from = "2026-12-07", to = "2026-12-07", area = town.Commune.Id, desk = "police" })).Succeeds()["lines"].EnumerateArray().Select(l => (l.GetProperty("office").GetString(), l.GetProperty("day").GetString(), l.GetProperty("waits").GetProperty("called").GetInt32(), l.GetProperty("waits").GetProperty("median").GetInt32(), l.GetProperty("waits").GetProperty("longest").GetInt32())).Single();
        var expected = ($"Bộ phận một cửa {town.Commune.FullName}", "2026-12-07", 3, 10, 31);
        Assert.Equal(expected, await Seen());
        Assert.Equal(10, (await clerk.Post("/queue/show", new { })).Succeeds()["today"].GetProperty("median").GetInt32());
        At("08/12/2026 01:00");
        await town.Do<CloseDays, CloseDays.Closed>(f => f.Run());
        Assert.Equal((0, "missed"), (await town.Value<long>("select count(*) from services.turn where day < '2026-12-08'"), await town.Value<string>("select state from services.visit where code = $1", missed)));
        Assert.Equal(expected, await Seen());
        using var page = town.Sit();
        await page.SignIn("lanhdao");
        (await page.Get($"/chi-so?tu=07/12/2026&den=07/12/2026")).Succeeds().Says("Thời gian chờ ở quầy", "lâu nhất 31 phút");
        (await clerk.Post("/services/waits", new { })).Refuses("kernel.not-permitted");
        // Thirty days on nothing tells any more who had booked.
        At("07/01/2027 01:00");
        await town.Do<CloseDays, CloseDays.Closed>(f => f.Run());
        Assert.Equal(0, await town.Value<long>("select count(*) from services.visit where code = $1", missed));
    }

    [Fact]
    public async Task Bookings_follow_a_counter_that_is_merged_away_end_with_who_has_died_and_give_no_number_once_cancelled()
    {
        At("25/11/2026 08:00");
        using var clerk = await town.As("canbo");
        var (moves, doubled, dies) = (await town.Resident(), await town.Resident(), await town.Resident());
        using var citizen = await town.AtHome(moves);
        async Task<string> Book(PersonState person, string at) => (await clerk.Post("/visits/book", new { procedure = Absence, number = Number(person), at = Time(at) })).Succeeds()["code"].GetString()!.Replace(" ", "");
        var (merged, twice, ends) = (await Book(moves, "09/12/2026 08:00"), await Book(doubled, "09/12/2026 08:30"), await Book(dies, "09/12/2026 09:00"));
        var before = town.Places.All.First(a => a.Level == AreaLevel.Commune && !a.Valid.Holds(town.Clock.Today()) && town.Places.Resolve(a, town.Clock.Today()).Area?.Id == town.Commune.Id);
        await town.Execute("update services.visit set counter = $2::text, area_id = $2, office = 'Bộ phận cũ' where code = any($1)", new[] { merged, twice }, before.Id);
        await town.Execute("update services.visit_slot set counter = $1::text where starts_at = any($2)", before.Id, new[] { Time("09/12/2026 08:00"), Time("09/12/2026 08:30") });
        var stays = await Book(doubled, "09/12/2026 10:00");
        Assert.Equal(2, (await town.Do<FollowCounters, FollowOffices.Followed>(f => f.Run())).Moved);
        Assert.Equal(0, (await town.Do<FollowCounters, FollowOffices.Followed>(f => f.Run())).Moved);
        Task<string?> State(string code) => town.Value<string?>("select state || ' ' || counter from services.visit where code = $1", code);
        Assert.Equal(($"open {town.Commune.Id}", $"cancelled {before.Id}", $"open {town.Commune.Id}"), (await State(merged), await State(twice), await State(stays)));
        Assert.Equal((3, 4), (await Free(Time("09/12/2026 08:00")), await Free(Time("09/12/2026 08:30"))));
        Assert.Equal(1, await town.Value<long>("select count(*) from identity.message where body like 'Do sap xep lai co quan, lich hen%09/12/2026 08:00%'"));

        await town.Act(await town.Value<Guid>("select person_id from services.visit where code = $1", ends), new StatusChanged(PersonStatus.Dead, PartialDate.Of(new DateOnly(2026, 11, 23))));
        Assert.Equal(1, (await town.Do<EndVisitsOfDead, EndWaiting.Ended>(f => f.Run())).Stopped);
        Assert.Equal(4, await Free(Time("09/12/2026 09:00")));
        At("09/12/2026 08:00");
        (await clerk.Post("/queue/give", new { visit = ends })).Refuses("services.visit-over");
        (await clerk.Post("/queue/give", new { visit = "00000000" })).Refuses("services.no-visit");
        // Who has booked says himself that he is there.
        await citizen.Send("/vao?handler=Password", ("number", Number(moves)), ("password", "mot cau that dai 7"));
        (await citizen.Send($"/cua-toi/lich-hen/{merged}?handler=Come")).Succeeds().Says("Số của bạn", "Đã đến");
        Assert.Empty((await town.Verify()).Differences);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
