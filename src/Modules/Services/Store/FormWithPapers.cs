using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Services.Store;

/// <summary>A page whose form brings papers. What is too much is refused at the door with a sentence: by its announced length before any of it is read, else as soon as it is too long;
/// the check of the form's token, which comes next, would only find the form unreadable. Files lie on disk while the request lasts.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class FormWithPapersAttribute : Attribute, IAsyncAuthorizationFilter, IOrderedFilter
{
    /// <summary>All papers of a file at once, and what the form adds around them.</summary>
    public const long MostBytes = PaperLimits.MostBytesOfFile + (1 << 20);

    /// <summary>A paper that is a little too large is told at its field, and what was typed stays.</summary>
    private const long MostBytesOfPart = 3L * PaperLimits.MostBytes;

    /// <summary>Fields of a form, and files.</summary>
    private const int MostParts = 100;

    public int Order => int.MinValue;

    public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return;
        }

        if (http.Request.ContentLength > MostBytes || !await Reads(http))
        {
            var say = http.RequestServices.GetRequiredService<Sentences>();
            http.Items[nameof(Faults)] = new List<string> { say["services.store-too-much", PaperLimits.Size(PaperLimits.MostBytes), PaperLimits.Size(PaperLimits.MostBytesOfFile), $"{PaperLimits.MostOfFile}"] };
            context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
        }
    }

    private static async Task<bool> Reads(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes;
        }

        if (!http.Request.HasFormContentType)
        {
            return true;
        }

        http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { MultipartBodyLengthLimit = MostBytesOfPart, ValueCountLimit = MostParts, BufferBodyLengthLimit = MostBytes }));
        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return true;
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return false;
        }
    }
}
