using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SoGoc.Services.Procedures;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>A procedure is edited by fields, as a lawyer fills in a form; the text that is kept is the same one.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class ProcedureFormTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    private const string Stay = "1.004194", Card = "2.001194", Old = "2.001178", Power = "AG.22";

    [Fact]
    public async Task What_was_changed_by_fields_is_shown_in_words_published_and_seen_by_citizens()
    {
        using var page = await Lawyer();
        var form = await Form(page, Power);
        form.Set("Form.Name", "Mắc điện mới, tên thử");
        form.Add("Papers", ("Name", "Giấy mẫu của bản thử"), ("How", "upload"));
        form.Add("Fields", ("Label", "Nhà mấy tầng"), ("Ask", "Choice"), ("Choices", "tret: Nhà trệt\nNhà lầu"), ("When", "Mắc điện ở = Chỗ khác"), ("No", "8"));
        var saved = (await page.Send($"/thu-tuc/{Power}?handler=Fields", form.Sent())).Succeeds();
        saved.Says("Bản nháp chờ công bố", "Giấy tờ", "Giấy mẫu của bản thử", "Câu hỏi của biểu mẫu", "Nhà mấy tầng", "<del>Cấp điện mới từ lưới điện hạ áp</del>", "<ins>Mắc điện mới, tên thử</ins>");
        Assert.DoesNotContain("labelEn", saved.Text[..saved.Text.IndexOf("id=\"edit\"", StringComparison.Ordinal)], StringComparison.Ordinal);
        (await page.Send($"/thu-tuc/{Power}?handler=Publish", ("Ground", "Quyết định số 5/QĐ-MẪU"))).Succeeds();
        using var citizen = town.Sit();
        (await citizen.Get("/dich-vu/" + Power)).Succeeds().Says("Mắc điện mới, tên thử", "Giấy mẫu của bản thử");
        var fields = (await Kept(Power, "published"))["fields"]!.AsArray();
        var added = fields[7]!;
        Assert.Equal(("nhaMayTang", "at=other", "choice"), (added["name"]!.GetValue<string>(), added["when"]!.GetValue<string>(), added["ask"]!.GetValue<string>()));
        Assert.Equal(["tret", "nha-lau"], added["choices"]!.AsArray().Select(c => c!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_bad_term_is_told_at_its_field_and_nothing_that_was_typed_is_lost()
    {
        using var page = await Lawyer();
        var form = await Form(page, Card);
        form.Set("Form.Term", "bảy");
        form.Set("Form.SupplementDays", "1.5");
        form.Set("Form.Name", "Tên gõ dở");
        form.Add("Grounds", ("Text", "Luật mẫu gõ dở"), ("From", "31/02/2026"));
        var back = await page.Send($"/thu-tuc/{Card}?handler=Fields", form.Sent());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, back.Status);
        back.Says("value=\"bảy\"", "value=\"Tên gõ dở\"", "value=\"Luật mẫu gõ dở\"", "value=\"31/02/2026\"", "id=\"Form-Term-w\"", "id=\"Form-SupplementDays-w\"", "Hãy ghi một số từ 0 đến", "Hãy ghi ngày, tháng, năm");
        Assert.Equal(0, await town.Value<long>("select count(*) from services.procedure where code = $1 and state = 'draft'", Card));
    }

    [Fact]
    public async Task What_the_form_does_not_show_stays_as_it_was()
    {
        using var page = await Lawyer();
        var before = await Kept(Stay, "published");
        var form = await Form(page, Stay);
        form.Set("Form.Fields[9].Label", "Số nhà và đường");
        form.Set("Form.Fields[2].Out", "true");
        form.Set("Form.Fields[9].No", "1");
        (await page.Send($"/thu-tuc/{Stay}?handler=Fields", form.Sent())).Succeeds().Says("Câu hỏi của biểu mẫu › thứ tự");
        var after = await Kept(Stay, "draft");
        var detail = after["fields"]![0]!;
        Assert.Equal(("detail", "detail", "Số nhà và đường"), (detail["name"]!.GetValue<string>(), detail["act"]!.GetValue<string>(), detail["label"]!.GetValue<string>()));
        Assert.DoesNotContain(after["fields"]!.AsArray(), f => f!["name"]!.GetValue<string>() == "born");
        foreach (var part in new[] { "steps", "carries", "programmes", "fees", "sector", "papers", "grounds" })
        {
            Assert.True(JsonNode.DeepEquals(before[part], after[part]), part);
        }
    }

    [Fact]
    public void Every_procedure_that_is_opened_and_kept_unchanged_is_the_same()
    {
        var files = Directory.GetFiles(AllServicesTests.Folder, "*.json");
        Assert.True(files.Length > 20);
        Assert.All(files, file =>
        {
            var procedure = ProcedureText.Read(File.ReadAllText(file));
            Assert.True(new FillInProcedure(procedure, ProcedureForm.Of(procedure, "")).Read().Ok(out var read), file);
            Assert.Equal(ProcedureText.Write(procedure), ProcedureText.Write(read));
            // A condition of a question is shown by its words.
            Assert.All(procedure.Fields.Where(f => f.When is not null && procedure.Fields.Any(o => o.Asked && o.Name == f.When.Split('=')[0])), f => Assert.NotEqual(f.When, WhenInWords.Of(f.When, procedure.Fields)));
        });
    }

    [Fact]
    public async Task A_question_that_the_register_answers_is_refused_by_its_name_and_its_row()
    {
        using var page = await Lawyer();
        var form = await Form(page, Old);
        var row = form.Add("Fields", ("Label", "Sinh ngày nào"), ("Ask", "Date"), ("Fact", "born"));
        (await page.Send($"/thu-tuc/{Old}?handler=Fields", form.Sent())).Succeeds()
            .Says("Chưa công bố được", $"<a href=\"#fields-{row + 1}\">Câu hỏi của biểu mẫu, dòng {row + 1}</a>", "«Sinh ngày nào»: sổ gốc đã biết", $"id=\"fields-{row + 1}\" open");
        (await page.Send($"/thu-tuc/{Old}?handler=Publish", ("Ground", "Quyết định số 6/QĐ-MẪU"))).Refuses("services.asked-although-known");
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_the_later_one_is_told_and_overwrites_nothing()
    {
        const string code = "AG.23";
        using var page = await Lawyer();
        var (first, second) = (await Form(page, code), await Form(page, code));
        first.Set("Form.Name", "Bản của người thứ nhất");
        second.Set("Form.Name", "Bản của người thứ hai");
        (await page.Send($"/thu-tuc/{code}?handler=Fields", first.Sent())).Succeeds();
        var late = await page.Send($"/thu-tuc/{code}?handler=Fields", second.Sent());
        late.Refuses("services.draft-changed");
        late.Says("value=\"Bản của người thứ hai\"");
        Assert.Equal("Bản của người thứ nhất", (await Kept(code, "draft"))["name"]!.GetValue<string>());
    }

    private async Task<Sitting> Lawyer()
    {
        var page = town.Sit();
        (await page.SignIn("tinhoc")).Succeeds();
        return page;
    }

    private async Task<JsonObject> Kept(string code, string state) => JsonNode.Parse((await town.Value<string>("select body::text from services.procedure where code = $1 and state = $2", code, state))!)!.AsObject();

    private static async Task<Filled> Form(Sitting page, string code)
    {
        var html = Encoding.UTF8.GetString(await page.Bytes("/thu-tuc/" + code));
        var form = html[html.IndexOf("id=\"edit\"", StringComparison.Ordinal)..];
        return new Filled(form[..form.IndexOf("</form>", StringComparison.Ordinal)]);
    }

    /// <summary>The form as a browser without scripts would send it.</summary>
    private sealed partial class Filled
    {
        private readonly List<(string Name, string? Value)> fields = [];

        public Filled(string html)
        {
            foreach (Match part in Parts().Matches(html))
            {
                var (tag, inside) = (part.Value, part.Groups["in"].Value);
                string? Of(string name, string of) => Regex.Match(of, $" {name}=\"([^\"]*)\"") is { Success: true } m ? WebUtility.HtmlDecode(m.Groups[1].Value) : null;
                if (Of("name", tag) is not { } called || called.StartsWith("__", StringComparison.Ordinal) || (tag.Contains("type=\"checkbox\"", StringComparison.Ordinal) && !tag.Contains(" checked", StringComparison.Ordinal)))
                {
                    continue;
                }

                var chosen = Options().Matches(inside);
                fields.Add((called, tag.StartsWith("<textarea", StringComparison.Ordinal) ? WebUtility.HtmlDecode(inside).TrimStart('\n') : tag.StartsWith("<select", StringComparison.Ordinal)
                    ? Of("value", (chosen.FirstOrDefault(o => o.Value.Contains(" selected", StringComparison.Ordinal)) ?? chosen[0]).Value) : Of("value", tag)));
            }
        }

        public void Set(string name, string value)
        {
            fields.RemoveAll(f => f.Name == name);
            fields.Add((name, value));
        }

        /// <summary>Fills in the empty row at the end of a list; its place.</summary>
        public int Add(string list, params (string Part, string Value)[] parts)
        {
            var last = fields.Select(f => Regex.Match(f.Name, $@"^Form\.{list}\[(\d+)\]")).Where(m => m.Success).Max(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
            foreach (var (part, value) in parts)
            {
                Set($"Form.{list}[{last}].{part}", value);
            }

            return last;
        }

        public (string Name, string? Value)[] Sent() => [.. fields];

        [GeneratedRegex("<input[^>]*>|<(?<tag>select|textarea)[^>]*>(?<in>.*?)</\\k<tag>>", RegexOptions.Singleline)]
        private static partial Regex Parts();

        [GeneratedRegex("<option[^>]*>")]
        private static partial Regex Options();
    }
}
