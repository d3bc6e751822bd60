using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace SoGoc.Kernel.Pages;

/// <summary>What was wrong with a form, told at its head and read out at once; nothing where nothing was wrong.</summary>
[HtmlTargetElement("so-problems", TagStructure = TagStructure.WithoutEndTag)]
public sealed class ProblemsTag : TagHelper
{
    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    /// <summary>What features have found wrong in this request.</summary>
    internal static List<string> Told(HttpContext http)
    {
        if (http.Items[typeof(ProblemsTag)] is not List<string> told)
        {
            http.Items[typeof(ProblemsTag)] = told = [];
        }

        return told;
    }

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        // In the order in which they were found, which is that of the form.
        var told = Told(ViewContext.HttpContext);
        var problems = ViewContext.ModelState.Values.SelectMany(v => v.Errors).Select(e => e.ErrorMessage).Distinct().OrderBy(p => told.IndexOf(p)).ToList();
        if (problems.Count == 0)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "alert alert-danger");
        output.Attributes.SetAttribute("role", "alert");
        foreach (var problem in problems)
        {
            output.Content.AppendHtml("<p>").Append(problem).AppendHtml("</p>");
        }
    }
}
