using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Lists;

namespace SoGoc.Population.Imports;

/// <summary>Lists that were sent in, and the form that sends another.</summary>
[Needs(PopulationPermission.ImportList)]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
[RequestSizeLimit(MostBytes)]
[RefuseLarger(MostBytes)]
internal sealed class ListsPage(ListBook lists) : OfficePage
{
    /// <summary>A little more than the largest list, for what the form adds around it.</summary>
    private const long MostBytes = (1L << 30) + (1 << 20);

    public IReadOnlyList<SentList> Lists { get; private set; } = [];

    public async Task OnGetAsync() => Lists = await lists.Latest(50);

    public async Task<IActionResult> OnPostAsync(IFormFile? file)
    {
        if (file is null)
        {
            ModelState.AddModelError("file", Say["kernel.required"]);
        }
        else
        {
            await using var stream = file.OpenReadStream();
            var outcome = await Do<SendList, SendList.Sent>(f => f.Run(new SendList.Request(stream, file.FileName)));
            if (outcome.Ok(out var sent))
            {
                return Redirect($"/nhap/{sent.Id}");
            }
        }

        Lists = await lists.Latest(50);
        return Page();
    }
}

/// <summary>Says that a file is too large before any of it is read; the check of the form's token, which comes next, would only find the form unreadable.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RefuseLargerAttribute(long bytes) : Attribute, IAuthorizationFilter, IOrderedFilter
{
    public long Bytes => bytes;

    public int Order => int.MinValue;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        if (context.HttpContext.Request.ContentLength > bytes)
        {
            var say = context.HttpContext.RequestServices.GetRequiredService<Sentences>();
            context.HttpContext.Items[nameof(Faults)] = new List<string> { say["lists.too-large", "", SendList.Size(ListLimits.Default.MaxFileBytes)] };
            context.Result = new StatusCodeResult(StatusCodes.Status413PayloadTooLarge);
        }
    }
}
