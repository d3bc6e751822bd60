using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.Net.Http.Headers;
using OpenTelemetry.Metrics;
using Scalar.AspNetCore;
using SoGoc.Host.Api;
using SoGoc.Identity;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Pages;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Web;
using SoGoc.Staff;

namespace SoGoc.Host;

/// <summary>ReadMetrics: the numbers the platform counts about itself, for those who run it.</summary>
public enum HostPermission { ReadMetrics }

/// <summary>The web side: pages, the API under /api/v1, health, and the worker beside them.</summary>
internal static class WebHost
{
    public static readonly CultureInfo[] Languages = [CultureInfo.GetCultureInfo("vi-VN"), CultureInfo.GetCultureInfo("en-GB")];

    private const string ApiPages = "/tai-lieu-api";

    public static WebApplication Build(Database database, Settings settings, bool demonstration, Action<WebApplicationBuilder>? adjust = null)
    {
        // The content root is where the program lies, not where it was started: static files and reference data come with it.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = typeof(WebHost).Assembly.GetName().Name });
        builder.WebHost.UseUrls(settings.Urls).ConfigureKestrel(o => o.AddServerHeader = false);
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";     // the files are those of the build: any other has no endpoint, and so is not found
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("SoGoc", LogLevel.Information)
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);     // or each request would carry what nobody writes down
        builder.Services.AddPlatform(database, settings);
        builder.Services.AddHostedService(s => s.GetRequiredService<Worker>());
        builder.Services.AddHostedService(s => s.GetRequiredService<Sealer>());
        builder.Services.AddSingleton(new Installation("An Giang", demonstration, settings.AsOf));
        builder.Services.AddSingleton(new SecondFactorSetting(!demonstration || settings.SecondFactor));
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        builder.Services.AddSingleton<WarmUp>();
        builder.Services.AddHostedService(s => s.GetRequiredService<WarmUp>());
        builder.Services.AddOpenTelemetry().WithMetrics(m => m.AddMeter(Kernel.Measures.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime").AddPrometheusExporter());
        builder.Services.AddOpenApi(ApiDescription.Describe);
        builder.Services.AddProblemDetails();
        builder.Services.AddResponseCompression(o => (o.EnableForHttps, o.MimeTypes) = (true, ["text/html"]));
        builder.Services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Encoder = Kernel.Journaling.Journal.Json.Encoder;
            // A misspelt field must not be taken for one that was left out.
            o.SerializerOptions.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow;
            o.SerializerOptions.TypeInfoResolver = (o.SerializerOptions.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(RequestBody.KeepsItsWord);
            foreach (var converter in Kernel.Journaling.Journal.Json.Converters)
            {
                o.SerializerOptions.Converters.Add(converter);
            }
        });
        builder.Services.AddSingleton<Microsoft.Extensions.Options.IConfigureOptions<Microsoft.AspNetCore.Mvc.MvcOptions>, BindingSentences>();
        var pages = builder.Services.AddRazorPages(o => o.RootDirectory = "/");
        foreach (var assembly in Platform.Modules.Select(m => m.GetType().Assembly).Prepend(typeof(Runner).Assembly))
        {
            foreach (var part in CompiledRazorAssemblyApplicationPartFactory.GetDefaultApplicationParts(assembly))
            {
                pages.PartManager.ApplicationParts.Add(part);
            }

            pages.AddApplicationPart(assembly);
        }

        adjust?.Invoke(builder);
        var app = builder.Build();
        Pipeline(app, demonstration);
        return app;
    }

