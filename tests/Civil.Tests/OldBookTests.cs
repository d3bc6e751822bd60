using System.Net;
using System.Runtime.Versioning;
using System.Text;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Old books on their way in: by files, and typed twice from pictures.</summary>
[SupportedOSPlatform("linux")]
public sealed class OldBookTests(Town town) : IClassFixture<Town>
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Fact]
    public async Task A_book_belongs_to_a_commune_of_its_year_and_keeps_the_name_of_its_office()
    {
        using var canbo = await town.As("canbo");
        var then = OldBook.Then(town, 1987);
        object Book(int area, int year, string number = "7-A") => new { area, kind = "birth", yearFrom = year, expected = 10, number };
        var id = (await canbo.Post("/old-books/open", Book(then.Id, 1987))).Succeeds()["book"].GetGuid();
        (await canbo.Post("/old-books/open", Book(then.Id, 1987))).Refuses("civil.old-book-exists");
        (await canbo.Post("/old-books/open", Book(town.Commune.Id, 1987))).Refuses("civil.old-area-not-then");
        (await canbo.Post("/old-books/open", Book(then.Id, 1850))).Refuses("civil.old-years");
        var other = town.Places.Children(town.Places.Home(town.Clock.Today())!, town.Clock.Today()).First(a => a.Id != town.Commune.Id);
        var elsewhere = town.Places.Resolve(other, new DateOnly(1987, 1, 1)).Candidates.First(c => !town.Places.Covers(town.Commune, c.Area, town.Clock.Today())).Area;
        (await canbo.Post("/old-books/open", Book(elsewhere.Id, 1987))).Refuses("civil.old-book-elsewhere", HttpStatusCode.Forbidden);
        var office = (await canbo.Post("/old-books/show", new { book = id })).Succeeds()["office"].GetString()!;
        Assert.Equal($"UBND {char.ToLowerInvariant(then.FullName[0])}{then.FullName[1..]} (cũ), nay UBND {char.ToLowerInvariant(town.Commune.FullName[0])}{town.Commune.FullName[1..]}", office);
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where subject = $1 and kind = 'civil.old-book-opened'", id));
    }

    [Fact]
    public async Task A_clerk_of_another_commune_sees_neither_the_book_nor_a_row_of_it()
    {
        using var canbo = await town.As("canbo");
        var book = await OldBook.Open(town, canbo);
        (await book.Send("Số,Ngày đăng ký,Họ và tên", "1,10/03/1987,Nguyễn Thị Xa")).Succeeds();
        var other = town.Places.Children(town.Places.Home(town.Clock.Today())!, town.Clock.Today()).First(a => a.Id != town.Commune.Id);
        using var stranger = await town.Official("commune-clerk", other.Id);
        (await stranger.Post("/old-books/show", new { book = book.Id })).Refuses("civil.old-book-elsewhere");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Post("/old-books/proposals", new { party = await town.Value<Guid>("select id from civil.old_party where book_id = $1", book.Id) })).Status);
        // The second wall: whatever a statement asks.
        await using var connection = await town.Database.Desk.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var wall = connection.CreateCommand("select set_config('sogoc.areas', $1, true), set_config('sogoc.actor', '', true), set_config('sogoc.persons', '', true)", town.Reach(other.Id));
        await wall.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        foreach (var table in new[] { "old_entry", "old_party", "old_row", "old_batch", "old_image", "old_work" })
        {
            await using var all = connection.CreateCommand($"select count(*) from civil.{table} where book_id = $1", book.Id);
            Assert.Equal(0L, await all.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_file_is_taken_in_once_and_of_faulty_rows_nothing_is_lost()
    {
        using var canbo = await town.As("canbo");
        var book = await OldBook.Open(town, canbo, expected: 5);
        string[] lines = ["Số,Ngày đăng ký,Họ tên con,Ngày sinh của con,Giới tính con,Họ tên cha,Họ tên mẹ,Người ký", "1,10/03/1987,Nguyễn Thị Một,1/3/1987,Nữ,Nguyễn Văn A,Trần Thị B,Lê Văn K",
            "1,11/03/1987,Nguyễn Thị Hai,1987,Nữ,,,", "3,11/03/1986,Nguyễn Thị Ba,32/13/1987,lạ,,,", ",không rõ,Nguyễn Thị Bốn,,,,,", ",12/03/1987,Nguyễn Thị Năm,,,,,"];
        var sent = (await book.Send(lines)).Succeeds();
        Assert.Equal((5, 2, false), (sent["rows"].GetInt32(), sent["quarantined"].GetInt32(), sent["again"].GetBoolean()));
        var again = (await book.Send(lines)).Succeeds();
        Assert.Equal((sent["batch"].GetGuid(), true), (again["batch"].GetGuid(), again["again"].GetBoolean()));
        Assert.Equal(3, await book.Entries());
        var apart = (await book.Shown()).Succeeds()["quarantine"].EnumerateArray().ToList();
        Assert.Equal([3, 4], apart.Select(a => a.GetProperty("rowNo").GetInt64()));
        Assert.Equal(["civil.old-entry-repeated"], Codes(apart[0]));
        Assert.Equal(["civil.old-date-unreadable", "civil.old-outside-years", "civil.old-sex-unreadable"], Codes(apart[1]).Order());
        Assert.Equal("32/13/1987", apart[1].GetProperty("fields").GetProperty("childBorn").GetString());
        Assert.Equal((5L, 3L, 0L, 2L), Counts(await book.Covered()));
        // A second file brings a number that the book has: the number is mended, and the entry goes in.
        (await canbo.Post("/old-books/mend", new { row = apart[0].GetProperty("row").GetGuid(), fields = new { no = "2" } })).Succeeds();
        (await canbo.Post("/old-books/mend", new { row = apart[0].GetProperty("row").GetGuid(), fields = new { no = "9" } })).Refuses("civil.old-settled-before");
        Assert.Equal((5L, 4L, 0L, 1L), Counts(await book.Covered()));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where subject = $1 and kind = 'civil.old-batch-taken'", book.Id));
    }

    [Fact]
    public async Task Old_letters_are_read_and_what_is_no_list_is_refused_as_what_it_is()
    {
        using var canbo = await town.As("canbo");
        var book = await OldBook.Open(town, canbo);
        // TCVN3, as the machines of the communes typed until 2001: "Họ và tên", "Nguyễn Văn Mẫu".
        (await book.Send([.. "So dang ky\tNgay dang ky\tHo va ten\n1\t10/03/1987\tNguy"u8, 0xD4, .. "n V"u8, 0xA8, .. "n M"u8, 0xC9, .. "u\n2\t10/03/1987\tTr"u8, 0xC7, .. "n Th"u8, 0xDE, .. " H"u8, 0xAD, 0xAC, .. "ng\n"u8])).Succeeds();
        Assert.Contains("Nguyễn Văn Mẫu", await town.Rows("select name from civil.old_party where book_id = $1", r => r.GetString(0), book.Id));
        (await book.Send("%PDF-1.4"u8.ToArray())).Refuses("lists.not-a-list");
        (await book.Send("Số,Ngày đăng ký,Ghi chú", "1,1/1/1987,mờ")).Refuses("civil.old-column-missing");
        (await book.Send(new byte[(32 << 20) + 1])).Refuses("lists.too-large", HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_picture_is_known_by_its_first_bytes_and_kept_small()
    {
        using var canbo = await town.As("canbo");
        var book = await OldBook.Open(town, canbo);
        var first = (await book.Picture(Png)).Succeeds();
        Assert.Equal((1, false), (first["no"].GetInt32(), first["again"].GetBoolean()));
        Assert.Equal((first["image"].GetGuid(), true), (await book.Picture(Png)).Succeeds() is var again ? (again["image"].GetGuid(), again["again"].GetBoolean()) : default);
        (await book.Picture("<svg onload=alert(1)>"u8.ToArray())).Refuses("civil.old-image-type");
        (await book.Picture([])).Refuses("civil.old-image-type");
        (await book.Picture([.. Png, .. new byte[5 << 20]])).Refuses("civil.old-image-size", HttpStatusCode.RequestEntityTooLarge);
        (await book.Picture([.. Png, 9], entries: 13)).Refuses("civil.old-image-entries");
        using var answer = await canbo.Http.GetAsync($"/api/v1/old-books/images/{first["image"].GetGuid()}", TestContext.Current.CancellationToken);
        Assert.Equal(("image/png", true), (answer.Content.Headers.ContentType!.MediaType, answer.Headers.CacheControl!.NoStore));
        Assert.Equal(Png, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_entry_is_typed_by_two_people_of_whom_the_second_does_not_see_the_first()
    {
        using var canbo = await town.As("canbo");
        using var second = await town.Official("commune-clerk", town.Commune.Id);
        using var third = await town.Official("commune-clerk", town.Commune.Id);
        var book = await OldBook.Open(town, canbo);
        var page = await book.Page();
        (await canbo.Post("/old-books/type", Typed(page, "Nguyễn Thị Kín", "32/1/1987"))).Refuses("civil.old-date-unreadable");
        Assert.Equal(1, (await canbo.Post("/old-books/type", Typed(page, "Nguyễn Thị Kín"))).Succeeds()["turn"].GetInt32());
        (await canbo.Post("/old-books/type", Typed(page, "Nguyễn Thị Kín"))).Refuses("civil.old-typed-by-same");
        (await second.Post("/old-books/compare", new { image = page, place = 1 })).Refuses("civil.old-not-typed-twice");
        Assert.Equal(0, await book.Entries());

        // In the database nobody but the owner reads the column, and the function keeps the other's back.
        await using (var app = await town.Database.App.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
            await using var peek = app.CreateCommand("select fields from civil.old_typing");
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => peek.ExecuteScalarAsync(TestContext.Current.CancellationToken))).SqlState);
            await using var ask = app.CreateCommand("select count(*) from civil.old_typings($1, 1::smallint, 'official:another')", page);
            Assert.Equal(0L, await ask.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal("civil.old-typed-by-same", (await Assert.ThrowsAsync<PostgresException>(() => town.Execute("insert into civil.old_typing select image_id, place, 2, typed_by, typed_at, fields from civil.old_typing where image_id = $1", page))).ConstraintName);

        var done = (await second.Post("/old-books/type", Typed(page, "Nguyễn Thị Kín"))).Succeeds();
        Assert.Equal((2, true), (done["turn"].GetInt32(), done["agreed"].GetBoolean()));
        Assert.Equal(1, await book.Entries());
        (await third.Post("/old-books/type", Typed(page, "Nguyễn Thị Kín"))).Refuses("civil.old-typed-twice");
        (await third.Post("/old-books/settle", new { image = page, place = 1, choices = new { } })).Refuses("civil.old-settled-before");
        Assert.Equal((1L, 1L, 0L, 0L), Counts(await book.Covered()));
    }

    [Fact]
    public async Task What_two_typed_differently_is_settled_field_by_field_by_a_third_and_a_contradiction_is_kept_apart()
    {
        using var canbo = await town.As("canbo");
        using var second = await town.Official("commune-clerk", town.Commune.Id);
        using var third = await town.Official("commune-clerk", town.Commune.Id);
        var book = await OldBook.Open(town, canbo);
        var page = await book.Page(entries: 2);
        (await canbo.Post("/old-books/type", Typed(page, "Nguyễn Thị Mẫu"))).Succeeds();
        Assert.False((await second.Post("/old-books/type", Typed(page, "Nguyễn Thị Mẩu", "3/1987"))).Succeeds()["agreed"].GetBoolean());
        var compared = (await third.Post("/old-books/compare", new { image = page, place = 1 })).Succeeds();
        Assert.Equal([("childName", "Nguyễn Thị Mẫu", "Nguyễn Thị Mẩu"), ("childBorn", "1987-03-01", "1987-03")],
            compared["fields"].EnumerateArray().Select(f => (f.GetProperty("field").GetString()!, f.GetProperty("first").GetString()!, f.GetProperty("second").GetString()!)));
        (await third.Post("/old-books/settle", new { image = page, place = 1, choices = new { childName = 1 } })).Refuses("civil.old-choice-missing");
        Assert.False((await third.Post("/old-books/settle", new { image = page, place = 1, choices = new { childName = 1, childBorn = 2 } })).Succeeds()["quarantined"].GetBoolean());
        Assert.Equal(("Nguyễn Thị Mẫu", "1987-03"), (await town.Rows("select fields->>'childName', fields->>'childBorn' from civil.old_entry where book_id = $1", r => (r.GetString(0), r.GetString(1)), book.Id)).Single());

        (await canbo.Post("/old-books/type", Typed(page, "Trần Văn Sau", "12/03/1987", place: 2, no: "13"))).Succeeds();
        (await second.Post("/old-books/type", Typed(page, "Trần Văn Sau", "12/03/1987", place: 2, no: "13"))).Succeeds();
        var apart = (await book.Shown()).Succeeds()["quarantine"].EnumerateArray().Single();
        Assert.Equal(["civil.old-registered-before-birth"], Codes(apart));
        (await third.Post("/old-books/mend", new { row = apart.GetProperty("row").GetGuid(), asWritten = true })).Succeeds();
        Assert.Equal((2L, 2L, 0L, 0L), Counts(await book.Covered()));
        Assert.Equal(["civil.old-entry-checked"], await town.Rows("select kind from journal.entry e join civil.old_entry o on o.id = e.subject where o.book_id = $1 and not o.as_written", r => r.GetString(0), book.Id));
    }

    [Fact]
    public async Task Twenty_thousand_rows_go_in_at_one_sending_and_the_twenty_that_cannot_be_are_set_aside()
    {
        using var canbo = await town.As("canbo");
        var book = await OldBook.Open(town, canbo, expected: 20_000);
        var file = new StringBuilder("Số,Ngày đăng ký,Họ và tên,Ngày sinh,Giới tính,Họ tên cha,Họ tên mẹ\n");
        for (var i = 1; i <= 20_000; i++)
        {
            file.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},{1 + (i % 28)}/12/{(i % 1000 == 0 ? 1988 : 1987)},Nguyễn Thị Mẫu,{1 + (i % 28)}/{1 + (i % 11)}/1987,Nữ,Nguyễn Văn Cha,Trần Thị Mẹ\n");
        }

        var sent = (await book.Send(Encoding.UTF8.GetBytes(file.ToString()))).Succeeds();
        Assert.Equal((20_000, 20), (sent["rows"].GetInt32(), sent["quarantined"].GetInt32()));
    }

    private static object Typed(Guid image, string name, string born = "1/3/1987", int place = 1, string no = "12") =>
        new { image, place, fields = new { no, registeredOn = "10/03/1987", childName = name, childBorn = born, childSex = "nữ", fatherName = "Nguyễn Văn Cha" } };

    private static IEnumerable<string> Codes(System.Text.Json.JsonElement apart) => apart.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("code").GetString()!);

    private static (long Keyed, long Checked, long Linked, long Apart) Counts(System.Text.Json.JsonElement b) =>
        (b.GetProperty("keyed").GetInt64(), b.GetProperty("checked").GetInt64(), b.GetProperty("linked").GetInt64(), b.GetProperty("apart").GetInt64());
}
