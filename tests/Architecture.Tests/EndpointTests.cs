using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Host;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;

namespace SoGoc.Architecture.Tests;

/// <summary>All doors of the built Host, as a request finds them: routes, pages, files. No database is asked.</summary>
public sealed class EndpointTests : IAsyncLifetime
{
    private static readonly string[] Open =
    [
        "/api/v1/civil/keys", "/api/v1/civil/papers/verify", "/api/v1/exchange/acknowledgements", "/api/v1/journal/growth", "/api/v1/journal/heads", "/api/v1/payments/callback", "/api/v1/payments/sandbox/refund", "/api/v1/payments/sandbox/statement", "/api/v1/procedures/list", "/api/v1/queue/board", "/api/v1/visits/slots", "/cong-thanh-toan-thu", "/connect/authorize", "/connect/logout", "/dang-nhap", "/dang-xuat", "/dich-vu", "/dich-vu/{code}", "/dung-doi-so", "/giay/{code}", "/health/live", "/health/ready", "/hop-thu", "/kiem-chung", "/kiem-tra-giay", "/loi/{code:int}", "/mo-tai-khoan", "/openapi/{documentName}.json", "/quay/{code}", "/quay/{code}/man-hinh", "/ra", "/tai-lieu-api/favicon.svg", "/tai-lieu-api/scalar.aspnetcore.js", "/tai-lieu-api/scalar.js", "/tai-lieu-api/{documentName?}", "/theo-doi", "/tra-cuu-ho-so", "/tuy-chon", "/vao", "/vao/quoc-gia", "/vao/quoc-gia/ve",
    ];