    private static void Pipeline(WebApplication app, bool demonstration)
    {
        // The gate lets in; the framework's own sign-in and authorization, which pages would bring along, have nothing to do here.
        var chain = (IApplicationBuilder)app;
        chain.Properties["__AuthenticationMiddlewareSet"] = chain.Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseWhen(IsApi, api => api.UseExceptionHandler(failed => failed.Run(Broken)).UseStatusCodePages(Unanswered).Use(OnlyKnownLetters));
        app.UseWhen(http => !IsApi(http), pages => pages.UseExceptionHandler("/loi/500").UseStatusCodePagesWithReExecute("/loi/{0}"));
        // A program that names no language in its address is answered in the first one.
        app.UseWhen(http => !IsApi(http) || http.Request.QueryString.HasValue, asked => asked.UseRequestLocalization(o =>
        {
            o.DefaultRequestCulture = new RequestCulture(Languages[0]);
            o.SupportedCultures = [Languages[0]];
            o.SupportedUICultures = Languages;
            o.RequestCultureProviders = [new CookieRequestCultureProvider(), new QueryStringRequestCultureProvider()];
        }));
        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            if (IsApi(http))
            {
                return next(http);      // what only a page's reader needs stays with pages
            }

            // The browsable description of the interface is a library's page with scripts of its own; it shows no data.
            if (http.Request.Path.StartsWithSegments(ApiPages, StringComparison.Ordinal))
            {
                headers.ContentSecurityPolicy = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'self'";
            }
            else
            {
                http.Response.SetPolicy();
            }

            headers["Referrer-Policy"] = "same-origin";
            return next(http);
        });
        app.UseWhen(Shrinks, pages => pages.UseResponseCompression());
        app.UseRouting();
        app.UseStaffSignIn();
        app.UseCitizenSignIn();
        app.UseSystemSignIn();
        app.UseMiddleware<Gate>();
        app.UseAntiforgery();
        app.MapStaticAssets().ForEverybody();
        app.MapRazorPages();
        Health(app);
        app.MapOpenApi().ForEverybody();
        app.MapScalarApiReference(ApiPages, o => o.WithTitle("Sổ Gốc API").DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().DisableDefaultFonts()).ForEverybody();
        var api = app.MapGroup("/api/v1");
        JournalRoutes.Map(api);
        CaseOffice.Map(api);
        foreach (var module in Platform.Modules)
        {
            module.Routes(api);
        }
    }

    /// <summary>A page is sent compressed, for slow telephones; but not to whoever is signed in where another site has asked for it: by what such a site puts into its address, and how long the answer is, it could feel for what stands on the page (BREACH).</summary>
    private static bool Shrinks(HttpContext http) => !IsApi(http) && (http.Request.Headers.Cookie.Count == 0 || http.Request.Headers["Sec-Fetch-Site"].ToString() is "same-origin" or "none");

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    /// <summary>What never reached a feature, told to a script as a feature would tell it.</summary>
    private static Task Unanswered(StatusCodeContext context) => context.HttpContext.Response.StatusCode switch
    {
        StatusCodes.Status400BadRequest or StatusCodes.Status415UnsupportedMediaType => Faults.Write(context.HttpContext, [Problem.Invalid(null, "kernel.not-json")]),
        StatusCodes.Status413PayloadTooLarge => Faults.Write(context.HttpContext, [new Problem(ProblemKind.TooLarge, "kernel.request-too-large")]),
        StatusCodes.Status404NotFound => Faults.Write(context.HttpContext, [Problem.Missing("kernel.not-found")]),
        _ => Task.CompletedTask,
    };

    /// <summary>A body in a charset that nobody knows cannot be read.</summary>
    private static Task OnlyKnownLetters(HttpContext http, RequestDelegate next)
    {
        if (http.Request.ContentType?.Contains("charset", StringComparison.OrdinalIgnoreCase) != true
            || (MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) && type.Encoding is not null))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        return Task.CompletedTask;
    }

    /// <summary>A fault of ours, told to a script by a problem too, and no page.</summary>
    private static Task Broken(HttpContext http) => Faults.Write(http, [new Problem(ProblemKind.Broken, "kernel.broken")]);

    private static void Health(WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).ForEverybody().ExcludeFromDescription();
        app.MapPrometheusScrapingEndpoint("/metrics").Needs(HostPermission.ReadMetrics);
        app.MapGet("/health/ready", async (Database database, WarmUp warm) =>
        {
            if (!warm.Done)
            {
                return Results.Text("warming up", statusCode: 503);
            }

            try
            {
                await using var connection = await database.App.OpenConnectionAsync();
                await using var command = connection.CreateCommand("select 1 from kernel.setting where name = 'founded'");
                return await command.ExecuteScalarAsync() is null ? Results.Text("founding", statusCode: 503) : Results.Text("ready");
            }
            catch (Npgsql.NpgsqlException)
            {
                return Results.Text("database away", statusCode: 503);
            }
        }).ForEverybody().ExcludeFromDescription();
    }
}
