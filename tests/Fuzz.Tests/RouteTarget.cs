using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Time;
using SoGoc.Testing;

namespace SoGoc.Fuzz.Tests;

/// <summary>The JSON bodies of all routes. A case is the path, the content type and the body, in three lines; @person, @number, @list and the like stand for those of the town.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class RouteTarget : TownTarget
{
    private const string Reason = "\"purpose\":\"inspection\",\"case\":\"KT-1\"";

    private static readonly Dictionary<string, string[]> Sound = new()
    {
        ["/persons/lookup"] = [$$"""{"numbers":["@number","@other"],"fields":["fullName","born","sex","household","residence"],{{Reason}}}"""],
        ["/persons/verify"] = [$$"""{"number":"@number","claims":{"fullName":"Nguyễn Thị Mẫu","born":"5/7/1962","sex":"2","living":"true","permanentCommune":"@area","phone":"0900000000","oldId":"350000001"},{{Reason}}}"""],
        ["/persons/search"] =
        [
            $$"""{"text":"nguyen thi mau","born":"1962","area":"@area","sex":2,"household":"MAU-1","address":"ap vi du","most":20,{{Reason}}}""",
            $$"""{"text":"@number",{{Reason}}}""", $$"""{"text":"Nguyễn Thị Mẩu","most":100,{{Reason}}}""",
        ],
        ["/persons/show"] = [$$"""{"id":"@person","asOf":"2024-01-01","knownOn":"2026-11-24",{{Reason}}}""", $$"""{"id":"@person",{{Reason}}}"""],
        ["/persons/history"] = [$$"""{"number":"@number","asOf":"2024-01-01","knownOn":"2026-11-24",{{Reason}}}""", $$"""{"id":"@person",{{Reason}}}"""],
        ["/persons/correct"] =
        [
            """{"id":"@person","after":{"fullName":"Nguyễn Thị Mẫu Mới","born":"1962-07-05","sex":2,"ethnicity":"01","nationality":["VN"],"marital":1,"phone":"0900000000","birthPlace":{"area":1,"text":"Ấp Mẫu"},"otherNames":["Bịa"]},"cleared":["religion"],"ground":"QĐ mẫu"}""",
            """{"id":"@person","cleared":["phone"],"ground":"QĐ mẫu"}""",
        ],
        ["/households/lookup"] = [$$"""{"fileNumbers":["MAU-1"],"ids":["@household"],"members":["@number"],"asOf":"2024-01-01",{{Reason}}}"""],
        ["/births/check"] = ["""{"kind":"both-parents","mother":"@number","fullName":"Nguyễn Thị Mẫu","sex":2,"born":"2026-11-01","evidence":"notification","evidenceNo":"MAU-1"}"""],
        ["/births/register"] =
        [
            """{"kind":"father-unknown","mother":"@number||Nguyễn Thị Mẫu|05071962|Nữ||","fullName":"Nguyễn Thị Mẫu","sex":2,"born":"2026-11-01","birthPlace":"Bệnh viện Mẫu","evidence":"witness","evidenceOn":"2026-11-02","declarant":"mother","confirmed":["civil.mother-age"]}""",
            """{"kind":"abandoned","fullName":"Nguyễn Văn Mẫu","sex":1,"born":"2026-11-01","birthPlace":"Chợ Mẫu","evidence":"found-record","evidenceNo":"1","evidenceOn":"2026-11-02","declarant":"carer","livesAt":"Mái ấm Mẫu"}""",
        ],
        ["/places/residents"] =
        [
            $$"""{"area":"@area","day":"2026-11-24","address":"ap","kind":"permanent","from":"1990-01-01","until":"2026-11-24","after":"00000000000000000000000000000001-1","most":10,{{Reason}}}""",
            $$"""{"area":"@area","after":"ffffffffffffffffffffffffffffffff-32767",{{Reason}}}""",
        ],
        ["/places/population"] = ["""{"area":"@area","day":"2026-11-24"}""", "{}"],
        ["/places/search"] = ["""{"text":"vinh truong","day":"2022-04-12"}"""],
        ["/places/resolve"] = ["""{"code":"30292","day":"2022-04-12","asOf":"2026-11-24"}"""],
        ["/numbers/free"] = ["""{"prefix":"089262"}""", """{"place":"089","year":1962,"sex":2}"""],
        ["/journal/feed"] = [$$"""{"after":1,"most":10,"kinds":["population.person-entered"],"bodies":true,{{Reason}}}"""],
        ["/persons/ask"] =
        [
            $$"""{"number":"@number","question":"under-age","years":6,{{Reason}}}""", $$"""{"number":"@number","question":"resident-for","months":12,"commune":"@area",{{Reason}}}""",
            $$"""{"number":"@number","question":"same-household","other":"@second",{{Reason}}}""", $$"""{"number":"@number","question":"living",{{Reason}}}""",
            $$"""{"number":"@number","question":"spouse-of","other":"@second",{{Reason}}}""", $$"""{"number":"@number","question":"parent-of","other":"@second",{{Reason}}}""",
        ],
        ["/cases/open"] = ["""{"kind":"dossier","reference":"HS-thu","purpose":"one-stop","numbers":["@number"]}""", """{"kind":"work-item","reference":"KT-thu","purpose":"inspection"}"""],
        ["/cases/close"] = ["""{"reference":"HS-thu"}"""],
        ["/cases/mine"] = ["{}"],
        ["/emergencies/ask"] = ["""{"why":"Có người ngất ở chợ, chưa rõ là ai","number":"@number"}"""],
        ["/emergencies/decide"] = ["""{"id":"@nobody","approved":true}"""],
        ["/emergencies/list"] = ["{}"],
        ["/journal/heads"] = ["""{"after":0,"most":2}"""],
        ["/journal/proofs"] = [$$"""{"log":"entry","position":1,"head":1,{{Reason}}}""", $$"""{"log":"disclosure","position":1,{{Reason}}}"""],
        ["/journal/growth"] = ["""{"log":"entry","older":1,"newer":1}"""],
        ["/exchange/events"] = ["""{"state":"late","partner":"cong-an","subject":"@nobody","person":"@person","before":9,"most":10}""", "{}"],
        ["/exchange/send-again"] = ["""{"id":"@nobody"}""", """{"partner":"cong-an"}"""],
        ["/exchange/acknowledgements"] = ["""{"event":"@nobody","state":"refused","reason":"Thiếu dữ liệu","reference":"A-1"}"""],
        ["/filings/list"] = ["""{"state":"late","holder":"police"}""", "{}"],
        ["/filings/show"] = ["""{"code":"LT.30292-261124-0001"}"""],
        ["/filings/decide"] = ["""{"code":"LT.30292-261124-0001","approve":false,"reason":"Thiếu dữ liệu"}"""],
        ["/lists/show"] = ["""{"id":"@list"}"""],
        ["/lists/map"] = ["""{"id":"@list","mapping":["","fullName","born","ethnicity","number","permanentDetail"]}"""],
        ["/lists/enter"] = ["""{"id":"@nobody"}"""],
        ["/lists/cancel"] = ["""{"id":"@list"}"""],
        ["/lists/resume"] = ["""{"id":"@list"}"""],
    };

    private static readonly string[] Types = ["application/json", "application/json; charset=utf-16", "text/plain", "application/x-www-form-urlencoded", ""];

    private static readonly string[] Acts = ["/persons/correct", "/cases/open", "/cases/close", "/emergencies/ask", "/births/check", "/births/register"];

    private Dictionary<string, string> known = [];

    /// <summary>Births are registered by a commune and by nobody else.</summary>
    private Official? clerk;

    public override string Name => "routes";

    public override int Cases => 2500;

    public override async Task Begin()
    {
        await base.Begin();
        clerk = await Town.As("canbo");
        var routes = Town.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => p.StartsWith("/api/v1/", StringComparison.Ordinal)).Select(p => p["/api/v1".Length..]);
        Holds(routes.Order().SequenceEqual(Sound.Keys.Append("/lists").Order()), "the routes are others than those that are tried: give the new one a sound body");

        var area = Town.Places.Find("30367", Town.Clock.Today())!;
        var household = await Town.Household();
        var person = People.Someone().Named("Nguyễn Thị Mẫu").LivingAt(area.Id, "Ấp Ví Dụ", "1990-01-01").In(household, "01");
        var id = await Town.Enter(person);
        var second = People.Someone(1, "1960-01-02").LivingAt(area.Id, "Ấp Ví Dụ").In(household);
        await Town.Enter(second);
        await Town.Seal();
        using var list = new ByteArrayContent("STT,Họ và tên,Xã\n1,Mẫu,Mẫu\n"u8.ToArray());
        var kept = (await Reply.Of(await Registrar.Http.PostAsync("/api/v1/lists?name=mau.csv", list))).Succeeds();
        known = new()
        {
            ["@person"] = id.ToString(), ["@number"] = person.Facts.Number!.Value.ToString(), ["@other"] = "089262999999", ["@second"] = second.Facts.Number!.Value.ToString(), ["@area"] = area.Code, ["@household"] = household.ToString(),
            ["@list"] = kept["id"].GetString()!, ["@nobody"] = "00000000-0000-0000-0000-00000000abcd",
        };
    }

    public override byte[] Make(Mutator mutator)
    {
        var (path, bodies) = mutator.Any([.. Sound]);
        var body = mutator.Json(mutator.Any(bodies), mutator.Any(Sound[mutator.Any([.. Sound.Keys])]));
        return [.. Encoding.UTF8.GetBytes($"{path}\n{(mutator.Once(30) ? mutator.Any(Types) : Types[0])}\n"), .. body];
    }

    public override async Task Try(byte[] input)
    {
        var before = await Entries();
        using var request = Request(input, out var path);
        using var answer = await (path.StartsWith("/births/", StringComparison.Ordinal) ? clerk! : Registrar).Http.SendAsync(request);
        Answers((int)answer.StatusCode, path, await answer.Content.ReadAsStringAsync());
        Holds(await Entries() == before || (answer.IsSuccessStatusCode && Acts.Contains(path)), $"answered {(int)answer.StatusCode} and wrote to the register");
    }

    public override ValueTask DisposeAsync()
    {
        clerk?.Dispose();
        return base.DisposeAsync();
    }

    public override async Task End() => Holds((await Town.Verify()).Differences.Count == 0, "the register is not what its journal says");

    private HttpRequestMessage Request(byte[] input, out string path)
    {
        // Byte by byte, so that what is no UTF-8 stays it.
        var text = known.Aggregate(Encoding.Latin1.GetString(input), (t, k) => t.Replace(k.Key, k.Value, StringComparison.Ordinal));
        var parts = text.Split('\n', 3);
        var content = new ByteArrayContent(Encoding.Latin1.GetBytes(parts[2]));
        content.Headers.ContentType = parts[1].Length == 0 ? null : MediaTypeHeaderValue.Parse(parts[1]);
        path = parts[0];
        return new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = content };
    }
}