    /// <summary>Texts that may stand in an address, each with what it is. Whatever names a person goes into the body of a POST.</summary>
    private static readonly Dictionary<string, string> HarmlessTexts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/giay/{code} code"] = "code of a paper, drawn by lot",
        ["/cua-toi/ho-so/{code} code"] = "code of a file",
        ["/mot-cua/{code} code"] = "code of a file",
        ["/mot-cua/{code}/phi code"] = "code of a file",
        ["/mot-cua/{code}/giay/{paper:guid} code"] = "code of a file",
        ["/api/v1/files/{code}/papers code"] = "code of a file",
        ["/api/v1/files/{code}/papers kind"] = "code of a kind of paper",
        ["/api/v1/files/{code}/papers name"] = "name of a file",
        ["/api/v1/files/{code}/papers/{paper:guid} code"] = "code of a file",
        ["/dich-vu Words"] = "what a service is called",
        ["/dich-vu Event"] = "an occasion of life",
        ["/dich-vu/{code} code"] = "code of a service",
        ["/dich-vu/{code}/nop code"] = "code of a service",
        ["/mot-cua/tiep-nhan Words"] = "what a service is called",
        ["/mot-cua/tiep-nhan Code"] = "code of a service",
        ["/dat-lich Code"] = "code of a service", ["/dat-lich Words"] = "what a service is called", ["/dat-lich Counter"] = "code of a commune or agency", ["/dat-lich Moving"] = "code of a booking, drawn by lot", ["/cua-toi/lich-hen/{code} code"] = "code of a booking, drawn by lot",
        ["/quay/{code} code"] = "code of a commune or agency", ["/quay/{code}/man-hinh code"] = "code of a commune or agency", ["/mot-cua/quay Counter"] = "code of a commune or agency", ["/mot-cua/dat-lich Counter"] = "code of a commune or agency", ["/mot-cua/dat-lich Code"] = "code of a service",
        ["/mot-cua Basket"] = "name of a basket", ["/thu-tuc/{code} code"] = "code of a procedure", ["/mot-cua HandedOver"] = "code of a file",
        ["/mot-cua Due"] = "today, week or late", ["/mot-cua Holder"] = "the key of an official", ["/mot-cua Procedure"] = "the code of a procedure", ["/mot-cua/{code}/trao-doi code"] = "the code of a file",
        ["/chi-so Desk"] = "code of an agency", ["/chi-so FromText"] = "a day", ["/chi-so ToText"] = "a day",
        ["/chi-so/{code} Desk"] = "code of an agency", ["/chi-so/{code} FromText"] = "a day", ["/chi-so/{code} ToText"] = "a day", ["/chi-so/{code} code"] = "code of a criterion",
        ["/so-ho-tich loai"] = "kind of a book",
        ["/so-ho-tich so"] = "number of an entry in its book",
        ["/dia-ban/{code} code"] = "code of an administrative unit",
        ["/dia-ban/{code} ngay"] = "a day",
        ["/dia-ban ngay"] = "a day",
        ["/dia-ban ten"] = "name of an administrative unit",
        ["/dan-so/{code?} code"] = "code of an administrative unit",
        ["/nguoi/{id:guid} ngay"] = "a day",
        ["/nguoi/{id:guid} biet"] = "a day",
        ["/ho-tich/{act} act"] = "kind of act",
        ["/lam-sach QuyTac"] = "code of a rule",
        ["/lam-sach Ap"] = "name of a hamlet",
        ["/lam-sach/giao QuyTac"] = "code of a rule",
        ["/lam-sach/giao Ap"] = "name of a hamlet",
        ["/chat-luong Ap"] = "name of a hamlet",
        ["/chat-luong Tim"] = "name of a unit or hamlet",
        ["/lam-sach So"] = "one of the four measures",
        ["/doi-soat/{id:guid} Loai"] = "outcome of rows",
        ["/api/v1/quality/lists name"] = "name of a file",
        ["/api/v1/quality/lists/{id:guid}/matched.{format} format"] = "csv or xlsx",
        ["/trung-lap Loc"] = "state of a pair",
        ["/so-dinh-danh Ma"] = "code of a province",
        ["/so-dinh-danh Tu"] = "a year",
        ["/so-dinh-danh Den"] = "a year",
        ["/nhap/{id:guid} yen"] = "whether the page keeps still",
        ["/connect/authorize ReturnUrl"] = "a path of this house",
        ["/connect/logout ReturnUrl"] = "a path of this house",
        ["/cua-toi ReturnUrl"] = "a path of this house",
        ["/cua-toi/bao-mat ReturnUrl"] = "a path of this house",
        ["/cua-toi/dong-y ReturnUrl"] = "a path of this house",
        ["/cua-toi/ai-da-xem ReturnUrl"] = "a path of this house",
        ["/cua-toi/ban-sao ReturnUrl"] = "a path of this house",
        ["/cua-toi/yeu-cau ReturnUrl"] = "a path of this house",
        ["/cua-toi/lam-thay ReturnUrl"] = "a path of this house",
        ["/cua-toi/to-chuc ReturnUrl"] = "a path of this house",
        ["/cua-toi/bien-nhan/{log:regex(^entry|disclosure$)}/{position:long} ReturnUrl"] = "a path of this house",
        ["/cua-toi/bien-nhan/{log:regex(^entry|disclosure$)}/{position:long} log"] = "entry or disclosure",
        ["/buoc-hai ReturnUrl"] = "a path of this house",
        ["/dung-doi-so ReturnUrl"] = "a path of this house",
        ["/hop-thu ReturnUrl"] = "a path of this house",
        ["/mo-tai-khoan ReturnUrl"] = "a path of this house",
        ["/ra ReturnUrl"] = "a path of this house",
        ["/vao ReturnUrl"] = "a path of this house",
        ["/vao/quoc-gia ReturnUrl"] = "a path of this house",
        ["/vao/quoc-gia/ve ReturnUrl"] = "a path of this house",
        ["/vao/xac-nhan-them ReturnUrl"] = "a path of this house",
        ["/dang-nhap ReturnUrl"] = "a path of this house",
        ["/he-thong/{id} id"] = "client_id of an agency's system",
        ["/su-kien Loc"] = "open, late, refused, stuck or all",
        ["/su-kien DoiTac"] = "code of a partner",
        ["/lien-thong Loc"] = "open, late, refused or all",
        ["/lien-thong/{code} code"] = "code of a filing: a commune, a day and a number",
        ["/viec Ve"] = "a path of this house",
        ["/api/v1/old-books/{book:guid}/batches name"] = "name of a file",
        ["/api/v1/old-books/{book:guid}/images name"] = "name of a file",
        ["/api/v1/lists name"] = "name of a list's file",
        ["/api/v1/lists/{id:guid}/quarantine.{format} format"] = "csv or xlsx",
        ["/openapi/{documentName}.json documentName"] = "v1",
        ["/tai-lieu-api/{documentName?} documentName"] = "v1",
    };

    private readonly Database nowhere = new("Host=/nowhere;Username=nobody;Database=nothing");
    private readonly List<Door> doors = [];
    private WebApplication? app;

    public async ValueTask InitializeAsync()
    {
        app = WebHost.Build(nowhere, new Settings(Path.GetTempPath(), "http://127.0.0.1:0", null, 0, null, "root", "89@2022-04-12", null), demonstration: true);
        var pages = app.Services.GetRequiredService<PageLoader>();
        foreach (var endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            // The marks of a page stand on its model, which is only known once the page is loaded.
            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>() is { } p ? await pages.LoadAsync(p, endpoint.Metadata) : null;
            doors.Add(new Door("/" + endpoint.RoutePattern.RawText?.TrimStart('/'), endpoint.RoutePattern, page, new EndpointMetadataCollection([.. endpoint.Metadata, .. page?.EndpointMetadata ?? []])));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app!.DisposeAsync();
        await nowhere.DisposeAsync();
    }

    [Fact]
    public void Every_door_has_a_permission_or_a_mark_for_officials_or_for_everybody()
    {
        Assert.True(doors.Count > 30 && doors.Any(d => d.Page is not null) && doors.Any(d => d.Template.StartsWith("/api/v1/", StringComparison.Ordinal)), "The Host was not built.");
        Wall.Stands("Nobody may pass here: the endpoint has no mark.", doors
            .Where(d => !d.Is<CitizenAttribute>() && !d.Is<NeedsAttribute>() && !d.Is<SignedInAttribute>() && !d.Is<PublicAttribute>()).Select(d => d.Template));
    }

    [Fact]
    public void A_door_is_not_at_once_public_and_guarded() =>
        Wall.Stands("The mark for everybody wins over the permission beside it.", doors
            .Where(d => d.Is<PublicAttribute>() && (d.Is<NeedsAttribute>() || d.Is<SignedInAttribute>())).Select(d => d.Template));

    /// <summary>To open a door to everybody takes a line here.</summary>
    [Fact]
    public void Only_the_listed_doors_stand_open_to_everybody()
    {
        var open = doors.Where(d => d.Is<PublicAttribute>() && d.Marks.GetMetadata<StaticAssetDescriptor>() is null).Select(d => d.Template).ToList();
        Wall.Stands("The list of public doors and the Host differ.", open.Except(Open).Select(d => $"{d} is public and not listed").Concat(Open.Except(open).Select(d => $"{d} is listed and not public")));
    }

    [Fact]
    public void An_address_never_holds_what_names_a_person() =>
        Wall.Stands("A text in an address may be a name or a number: use a key, or POST it.", doors.SelectMany(d => d.Texts()).Where(t => !HarmlessTexts.ContainsKey(t)));

    [Fact]
    public void The_list_of_harmless_texts_holds_nothing_that_is_gone() =>
        Wall.Stands("No endpoint has this text any more.", HarmlessTexts.Keys.Except(doors.SelectMany(d => d.Texts()), StringComparer.OrdinalIgnoreCase));

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(string[]) || type.IsGenericType && type.GetGenericArguments().Any(IsText);

    private sealed record Door(string Template, RoutePattern Route, CompiledPageActionDescriptor? Page, EndpointMetadataCollection Marks)
    {
        public bool Is<T>() where T : class => Marks.GetMetadata<T>() is not null;

        /// <summary>The parts of the address, path or query, that can hold any text.</summary>
        public IEnumerable<string> Texts()
        {
            var inPath = Route.Parameters.Where(p => !p.ParameterPolicies.Any(r => r.Content is "guid" or "int" or "long" or "datetime")).Select(p => p.Name);
            var inQuery = Page is null
                ? Marks.GetMetadata<MethodInfo>()?.GetParameters().Where(p => IsText(p.ParameterType) && p.GetCustomAttribute<FromBodyAttribute>() is null).Select(p => p.Name!) ?? []
                : Page.BoundProperties.OfType<PageBoundPropertyDescriptor>().Where(p => IsText(p.ParameterType) && p.Property.GetCustomAttribute<BindPropertyAttribute>()?.SupportsGet == true).Select(p => p.Name)
                    .Concat(Page.HandlerMethods.Where(h => h.HttpMethod == "GET").SelectMany(h => h.MethodInfo.GetParameters()).Where(p => IsText(p.ParameterType)).Select(p => p.Name!));
            return inPath.Concat(inQuery).Distinct(StringComparer.OrdinalIgnoreCase).Select(name => $"{Template} {name}");
        }
    }
}
